"""La suite donnée à une voie : à qui, quand, quelle réponse ; elle s'ajoute au dossier, rien ne s'efface."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout

from modele.dossier.documents import identifiant
from modele.dossier.listes import ajouter
from modele.dossier.situation import elements
from modele.mots.ecriture import dire_date
from ui.composants import Bouton, Carte, Colonnes, champ, etiquette_aide, rangee, retirer, texte

SUITES: Final = "suites"
Noter = Callable[[dict[str, Any]], bool]


def suite_neuve(document: Mapping[str, Any], orientation: str, le: str, aupres_de: str, reponse: str) -> dict[str, Any]:
    """Ce qui s'écrit, par chemin, pour noter une suite. ``le`` : date ISO."""
    dits = {"orientation": orientation, "faite_le": le, "aupres_de": aupres_de, "reponse": reponse}
    return ajouter(document, SUITES, identifiant(), {nom: dit for nom, dit in dits.items() if dit})


class CarteSuite(Carte):
    """Ce qui a été fait pour une voie, et de quoi noter la suite. ``noter`` reçoit (à qui, réponse)."""

    def __init__(self, noter: Callable[[str, str], bool]) -> None:
        super().__init__("Suite donnée", icone="corner-down-right")
        self._noter = noter
        self.aupres_de = champ("À qui", exemple="115, travailleur social de permanence…")
        self.reponse = champ("Réponse obtenue", exemple="rappeler à 18 h, place pour deux…")
        self.bouton = Bouton("Noter la suite", self._garder, icone="notebook-pen")
        # De quoi noter reste à sa place : détaché puis remis, un bouton s'ouvrait en fenêtre à part.
        self._faites = QVBoxLayout()
        aide = etiquette_aide("À qui, quelle réponse : gardé au dossier, à la date du jour.")
        champs = Colonnes([(self.aupres_de, 1, 260), (self.reponse, 1, 260)], ecart=4)
        self.ajouter(self._faites, aide, champs, rangee(self.bouton, 1))

    def montrer(self, document: Mapping[str, Any], voies: Collection[str]) -> None:
        """Montre les suites de ces voies, de la plus récente à la plus ancienne ; les champs sont vides."""
        self.oublier()
        ordre = list(elements(document, SUITES).values())
        for suite in [s for s in reversed(ordre) if s.get("orientation") in voies]:
            self._faites.addWidget(texte(_dire(suite)))

    def oublier(self) -> None:
        """Ne montre plus aucune suite ; les champs se vident, pour la voie suivante."""
        while (element := self._faites.takeAt(0)) is not None:
            retirer(element.widget())
        for saisie in (self.aupres_de, self.reponse):
            saisie.poser(None)

    def _garder(self) -> None:
        aupres_de, reponse = self.aupres_de.contenu.strip(), self.reponse.contenu.strip()
        if not aupres_de:
            self.aupres_de.dire_faute("Dites à qui vous avez parlé, même sans réponse.")
            self.aupres_de.setFocus()
            return
        if self._noter(aupres_de, reponse):
            self.aupres_de.poser(None)
            self.reponse.poser(None)


def _dire(suite: Mapping[str, Any]) -> str:
    le = suite.get("faite_le")
    jour = ""
    if isinstance(le, str):
        from datetime import date

        try:
            jour = dire_date(date.fromisoformat(le))
        except ValueError:
            jour = le
    return " · ".join(str(mot) for mot in (jour, suite.get("aupres_de"), suite.get("reponse")) if mot)
