"""Importer un tableau de lieux : l'essai à blanc d'abord, chaque ligne refusée avec sa raison, puis un seul geste.

Ce qui s'importe s'ajoute aux lieux que la structure a déjà écrits, en une écriture : tout, ou rien.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from modele.regles.fautes import ErreurUtilisateur
from modele.territoire.import_lieux import EXIGEES, FACULTATIVES, Essai
from ui.composants import (
    BandeauAlerte,
    Bouton,
    Carte,
    ListePropositions,
    Proposition,
    annoncer,
    etiquette_aide,
    rangee,
)
from ui.composants.fichiers import choisir_un_fichier
from ui.etat.lieux_ecrits import ajouter, essayer
from ui.mots.import_lieux import FAUTES_MONTREES, dire_essai
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.bilan import Regles
    from modele.coffre import Coffre
    from ui.etat.session import Session

AIDE: Final = (
    f"Un tableau CSV, une ligne par lieu. Colonnes exigées : {', '.join(EXIGEES)}. Les autres : "
    f"{', '.join(FACULTATIVES)}. Une adresse confidentielle ne s'importe pas."
)
FILTRE: Final = "Tableaux (*.csv *.txt)"
FAIT: Final = "Lieux importés pour toute la structure."


class CarteImport(Carte):
    """``importe`` : des lieux viennent d'être écrits."""

    importe = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__("Importer un tableau de lieux", icone="inbox")
        self._session = session
        self.essai: Essai | None = None
        self.echec = BandeauAlerte()
        self.constat = etiquette_aide("")
        self.refusees = ListePropositions("Lignes refusées", au_plus=4)
        self.choisir = Bouton("Essayer un tableau", self._demander, icone="folder-open")
        self.ecrire = Bouton("Importer", self._ecrire, genre="principal", icone="check")
        self.renoncer = Bouton("Ne rien importer", self.oublier, icone="x")
        self.ajouter(self.echec, etiquette_aide(AIDE), rangee(self.choisir, 1), self.constat, self.refusees)
        self.ajouter(rangee(self.ecrire, self.renoncer, 1))
        self.oublier()

    def oublier(self) -> None:
        """Rien à importer ; rien n'a été écrit."""
        self.essai = None
        self.echec.taire()
        self.refusees.montrer([])
        for widget in (self.constat, self.refusees, self.ecrire, self.renoncer):
            widget.hide()

    def _demander(self) -> None:
        if (choisi := choisir_un_fichier(self, "Choisir le tableau", FILTRE)) is not None:
            self.essayer(choisi)

    def essayer(self, chemin: Path) -> None:
        """L'essai à blanc de ce tableau : rien ne s'écrit."""
        self.oublier()
        regles = self._session.regles
        if regles is None:
            return

        def faire() -> Essai | str:
            try:
                return essayer(chemin, regles, date.today())
            except ErreurUtilisateur as faute:
                return str(faute)

        self._session.travaux.lancer(faire, lambda rendu: self._montrer(rendu, regles), pour=self)

    def _montrer(self, rendu: Essai | str, regles: Regles) -> None:
        if isinstance(rendu, str):
            self.echec.dire(rendu, Ton.IMMEDIAT)
            return
        self.essai = rendu
        self.constat.setText(dire_essai(rendu, {un.id: un for un in regles.territoire.lieux}))
        dites = rendu.refusees[:FAUTES_MONTREES]
        self.refusees.montrer([Proposition(f"Ligne {une.ligne}, {une.colonne}", None, une.message) for une in dites])
        self.ecrire.renommer(f"Importer les {len(rendu.bons)} lieux" if len(rendu.bons) > 1 else "Importer ce lieu")
        self.constat.show()
        self.renoncer.show()
        self.refusees.setVisible(bool(rendu.refusees))
        self.ecrire.setVisible(bool(rendu.bons))
        annoncer(self.constat, self.constat.text())
        (self.ecrire if rendu.bons else self.choisir).setFocus()

    def _ecrire(self) -> None:
        if self.essai is None:
            return
        bons, territoire, auteur = self.essai.bons, self._session.preferences.territoire, self._session.auteur

        def ecrire(coffre: Coffre) -> str:
            try:
                ajouter(coffre, territoire, bons, auteur)
            except ErreurUtilisateur as faute:
                return str(faute)
            return ""

        self._session.avec_coffre(ecrire, self._rendre, pour=self, remplace="lieux importés")

    def _rendre(self, faute: str) -> None:
        if faute:
            self.echec.dire(faute, Ton.IMMEDIAT)
            return
        self.oublier()
        annoncer(self, FAIT)
        self.importe.emit()
        self._session.relire_les_sources()
