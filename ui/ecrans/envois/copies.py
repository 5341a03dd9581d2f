"""Les copies de secours du coffre : de quand date la dernière, où elles sont, quoi faire si elle est vieille."""

from __future__ import annotations

from datetime import datetime

from modele.coffre.copies import EtatDesCopies
from ui.composants import Bouton, Carte, LigneValeur, constater, etiquette_aide, rangee, texte
from ui.composants.fichiers import choisir_un_dossier
from ui.etat.copies import Copieur
from ui.mots.copies import CE_QUE_C_EST, EN_COURS, ICI_SEULEMENT, au_second, derniere, que_faire
from ui.theme import Ton


class CarteCopies(Carte):
    """Les copies, et le choix d'un second endroit."""

    def __init__(self, copieur: Copieur) -> None:
        super().__init__("Copies de secours", icone="copy")
        self._copieur = copieur
        self.derniere = LigneValeur("Dernière copie de secours", "…")
        self.second = LigneValeur("Au second endroit", "…")
        self.ou = etiquette_aide("")
        self.conseil, self.reprise = texte(""), etiquette_aide("")
        self.copier = Bouton("Copier maintenant", self._copier, icone="copy")
        self.choisir = Bouton("Choisir un second endroit", self._choisir, icone="usb")
        self.renoncer = Bouton("Ne plus copier là-bas", self._renoncer, genre="discret")
        self.ajouter(
            texte(CE_QUE_C_EST),
            self.derniere,
            self.second,
            self.ou,
            self.conseil,
            rangee(self.copier, 1),
            rangee(self.choisir, self.renoncer, 1, ecart=2),
            self.reprise,
        )
        copieur.change.connect(self.montrer)

    def montrer(self, etat: EtatDesCopies) -> None:
        """Montre cet état."""
        maintenant = datetime.now().astimezone()
        self.copier.setEnabled(True)
        self.derniere.montrer(*derniere(etat, maintenant))
        self.second.montrer(*au_second(etat, maintenant))
        self.ou.setText(etat.second)
        self.reprise.setText(etat.reprise)
        self.reprise.setVisible(bool(etat.reprise))
        for un in (self.second, self.ou, self.renoncer):
            un.setVisible(bool(etat.second))
        self._conseiller(que_faire(etat, maintenant))

    def _conseiller(self, phrase: str) -> None:
        constater(self.conseil, phrase)
        self.conseil.setProperty("ton", str(Ton.NEUTRE if phrase in (ICI_SEULEMENT, EN_COURS) else Ton.JOUR))
        self.conseil.style().polish(self.conseil)

    def _copier(self) -> None:
        self.copier.setEnabled(False)
        self._conseiller(EN_COURS)
        self._copieur.copier_maintenant()

    def _choisir(self) -> None:
        endroit = choisir_un_dossier(self, "Où faire aussi les copies")
        if endroit is not None:
            self._conseiller(EN_COURS)
            self._copieur.choisir(endroit, self._conseiller)

    def _renoncer(self) -> None:
        self._copieur.choisir(None, self._conseiller)
