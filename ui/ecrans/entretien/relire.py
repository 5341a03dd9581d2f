"""Ce qui a été dit, section par section : une touche ouvre la section, une seconde mène à la réponse à changer."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from modele.bilan import Bilan
from modele.dossier.entretien import Visibilite
from modele.mots.reponses import Diseur
from modele.protection.reserve import question_reservee
from ui.composants import Carte, annoncer, colonne, etiquette_aide, retirer
from ui.composants.lien import Lien
from ui.ecrans.entretien.parcours import SectionParcourue
from ui.theme import espace

TITRE: Final = "À relire avec la personne"
MODE: Final = "Une touche ouvre une section, une seconde mène à la réponse à changer. Échap referme."
PARTOUT: Final = "Ctrl Maj et la lettre d'une section : ses réponses, de n'importe quelle page."
DIT: Final = "Ce qui a été répondu"
TOUCHE: Final = "Alt+L"
SECTIONS: Final = "ABCEFGHIJKLMNOQRSTVWXY"
"""La lettre de chaque section, dans l'ordre ; avec Ctrl et Maj, D, P, U et Z servent déjà à autre chose."""
_ECHAP: Final = "\x1b"
_PREMIERE: Final = " "
_REPONSES: Final = string.digits[1:] + string.ascii_uppercase


class Dite(NamedTuple):
    """Une réponse donnée : ce que c'est, ce qui a été dit, et où la changer."""

    sujet: str
    reponse: str
    chemin: str

    @property
    def mot(self) -> str:
        """« Date de naissance : 05/01/1988 » ; d'une réponse qui ne se montre pas ici, son seul nom."""
        return f"{self.sujet} : {self.reponse}" if self.reponse else self.sujet


def dites(bilan: Bilan, section: SectionParcourue) -> list[Dite]:
    """Ce qui a été répondu dans cette section ; rien de ce qui se demande seul à seul."""
    return list(_dites(bilan, section))


def _dites(bilan: Bilan, section: SectionParcourue) -> Iterator[Dite]:
    vocabulaire = bilan.regles.vocabulaire
    diseur = Diseur(vocabulaire, bilan.document, sans_nom=bilan.a_taire)
    vues = [v for s in bilan.entretien.sections if s.section.id == section.section.id for v in s.questions]
    for vue in (v for v in vues if v.visibilite is not Visibilite.SANS_OBJET):
        tue = (
            vue.question.ephemere or question_reservee(vue.question) or vocabulaire.reservee(vue.chemin, [vue.reponse])
        )
        if vue.repondue and not tue:
            # D'un dossier discret, la page peut se lire par-dessus l'épaule : ce qui a été dit n'y est pas redit.
            muette = bilan.a_taire or vue.question.genre is None
            yield Dite(diseur.sujet(vue.chemin), "" if muette else diseur.dire(vue.chemin, vue.reponse), vue.chemin)


def lettre(rang: int) -> str:
    """« B. » : la touche de la section de ce rang ; vide au-delà de la dernière lettre."""
    return f"{SECTIONS[rang]}. " if rang < len(SECTIONS) else ""


