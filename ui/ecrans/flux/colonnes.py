"""Dire laquelle est laquelle : les colonnes attendues, et ce qui les dit dans le fichier du bailleur. Au clavier seul.

Aucune case du fichier ne se montre ici : une colonne dont personne ne veut peut nommer quelqu'un.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from modele.attributions.colonnes import Colonne, colonnes
from modele.attributions.correspondance import Correspondance, associer, manquantes
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    ListePropositions,
    Proposition,
    annoncer,
    champ,
    etiquette_aide,
    rangee,
    texte,
    viser,
)
from ui.composants.mise_en_page import faire_voir
from ui.mots import fichiers_bailleurs as mots

if TYPE_CHECKING:
    from collections.abc import Sequence


class CarteColonnes(Carte):
    """``dites`` : la correspondance, quand l'agent a fini."""

    dites = Signal(object)

    def __init__(self) -> None:
        super().__init__("Les colonnes de ce fichier", icone="list-checks")
        self._attendues: tuple[Colonne, ...] = ()
        self._entetes: tuple[str, ...] = ()
        self.correspondance: Correspondance | None = None
        self.constat = texte("", "gras")
        self.attendues = ListePropositions("Colonnes attendues", au_plus=5, geste="Dire où elle se lit")
        self.laquelle = texte("", "gras")
        self.entetes = ListePropositions("En-têtes du fichier", au_plus=5, geste="C'est cette colonne")
        self.fixe = champ("Ou la même valeur à chaque ligne", mots.FIXE)
        self.fixer = Bouton("Dire cette valeur", self._fixer)
        self.essayer = Bouton("Essayer ainsi", self._finir, genre="principal", icone="check", raccourci="Alt+S")
        self.ajouter(etiquette_aide(mots.AIDE_DES_COLONNES), self.constat, self.attendues, self.laquelle, self.entetes)
        self.ajouter(self.fixe, Bloc(rangee(self.fixer, 1)), Bloc(rangee(self.essayer, 1)))
        self.fixe.entree.connect(self._fixer)
        self.attendues.currentRowChanged.connect(lambda _: self._montrer_les_entetes())
        self.oublier()

    def montrer(self, correspondance: Correspondance, entetes: Sequence[str]) -> None:
        """Ce qui se devine déjà ; le clavier à la première colonne qui manque."""
        self._entetes = tuple(dict.fromkeys(un for un in entetes if un))
        self._attendues = tuple(colonnes(correspondance.fichier).values())
        self.show()
        self._recevoir(correspondance)
        # La carte vient de paraître : tant que la page n'est pas refaite, sa liste se verrait à moitié.
        QTimer.singleShot(0, self, lambda: faire_voir(self.attendues))

    def oublier(self) -> None:
        """Rien n'en reste à l'écran."""
        self.correspondance = None
        self._entetes = ()
        self.attendues.montrer(())
        self.entetes.montrer(())
        self.fixe.poser(None)
        self.hide()

    def _recevoir(self, correspondance: Correspondance) -> None:
        self.correspondance = correspondance
        manque = manquantes(correspondance)
        rang = self._attendues.index(manque[0]) if manque else max(0, self.attendues.currentRow())
        self.attendues.montrer([self._ligne(une) for une in self._attendues], rang)
        self._montrer_les_entetes()
        self.constat.setText(mots.dire_manquantes(manque))
        self.fixe.poser(None)
        viser(self.attendues if manque else self.essayer)
        annoncer(self, self.constat.text())

    def _ligne(self, une: Colonne) -> Proposition:
        dite = mots.dire_colonne(une, self.correspondance)
        return Proposition(une.libelle, lambda: viser(self.entetes), dite, "exigée" if une.exigee else "")

    def _choisie(self) -> Colonne | None:
        rang = self.attendues.currentRow()
        return self._attendues[rang] if 0 <= rang < len(self._attendues) else None

    def _montrer_les_entetes(self) -> None:
        choisie, convenue = self._choisie(), self.correspondance
        if choisie is None or convenue is None:
            return
        self.laquelle.setText(f"« {choisie.libelle} » se lit dans :")
        prises = {entete: colonne for colonne, entete in convenue.colonnes.items()}
        noms = {une.id: une.libelle for une in self._attendues}
        lignes = [Proposition(mots.NON_DITE, partial(self._associer, ""))]
        for entete in self._entetes:
            deja = prises.get(entete, "")
            lignes.append(Proposition(entete, partial(self._associer, entete), noms.get(deja, "")))
        ici = convenue.colonnes.get(choisie.id, "")
        self.entetes.montrer(lignes, self._entetes.index(ici) + 1 if ici in self._entetes else 0)

    def _associer(self, entete: str) -> None:
        if (choisie := self._choisie()) is not None and self.correspondance is not None:
            self._recevoir(associer(self.correspondance, choisie.id, entete=entete))

    def _fixer(self) -> None:
        choisie, dite = self._choisie(), self.fixe.contenu.strip()
        if choisie is not None and self.correspondance is not None and dite:
            self._recevoir(associer(self.correspondance, choisie.id, fixe=dite))

    def _finir(self) -> None:
        if self.correspondance is None:
            return
        if manque := manquantes(self.correspondance):
            annoncer(self, mots.dire_manquantes(manque), pressant=True)
            viser(self.attendues)
            return
        self.dites.emit(self.correspondance)
