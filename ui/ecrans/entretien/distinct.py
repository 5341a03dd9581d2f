"""Ce qui ne s'écrit pas dans un dossier partagé : proposer un dossier distinct et discret, sans trace dans l'autre."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from modele.bilan import Bilan
from modele.dossier.chemins import ABSENT, Document, lire, poser
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES
from modele.dossier.questions import SEUL_A_SEUL
from modele.dossier.situation import AVEC_CODEMANDEUR, elements
from modele.protection.adultes import peut_etre_adulte
from modele.protection.distinct import a_reprendre, dossier_distinct
from modele.protection.mots import PHRASE
from ui.composants import (
    Bouton,
    Carte,
    GroupeChoix,
    Option,
    annoncer,
    colonne,
    etiquette_aide,
    rangee,
    texte,
)
from ui.ecrans.entretien.fabrique import nommer_element
from ui.theme import Ton
from ui.theme.icones import Icone

_IDENTITE = "identite"
_RIEN = (
    "Le dossier d'où vous venez ne reçoit ni réponse, ni brouillon, ni lien. Rien n'y dira qu'une question a été posée."
)


class PageDistinct(QWidget):
    """Propose le dossier distinct. ``ouvrir`` : qui, reprendre l'identité, enfants repris. ``renoncer`` : revenir."""

    ouvrir = Signal(str, bool, list)
    renoncer = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._carte = Carte(nom="Un dossier distinct et discret", accent=True)
        self.setLayout(colonne(self._carte, 1))
        self._qui: GroupeChoix | None = None
        self._reprendre: GroupeChoix | None = None
        self.accepter: Bouton | None = None

    def montrer(self, bilan: Bilan) -> None:
        """Propose, à neuf : qui parle, et ce que la personne veut reprendre."""
        self._carte.vider(garder=0)
        entete = rangee(Icone("shield", Ton.ACTION), texte(PHRASE, "gras"), ecart=3)
        entete.setStretch(1, 1)
        self._carte.ajouter(entete, etiquette_aide(_RIEN))
        self._qui = self._poser_qui(bilan)
        self._reprendre = self._poser_reprise(bilan)
        self.accepter = Bouton("Ouvrir le dossier distinct", self._ouvrir, genre="principal", icone="shield")
        self._carte.ajouter(rangee(Bouton("Revenir sans rien écrire", self.renoncer.emit), 1, self.accepter))
        annoncer(self, PHRASE, pressant=True)

    def focus_initial(self) -> None:
        """Donne le focus au geste proposé."""
        if self.accepter is not None:
            self.accepter.setFocus()

    def _poser_qui(self, bilan: Bilan) -> GroupeChoix | None:
        if lire(bilan.document, AVEC_CODEMANDEUR) is not True:
            return None
        groupe = GroupeChoix(
            "Qui est en face de vous ?",
            [Option(DEMANDEUR, "La personne qui demande", demi=True), Option(CODEMANDEUR, "Le codemandeur", demi=True)],
        )
        groupe.poser(DEMANDEUR)
        self._carte.ajouter(texte("Qui est en face de vous ?", "gras"), groupe)
        return groupe

    def _poser_reprise(self, bilan: Bilan) -> GroupeChoix:
        options = [Option(_IDENTITE, "Son identité", "nom, prénoms, naissance")]
        for rang, (qui, personne) in enumerate(elements(bilan.document, PERSONNES).items(), 1):
            if not peut_etre_adulte(personne, bilan.jour):
                options.append(Option(qui, nommer_element(bilan, PERSONNES, qui, rang), "enfant mineur"))
        groupe = GroupeChoix("Ce que la personne veut reprendre", options, multiple=True)
        self._carte.ajouter(texte("Ce que la personne veut reprendre ici, et rien d'autre", "gras"), groupe)
        return groupe

    def _ouvrir(self) -> None:
        assert self._reprendre is not None
        pris: list[Any] = self._reprendre.valeur()
        qui = DEMANDEUR if self._qui is None else self._qui.valeur()
        self.ouvrir.emit(qui, _IDENTITE in pris, [un for un in pris if un != _IDENTITE])


def document_distinct(
    bilan: Bilan, interdites: Mapping[str, Any], *, qui: str, identite: bool, enfants: list[str]
) -> Document:
    """Le dossier distinct à créer. Ce qui a été coché des conditions de l'entretien y vaut aussi : il continue."""
    maintenant = datetime.now().astimezone().isoformat(timespec="seconds")
    neuf = dossier_distinct(bilan.document, maintenant, bilan.jour, qui=qui, identite=identite, enfants=enfants)
    reprises = {SEUL_A_SEUL: lire(bilan.document, SEUL_A_SEUL), **a_reprendre(interdites)}
    for lieu, valeur in reprises.items():
        if valeur is not ABSENT:
            neuf = poser(neuf, lieu, valeur)
    return neuf
