"""Jouer un cas à l'écran, tout au clavier : ce que les essais de la formation ont en commun."""

from __future__ import annotations

from outils_ecran import au_repos, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from modele.formation import Cas, lire_cas
from ressources import RESSOURCES
from ui.ecrans.formation.choix import PageChoix
from ui.ecrans.formation.ecran import EcranFormation
from ui.ecrans.formation.entretien import PageEntretien
from ui.ecrans.formation.etape import PageEtape
from ui.ecrans.formation.resultat import PageResultat
from ui.lancement import Poste

CTRL = Qt.KeyboardModifier.ControlModifier
VIOLENCES = RESSOURCES / "formation" / "violences-enfants.toml"


def aller(qtbot: QtBot, poste: Poste) -> EcranFormation:
    montre = poste.fenetre.aller("formation")
    au_repos(qtbot, poste)
    assert isinstance(montre, EcranFormation)
    return montre


def textes(widget: QWidget) -> str:
    return " ".join(un.text() for un in widget.findChildren(QLabel) if un.isVisible())


def prendre(qtbot: QtBot, poste: Poste, ecran: EcranFormation, titre: str) -> PageEntretien:
    """Choisit ce cas au clavier."""
    assert isinstance(ecran.page, PageChoix)
    (carte,) = (un for un in ecran.page.cartes if un.text() == titre)
    carte.setFocus()
    presser(Qt.Key.Key_Return, widget=carte)
    au_repos(qtbot, poste)
    assert isinstance(ecran.page, PageEntretien)
    return ecran.page


def suite(qtbot: QtBot, poste: Poste) -> None:
    presser(Qt.Key.Key_Return, CTRL)
    au_repos(qtbot, poste)


def demander(page: PageEntretien, question: str) -> None:
    assert QApplication.focusWidget() is page.question.ligne
    taper(question)
    presser(Qt.Key.Key_Return)
    QApplication.processEvents()


def jouer(qtbot: QtBot, poste: Poste, ecran: EcranFormation, sans: str = "", cas: Cas | None = None) -> PageResultat:
    """Le parcours de référence de ce cas (celui des violences), tout au clavier, moins le point ``sans``."""
    cas = cas or lire_cas(VIOLENCES)
    page = prendre(qtbot, poste, ecran, cas.titre)
    if page.separer.isVisible():
        page.separer.setFocus()
        presser(Qt.Key.Key_Space, widget=page.separer)
    for question in cas.questions:
        if question.point.id in cas.reference.questions and question.point.id != sans:
            demander(page, question.point.texte)
    suite(qtbot, poste)
    for etape in cas.etapes:
        montree = ecran.page
        assert isinstance(montree, PageEtape)
        if montree.texte is not None:
            assert QApplication.focusWidget() is montree.texte
            montree.texte.setPlainText((cas.reference.textes or {})[etape.id])
        else:
            assert montree.choix is not None
            for point in etape.points:
                if point.id in cas.reference.choix and point.id != sans:
                    case = montree.choix.bouton(point.id)
                    case.setFocus()
                    presser(Qt.Key.Key_Space, widget=case)
        suite(qtbot, poste)
    assert isinstance(ecran.page, PageResultat)
    return ecran.page
