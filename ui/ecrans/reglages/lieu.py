"""Où l'on est : le territoire du coffre, le lieu d'accueil en tête des papiers, ce que la structure a inscrit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.composants import Bouton, Carte, Colonnes, GroupeChoix, LigneValeur, etiquette_aide, rangee, retirer, texte
from ui.ecrans.imprimer.lieu import choix_du_lieu, nom_du_lieu
from ui.mots.reglages import DU_COFFRE, PAS_DE_LIEU, dire_lieu
from ui.mots.territoires import statut_des_regles

if TYPE_CHECKING:
    from modele.bilan import Regles
    from ui.etat.session import Session


class CarteLieu(Carte):
    """``dit`` : ce qui vient de changer. ``aller`` : l'écran où se saisit le reste."""

    dit = Signal(str)
    aller = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__("Territoire, structure et lieu d'accueil", icone="map-pin")
        self.session = session
        self.choix: GroupeChoix | None = None
        self._de: Regles | None = None
        self.territoire, self.grille = LigneValeur("Territoire", "…"), etiquette_aide("")
        self.constat = etiquette_aide(PAS_DE_LIEU)
        self._titre = texte("Lieu d'accueil en tête des papiers", "gras")
        self.contacts = Bouton("Contacts d'ici et logo", lambda: self.aller.emit("contacts"), icone="phone")
        self.mentions = Bouton("Qui répond des données", lambda: self.aller.emit("mentions"), icone="shield")
        self.ajouter(self.territoire, self.grille, etiquette_aide(DU_COFFRE), self._titre, self.constat)
        gestes = Colonnes([(self.contacts, 0, 0), (self.mentions, 0, 0)], ecart=2)
        self._rang = self._boite.count()
        self.ajouter(rangee(gestes, 1))

    def montrer(self) -> None:
        """Le territoire chargé, et le lieu choisi."""
        regles = self.session.regles
        if regles is None:
            return
        self.territoire.montrer(regles.territoire.nom)
        self.grille.setText(f"{statut_des_regles(regles).capitalize()}.")
        if regles is not self._de:
            self._de = regles
            self._offrir(regles)
        if self.choix is not None:
            connu = nom_du_lieu(self.session.preferences.lieu, regles.territoire.lieux)
            self.choix.poser(self.session.preferences.lieu if connu else "")

    def _offrir(self, regles: Regles) -> None:
        if self.choix is not None:
            retirer(self.choix)
        lieux = regles.territoire.lieux
        self.choix = choix_du_lieu(self.session, lieux) if lieux else None
        self.constat.setVisible(not lieux)
        if self.choix is not None:
            self.choix.choisi.connect(lambda lieu: self.dit.emit(dire_lieu(nom_du_lieu(lieu, lieux))))
            self._boite.insertWidget(self._rang, self.choix)
