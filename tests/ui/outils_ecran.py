"""Les gestes communs des essais d'écran : montrer, taper, presser, attendre."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.composants import Bouton
from ui.composants.frappes import Frappes, Regard
from ui.lancement import Poste

MOT_DE_PASSE = "quatre mots sans lien"


def montrer(qtbot: QtBot, fenetre: QWidget) -> None:
    """Montre une fenêtre et attend qu'elle ait le clavier."""
    fenetre.show()
    fenetre.activateWindow()
    qtbot.waitUntil(fenetre.isActiveWindow)


def au_repos(qtbot: QtBot, poste: Poste) -> None:
    """Attend que tout ce qui a été demandé au fil du coffre soit revenu, et ce que ces retours demandent à leur tour.

    Attendre un seul retour laissait passer la suite (rendre un dossier, puis relire la liste) sur une machine chargée.
    """
    revenus: list[object] = []
    poste.travaux.lancer(lambda: None, revenus.append)
    qtbot.waitUntil(lambda: bool(revenus) and not poste.travaux._en_cours)
    # Un tour ne traite pas ce qu'il poste : un widget neuf ne se montre qu'au suivant.
    for _ in range(3):
        QApplication.processEvents()


def sans_fin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ce qui vient de paraître ne finit pas d'être vu : sur une machine lente, un court répit passait avant l'essai."""
    monkeypatch.setattr(Frappes, "REPIT_MS", 600_000)


def laisser_voir(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, regard: Regard) -> None:
    """Laisse à ce qui vient de paraître le temps d'être vu, celui-ci court."""
    monkeypatch.setattr(Frappes, "REPIT_MS", 20)
    regard.paraitre()
    assert not regard.pose
    qtbot.waitUntil(lambda: regard.pose)


def detruire(poste: Poste) -> None:
    """Ferme ce poste et le détruit en entier : ses signaux tiennent leurs fonctions, et elles le tiennent, lui."""
    poste.fermer()
    poste.fenetre.close()
    # Ce qui se fait à la fermeture, au tour suivant, tiendrait l'atelier détruit.
    poste.application.processEvents()
    for lui in (poste.fenetre, poste.session, poste.travaux):
        lui.deleteLater()
    vider(poste.application)


def orphelins(qapp: QApplication) -> set[Bouton]:
    """Les boutons que rien ne porte : ni posés, ni détruits, ils gardent leur écran en vie, et ce qu'il montrait."""
    return {un for un in qapp.topLevelWidgets() if isinstance(un, Bouton)}


def vider(qapp: QApplication) -> None:
    """Détruit ce qui attend de l'être."""
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()


def taper(texte: str, widget: QWidget | None = None) -> None:
    """Tape ``texte`` au clavier, accents compris (``QTest.keyClicks`` tue le processus sur « é »)."""
    for signe in texte:
        cible = widget or QApplication.focusWidget()
        assert cible is not None, "aucun widget n'a le clavier"
        for sorte in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(cible, QKeyEvent(sorte, 0, Qt.KeyboardModifier.NoModifier, signe))


def presser(
    touche: Qt.Key, modificateur: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, widget: QWidget | None = None
) -> None:
    """Presse une touche là où est le clavier."""
    cible = widget or QApplication.focusWidget() or QApplication.activeWindow()
    assert cible is not None, "aucun widget n'a le clavier"
    QTest.keyClick(cible, touche, modificateur)
