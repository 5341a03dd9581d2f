"""Un entretien joué de touches au hasard, jugé par ce qui se lit à l'écran : quelle touche avait le droit de répondre.

Le juge ne connaît pas la règle du produit : il lit les touches écrites sur les réponses, la réponse qui a le clavier,
et si l'on tape dans un champ. Une réponse née d'une autre touche est un accident.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTextEdit,
    QWidget,
)

from modele.dossier.chemins import feuilles
from ui.composants import GroupeChoix
from ui.composants.case_choix import CaseChoix
from ui.composants.frappes import Frappes
from ui.ecrans.entretien.ecran import EcranEntretien

REPIT: Final = 12
_CHAMPS: Final = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
_FLECHES: Final = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right)
_ENTREES: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LETTRES: Final = "1234567890abnr"


@dataclass
class Constat:
    """Ce qu'un entretien a donné : touches, réponses écrites, et celles que nulle touche permise n'explique."""

    touches: int = 0
    pages: int = 0
    reponses: int = 0
    accidents: list[str] = field(default_factory=list)

    def ajouter(self, autre: Constat) -> None:
        """Additionne un autre entretien."""
        self.touches += autre.touches
        self.pages += autre.pages
        self.reponses += autre.reponses
        self.accidents += autre.accidents


def jouer(ecran: EcranEntretien, graine: int, coups: int) -> Constat:
    """``coups`` gestes au hasard depuis la question montrée."""
    hasard, constat = random.Random(graine), Constat()
    tape = False
    for _ in range(coups):
        if ecran.etape is None:
            break
        cle, avant = ecran.etape.cle, _ecrit(ecran)
        permis, geste, tape = _presser(hasard, ecran, tape)
        constat.touches += len(geste)
        apres = _ecrit(ecran)
        if change := _difference(avant, apres):
            constat.reponses += len(change)
            if not permis:
                constat.accidents.append(f"graine {graine}, {cle} : {geste!r} a écrit {change}")
        if ecran.etape is None or ecran.etape.cle != cle:
            constat.pages, tape = constat.pages + 1, False
    return constat


def _presser(hasard: random.Random, ecran: EcranEntretien, tape: bool) -> tuple[bool, str, bool]:
    """Presse ; rend si ce geste avait le droit d'écrire, ce qui a été pressé, et si un champ tient une frappe."""
    QTest.qWait(REPIT * 2)  # ce qui devait disparaître a disparu, la page n'est plus neuve
    if not _dans_la_page(ecran):
        ecran.pages.courante.focus_initial()
        QTest.qWait(REPIT * 2)
    widget, signe = QApplication.focusWidget(), ""
    assert widget is not None
    choix = hasard.random()
    if isinstance(widget, _CHAMPS):
        if choix < 0.5:
            suite = "".join(hasard.choices(_LETTRES, k=hasard.randint(1, 5)))
            _taper(suite)
            return True, suite, True
        touche = hasard.choice([*_ENTREES, Qt.Key.Key_Tab, Qt.Key.Key_Down])
        QTest.keyClick(widget, touche)
        # Quitter un champ écrit ce qu'on y a tapé.
        return tape, touche.name, tape
    if choix < 0.2:
        suite = "".join(hasard.choices(_LETTRES, k=hasard.randint(2, 5)))
        _taper(suite)
        QTest.qWait(REPIT * 3)
        return False, suite, tape
    if choix < 0.45:
        signe = hasard.choice(_LETTRES)
        ecrites = _touches_ecrites(widget, ecran)
        _taper(signe)
        QTest.qWait(REPIT * 3)
        return signe.upper() in ecrites, signe, tape
    touche = hasard.choice([*_ENTREES, *_ENTREES, Qt.Key.Key_Tab, Qt.Key.Key_Space, *_FLECHES])
    permis = _peut_choisir(widget, touche)
    QTest.keyClick(widget, touche)
    return permis or tape, touche.name, tape


def _dans_la_page(ecran: EcranEntretien) -> bool:
    widget = QApplication.focusWidget()
    return widget is not None and ecran.pages.courante.isAncestorOf(widget)


