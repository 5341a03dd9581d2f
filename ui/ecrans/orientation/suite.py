"""La suite donnée à une voie : à qui, quand, ce qui en est attendu, ce qui est venu ; rien ne s'efface."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from modele.dossier.dates_tenues import attend_une_reponse
from modele.dossier.situation import elements
from modele.dossier.voies_ephemeres import SUITES
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Champ,
    Colonnes,
    Pli,
    champ,
    colonne,
    etiquette_aide,
    rangee,
    retirer,
    texte,
)
from ui.ecrans.issue import GestesIssue
from ui.mots.suites import CORRIGER, SANS_DESTINATAIRE, dire_issue, dire_suite
from ui.saisies.dates import ecrire_date_dite, lire_date_dite, vers_reponse

Noter = Callable[..., bool]
Conclure = Callable[[str, str, str], object]


def champ_date(nom: str, horloge: Callable[[], date], *, passee: bool = False) -> Champ:
    """Un champ où se tape une date, même à peu près."""
    return Champ(
        nom,
        lire=lambda saisie: lire_date_dite(saisie, horloge(), passee),
        ecrire=ecrire_date_dite,
        exemple="jj/mm/aaaa",
    )


class CarteSuite(Carte):
    """Ce qui a été fait pour une voie, de quoi en noter la suite, et de quoi écrire ce qui est venu.

    ``noter`` reçoit (à qui, réponse, et par nom ``faite_le``, ``attendue_le``, ``expire_le``) ; ``conclure``,
    l'identifiant d'une suite, l'issue et son motif.
    """

    def __init__(self, noter: Noter, conclure: Conclure, horloge: Callable[[], date]) -> None:
        super().__init__("Suite donnée", icone="corner-down-right")
        self._noter, self._conclure, self._horloge = noter, conclure, horloge
        self.aupres_de = champ("À qui", exemple="115, travailleur social de permanence…")
        self.reponse = champ("Réponse obtenue", exemple="rappeler à 18 h, place pour deux…")
        self.faite_le = champ_date("Transmis le", horloge, passee=True)
        self.attendue_le = champ_date("Réponse attendue le", horloge)
        self.expire_le = champ_date("Ne vaut plus après le", horloge)
        self.bouton = Bouton("Noter la suite", self._garder, icone="notebook-pen")
        self.issues: dict[str, GestesIssue] = {}
        # De quoi noter reste à sa place : détaché puis remis, un bouton s'ouvrait en fenêtre à part.
        self._faites = QVBoxLayout()
        aide = etiquette_aide("À qui, quelle réponse : gardé au dossier. Sans date, à la date du jour.")
        qui = Colonnes([(self.aupres_de, 1, 260), (self.reponse, 1, 260)], ecart=4)
        dates = Colonnes([(un, 1, 200) for un in self._dates], ecart=4)
        self.ajouter(self._faites, aide, qui, dates, rangee(self.bouton, 1))

    @property
    def _dates(self) -> tuple[Champ, ...]:
        return self.faite_le, self.attendue_le, self.expire_le

    def montrer(self, document: Mapping[str, Any], voies: Collection[str]) -> None:
        """Montre les suites de ces voies, de la plus récente à la plus ancienne ; les champs sont vides."""
        self.oublier()
        siennes = [(qui, s) for qui, s in elements(document, SUITES).items() if s.get("orientation") in voies]
        for qui, suite in reversed(siennes):
            self._faites.addWidget(self._ligne(qui, suite))

    def oublier(self) -> None:
        """Ne montre plus aucune suite ; les champs se vident, pour la voie suivante."""
        self.issues = {}
        while (element := self._faites.takeAt(0)) is not None:
            retirer(element.widget())
        for saisie in (self.aupres_de, self.reponse, *self._dates):
            saisie.poser(None)

    def _ligne(self, qui: str, suite: Mapping[str, Any]) -> Bloc:
        dite, issue = dire_suite(suite), dire_issue(suite, self._horloge())
        mots: list[Any] = [texte(dite), *([etiquette_aide(issue)] if issue else [])]
        gestes = GestesIssue(dite, partial(self._conclure, qui))
        if attend_une_reponse(suite):
            self.issues[qui] = gestes
            mots.append(gestes)
        elif suite.get("issue"):
            mots.append(Pli(CORRIGER, "Replier", gestes))
        return Bloc(colonne(*mots, ecart=1))

    def _garder(self) -> None:
        aupres_de, reponse = self.aupres_de.contenu.strip(), self.reponse.contenu.strip()
        if not aupres_de:
            self.aupres_de.dire_faute(SANS_DESTINATAIRE)
            self.aupres_de.setFocus()
            return
        if fautif := next((un for un in self._dates if not un.valider()), None):
            fautif.setFocus()
            return
        noms = ("faite_le", "attendue_le", "expire_le")
        dates = {nom: vers_reponse(dite) for nom, un in zip(noms, self._dates, strict=True) if (dite := un.valeur())}
        if self._noter(aupres_de, reponse, **dates):
            for saisie in (self.aupres_de, self.reponse, *self._dates):
                saisie.poser(None)
