"""Les réponses qui se tapent : texte, nombre, date exacte ou approchée."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from modele.dossier.chemins import ABSENT
from modele.dossier.inventaire import Genre
from modele.dossier.types import Champ as ChampDuDossier
from modele.mots.ecriture import dire_nombre
from ui.composants import Champ, colonne, etiquette_aide, rangee
from ui.saisies.choix import (
    Saisie,
    code_sans_reponse,
    mot_sans_reponse,
    reponse_sans_reponse,
    sans_reponse,
)
from ui.saisies.dates import depuis_reponse, dire_ecart, ecrire_date_dite, lire_date_dite, vers_reponse
from ui.saisies.lecture import lire_nombre


class Allure(StrEnum):
    """Où se placent « ne sait pas » et « ne souhaite pas répondre » : dessous, à côté, ou nulle part.

    ``SERREE`` : un champ de formulaire ; ne pas répondre s'y dit d'une touche, et se lit dans la zone de frappe.
    """

    PLEINE = "pleine"
    EN_LIGNE = "en ligne"
    NUE = "nue"
    SERREE = "serree"


class SaisieTapee(Saisie):
    """Un champ et, dessous, « ne sait pas » et « ne souhaite pas répondre ».

    ``vers`` : de la valeur lue à ce qui s'écrit ; ``depuis`` : l'inverse, ``None`` si rien ne se montre.
    ``ecart`` : ce qu'on dit à côté d'une valeur lue (« soit 6 mois révolus »).
    """

    def __init__(
        self,
        champ: Champ,
        *,
        vers: Callable[[Any], Any] = lambda valeur: valeur,
        depuis: Callable[[Any], Any] = lambda ecrit: None if isinstance(ecrit, dict) else ecrit,
        ecart: Callable[[Any], str] | None = None,
        allure: Allure = Allure.PLEINE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.champ = champ
        self._vers, self._depuis, self._ecart = vers, depuis, ecart
        self._exemple = champ.ligne.placeholderText()
        self._en_cours = False
        self._dit = etiquette_aide("")
        self._dit.hide()
        self.sans = (
            None
            if allure in (Allure.NUE, Allure.SERREE)
            else sans_reponse(champ.libelle.text(), serre=allure is Allure.EN_LIGNE)
        )
        self._placer(allure)
        if self.sans is not None:
            self.sans.choisi.connect(self._ne_pas_repondre)
            self.sans.entree.connect(self.entree)
        champ.frappe.connect(self._frapper)
        champ.valide.connect(self._repondre)
        champ.entree.connect(self.entree)
        champ.ligne.quittee.connect(self._quitter)
        self.setFocusProxy(champ)

    def _placer(self, allure: Allure) -> None:
        if self.sans is not None and allure is Allure.EN_LIGNE:
            # La question au-dessus, puis tout ce qui y répond sur une même ligne.
            ligne = rangee(self.champ, self.sans, ecart=3)
            ligne.setStretch(1, 1)
            for widget in (self.champ, self.sans):
                ligne.setAlignment(widget, Qt.AlignmentFlag.AlignVCenter)
            self._boite.addLayout(colonne(self.champ.libelle, ligne, self._dit, ecart=1))
            return
        self._boite.addWidget(self.champ)
        self._boite.addWidget(self._dit)
        if self.sans is not None:
            self._boite.addWidget(self.sans)

    def poser(self, reponse: Any) -> None:
        if self._en_cours:
            return
        valeur = None if reponse is ABSENT else self._depuis(reponse)
        self.champ.poser(valeur)
        self._dire(valeur)
        if self.sans is not None:
            self.sans.poser(code_sans_reponse(reponse))
        self.dire_sans_reponse(mot_sans_reponse(reponse))

    def dire_sans_reponse(self, mot: str) -> None:
        self.champ.ligne.setPlaceholderText(mot or self._exemple)

    def nommer(self, visible: bool) -> None:
        self.champ.libelle.setVisible(visible)

    def restaurer(self, frappe: str) -> None:
        self.champ.ligne.setText(frappe)
        self._en_cours = True

    def valider(self) -> bool:
        return self.champ.valider()

    def dire_faute(self, phrase: str) -> None:
        self.champ.dire_faute(phrase)

    def focus_initial(self) -> None:
        self.champ.setFocus()

    def _frapper(self, frappe: str) -> None:
        self._en_cours = True
        self._dit.hide()
        self.frappe.emit(frappe)

    def _repondre(self, valeur: Any) -> None:
        self._en_cours = False
        if self.sans is not None:
            self.sans.poser(None)
        self._dire(valeur)
        self.repondue.emit(ABSENT if valeur is None else self._vers(valeur))

    def _quitter(self) -> None:
        """Une frappe défaite laisse la réponse d'avant : la redire efface le brouillon."""
        if self._en_cours and not self.champ.faute:
            self._repondre(self.champ.valeur())

    def _ne_pas_repondre(self, code: str) -> None:
        self._en_cours = False
        self.champ.poser(None)
        self._dire(None)
        self.repondue.emit(reponse_sans_reponse(code))

    def _dire(self, valeur: Any) -> None:
        phrase = self._ecart(valeur) if self._ecart is not None and valeur is not None else ""
        self._dit.setText(phrase)
        self._dit.setVisible(bool(phrase))


def saisie_tapee(
    nom: str, genre: Genre, connu: ChampDuDossier | None, jour: date, *, allure: Allure = Allure.PLEINE
) -> SaisieTapee:
    """La saisie d'un texte, d'un nombre ou d'une date."""
    if genre is Genre.DATE:
        return _date(nom, bool(connu and connu.passee), jour, allure)
    if genre in (Genre.ENTIER, Genre.DECIMAL):
        return _nombre(nom, genre, connu, allure)
    return SaisieTapee(Champ(nom, lire=str.strip), allure=allure)


def _date(nom: str, passee: bool, jour: date, allure: Allure) -> SaisieTapee:
    champ = Champ(
        nom,
        "Jour inconnu : mm/aaaa, ou aaaa." if allure is Allure.PLEINE else "",
        lire=lambda saisie: lire_date_dite(saisie, jour, passee),
        ecrire=ecrire_date_dite,
        exemple="jj/mm/aaaa",
        largeur=0 if allure is Allure.SERREE else 180,
    )
    # Dans un formulaire, rien ne s'écrit sous un champ : la page ne bouge pas.
    ecart = None if allure is Allure.SERREE else lambda dite: dire_ecart(dite, jour)
    return SaisieTapee(champ, vers=vers_reponse, depuis=depuis_reponse, ecart=ecart, allure=allure)


def _nombre(nom: str, genre: Genre, connu: ChampDuDossier | None, allure: Allure) -> SaisieTapee:
    decimales = 0 if genre is Genre.ENTIER else (connu.decimales if connu and connu.decimales is not None else 2)
    unite = connu.unite if connu else ""

    def lire(saisie: str) -> Any:
        nombre = lire_nombre(saisie.removesuffix(unite) if unite else saisie, decimales)
        return int(nombre) if genre is Genre.ENTIER else nombre

    serree = allure is Allure.SERREE
    aide = f"En {unite}." if unite and not serree else ""
    champ = Champ(
        nom, aide, lire=lire, ecrire=dire_nombre, exemple=unite if serree else "", largeur=0 if serree else 180
    )
    return SaisieTapee(champ, allure=allure)