class CarteRelire(Carte):
    """``changer`` : aller à cette réponse. ``ouvrir`` : ouvrir cette section dans l'entretien.

    ``quitter`` : Échap, plus rien n'est déplié. ``depliee`` : la première et la dernière ligne de la section ouverte.
    """

    changer = Signal(str)
    ouvrir = Signal(str)
    quitter = Signal()
    depliee = Signal(QWidget, QWidget)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(TITRE, parent=parent)
        self._bilan: Bilan | None = None
        self._sections: Sequence[SectionParcourue] = ()
        self._ouverte = ""
        self._reponses: list[Dite] = []
        self._lignes = QVBoxLayout()
        self._lignes.setSpacing(espace(1))
        self.ajouter(etiquette_aide(MODE), self._lignes)

    def montrer(self, bilan: Bilan, sections: Sequence[SectionParcourue]) -> None:
        """Montre les sections de ce bilan ; celle qui était ouverte le reste."""
        self._bilan, self._sections = bilan, sections
        clavier = QApplication.focusWidget()
        self._refaire(viser=self._ouverte if clavier is not None and self.isAncestorOf(clavier) else "")

    @property
    def ouverte(self) -> str:
        """La section dépliée ; vide si aucune ne l'est."""
        return self._ouverte

    def refermer(self) -> None:
        """Toutes les sections repliées."""
        self._ouverte = ""

    def deplier(self, section: str) -> None:
        """Ouvre cette section, et celle-là seule (vide : aucune) ; le clavier y va."""
        self._ouverte = section
        self._refaire(viser=section or _PREMIERE)

    def prendre(self, event: QKeyEvent) -> bool:
        """Une touche sans Ctrl ni Alt désigne une section ou une réponse ; faux si elle n'en désigne aucune."""
        sans = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        return sans and self.presser(event.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.prendre(event):
            super().keyPressEvent(event)

    def presser(self, signe: str) -> bool:
        """Ouvre la section, ou va à la réponse, que désigne cette touche (Échap referme) ; faux si aucune ne l'est."""
        if signe == _ECHAP:
            if self._ouverte:
                self._basculer(self._ouverte)
            else:
                self.quitter.emit()
            return True
        rang = (_REPONSES if self._ouverte else SECTIONS).find(signe.upper()) if len(signe) == 1 else -1
        if rang < 0 or rang >= len(self._reponses if self._ouverte else self._sections):
            return False
        if self._ouverte:
            self.changer.emit(self._reponses[rang].chemin)
        else:
            self._basculer(self._sections[rang].section.id)
        return True

    def _basculer(self, section: str) -> None:
        self._ouverte = "" if section == self._ouverte else section
        self._refaire(viser=section)

    def _refaire(self, viser: str = "") -> None:
        while (element := self._lignes.takeAt(0)) is not None:
            retirer(element.widget())
        self._reponses = []
        for rang, une in enumerate(self._sections):
            touche = "" if self._ouverte else lettre(rang)
            mot = f"{touche}{une.section.libelle} : {une.faites} sur {une.posees}"
            aide = "Montrer ce qui a été dit" if une.section.id != self._ouverte else "Refermer"
            lien = self._poser(Lien(mot, partial(self._basculer, une.section.id), description=aide))
            derniere = self._deplier(une) if une.section.id == self._ouverte else lien
            if une.section.id == viser or (viser == _PREMIERE and not rang):
                lien.setFocus(Qt.FocusReason.OtherFocusReason)
                self.depliee.emit(lien, derniere)

    def _deplier(self, section: SectionParcourue) -> Lien:
        assert self._bilan is not None
        self._reponses = dites(self._bilan, section)
        for rang, dite in enumerate(self._reponses):
            touche = f"{_REPONSES[rang]}. " if rang < len(_REPONSES) else ""
            self._poser(Lien(f"{touche}{dite.mot}", partial(self.changer.emit, dite.chemin), description="Changer"), 1)
        mot = "Aller à cette section" if self._reponses else "Rien n'a été dit ici : aller à cette section"
        annoncer(self, f"{section.section.libelle} : {len(self._reponses)} à relire")
        return self._poser(Lien(mot, partial(self.ouvrir.emit, section.section.id)), 1)

    def _poser(self, lien: Lien, retrait: int = 0) -> Lien:
        boite = QVBoxLayout()
        boite.setContentsMargins(espace(6) * retrait, 0, 0, 0)
        boite.addWidget(lien)
        bloc = QWidget()
        bloc.setLayout(boite)
        self._lignes.addWidget(bloc)
        # Qt ne montre un ajout qu'au tour suivant : le focus n'attend pas.
        bloc.show()
        return lien


class PageRelire(QWidget):
    """Ce qui a été répondu, ouvert de n'importe quelle page de l'entretien."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.carte = CarteRelire()
        self.setLayout(colonne(self.carte, 1))

    def focus_initial(self) -> None:
        """Sur la section dépliée, à défaut la première."""
        self.carte.deplier(self.carte.ouverte)