def _peut_choisir(widget: QWidget, touche: Qt.Key) -> bool:
    """L'espace sur ce qui se presse ; une flèche, seulement d'une réponse déjà prise à sa voisine ; Entrée, jamais."""
    if isinstance(widget, QPushButton):
        return touche in (Qt.Key.Key_Space, *_ENTREES)
    if touche is Qt.Key.Key_Space:
        return isinstance(widget, QRadioButton | QCheckBox)
    return touche in _FLECHES and isinstance(widget, QRadioButton) and any(b.isChecked() for b in _voisines(widget))


def _voisines(widget: QAbstractButton) -> list[QAbstractButton]:
    groupe = widget.group()
    return groupe.buttons() if groupe is not None else [widget]


def _touches_ecrites(widget: QWidget, page: QWidget) -> set[str]:
    """Les touches que portent les réponses du groupe où est le clavier, ou, d'une case, celles écrites sous la page.

    ``page`` : l'écran entier, où elles se lisent.
    """
    if isinstance(widget, CaseChoix):
        boutons = [bouton for bouton in page.findChildren(QPushButton) if bouton.isVisible()]
        lues = (re.search(r"Raccourci : (\w)$", bouton.accessibleDescription()) for bouton in boutons)
        return {lue.group(1) for lue in lues if lue}
    if isinstance(widget, QPushButton):
        return set()
    # Les touches d'une question valent dans toute la question : ses cases, et sa fin juste dessous.
    groupe = widget.parentWidget() if isinstance(widget, QAbstractButton) else widget
    parent = groupe.parentWidget() if groupe is not None else None
    boutons = parent.findChildren(QAbstractButton) if parent is not None else []
    dits = (re.search(r"touche (\w)$", bouton.accessibleDescription()) for bouton in boutons if bouton.isVisible())
    return {dit.group(1) for dit in dits if dit}


def _taper(suite: str) -> None:
    """Des signes à la suite, sans attendre, chacun là où est le clavier."""
    for signe in suite:
        for sorte in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            cible = QApplication.focusWidget()
            if cible is not None:
                QApplication.sendEvent(cible, QKeyEvent(sorte, 0, Qt.KeyboardModifier.NoModifier, signe))


def _ecrit(ecran: EcranEntretien) -> dict[str, Any]:
    return dict(feuilles(ecran.session.document))


def _difference(avant: Mapping[str, Any], apres: Mapping[str, Any]) -> dict[str, Any]:
    rien = object()
    return {
        chemin: apres.get(chemin) for chemin in {**avant, **apres} if avant.get(chemin, rien) != apres.get(chemin, rien)
    }


def vives() -> Iterator[None]:
    """Le répit des frappes, raccourci pour l'épreuve mais réel."""
    avant, Frappes.REPIT_MS = Frappes.REPIT_MS, REPIT
    yield
    Frappes.REPIT_MS = avant


# Les accidents d'autrefois, remis un par un : le juge doit les voir.


def _entree_choisit(groupe: GroupeChoix, event: QKeyEvent) -> None:
    if event.key() in _ENTREES and groupe.valeur() is None:
        groupe._boutons.button(0).click()
    _D_ORIGINE["keyPressEvent"](groupe, event)


def _chiffre_hatif(frappes: Frappes, event: QKeyEvent, offerts: Any) -> bool:
    signe = event.text().upper()
    if signe and signe in offerts:
        frappes._choisir(signe)
        return True
    return False


def _premiere_prise(groupe: GroupeChoix) -> None:
    if not groupe.valeur():
        groupe._boutons.button(0).click()
    _D_ORIGINE["focus_initial"](groupe)


_D_ORIGINE = {"keyPressEvent": GroupeChoix.keyPressEvent, "focus_initial": GroupeChoix.focus_initial}
MUTANTS: Final[dict[str, tuple[Any, str, Callable[..., Any]]]] = {
    "Entrée choisit": (GroupeChoix, "keyPressEvent", _entree_choisit),
    "un chiffre hâtif choisit": (Frappes, "recevoir", _chiffre_hatif),
    "la première réponse est prise d'avance": (GroupeChoix, "focus_initial", _premiere_prise),
}
