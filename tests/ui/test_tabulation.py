"""Tab lit l'ordre des yeux : tout ce qui prend le clavier, une fois, quel que soit l'ordre de fabrication."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from outils_ecran import presser
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import ui
from ui.composants import Defilement, colonne, rangee
from ui.composants.tabulation import passer, portes

RACINE = Path(ui.__file__).parent.parent


class Page(QWidget):
    """Une fenêtre qui passe le clavier comme celle de Perron."""

    def focusNextPrevChild(self, suivant: bool) -> bool:
        return passer(self, avant=suivant)


def ligne(nom: str) -> QLineEdit:
    champ = QLineEdit()
    champ.setAccessibleName(nom)
    return champ


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    """Les champs naissent à rebours ; une grille et un défilement s'y emboîtent."""
    e, d, c, b, a = (ligne(nom) for nom in "edcba")
    grille = QGridLayout()
    grille.addWidget(d, 1, 0)
    grille.addWidget(c, 0, 1)
    grille.addWidget(b, 0, 0)
    rendu = Page()
    qtbot.addWidget(rendu)
    rendu.setLayout(colonne(rangee(a), grille, Defilement(colonne(e))))
    rendu.show()
    rendu.activateWindow()
    qtbot.waitUntil(rendu.isActiveWindow)
    return rendu


def noms(page: Page) -> list[str]:
    return [widget.accessibleName() for widget in portes(page)]


def test_l_ordre_est_celui_des_yeux(page: Page) -> None:
    """Ni l'ordre de naissance, ni celui où les cases de la grille ont été posées."""
    assert noms(page) == list("abcde")


def test_tab_fait_le_tour_et_maj_tab_le_defait(page: Page) -> None:
    """De l'un au suivant jusqu'à revenir au premier ; à rebours de même."""
    portes(page)[0].setFocus()
    for touche, attendus in ((Qt.Key.Key_Tab, "bcdea"), (Qt.Key.Key_Backtab, "edcba")):
        vus = []
        for _ in attendus:
            presser(touche)
            ici = QApplication.focusWidget()
            assert ici is not None
            vus.append(ici.accessibleName())
        assert vus == list(attendus)


def test_ce_qui_se_cache_ou_s_eteint_ne_se_prend_pas(page: Page) -> None:
    """Le clavier ne va qu'à ce qui sert."""
    un, autre, *_ = portes(page)
    un.hide()
    autre.setEnabled(False)
    assert noms(page) == list("cde")


def test_ce_qui_nait_apres_prend_sa_place(page: Page) -> None:
    """La chaîne de Qt le mettrait en dernier."""
    disposition = page.layout()
    assert disposition is not None
    disposition.insertWidget(0, neuf := ligne("neuf"))  # type: ignore[attr-defined]
    neuf.show()
    assert noms(page)[0] == "neuf"


def test_depuis_ce_qui_n_est_pas_un_arret_on_va_au_suivant(page: Page) -> None:
    """Une réponse prise au clic n'est pas toujours un arrêt de Tab : on en repart de là où elle se lit."""
    deuxieme = portes(page)[1]
    deuxieme.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    deuxieme.setFocus()
    presser(Qt.Key.Key_Tab)
    ici = QApplication.focusWidget()
    assert ici is not None
    assert ici.accessibleName() == "c"


def test_ce_qui_se_cache_laisse_le_clavier_pres_de_la(page: Page) -> None:
    """Un écran refait sa page : le clavier ne saute pas à la barre du haut."""
    dernier = portes(page)[-1]
    voisin = QLineEdit()
    voisin.setAccessibleName("voisin")
    porteur = dernier.parentWidget()
    assert porteur is not None
    disposition = porteur.layout()
    assert disposition is not None
    disposition.addWidget(voisin)
    voisin.show()
    dernier.setFocus()
    dernier.hide()
    ici = QApplication.focusWidget()
    assert ici is not None
    assert ici.accessibleName() == "voisin"


PROGRAMME = """
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLayout, QLayoutItem, QPushButton, QVBoxLayout, QWidget
from ui.composants.tabulation import portes

application = QApplication([])
page = QWidget()
boite = QVBoxLayout(page)
boutons = [QPushButton() for _ in range(20)]
for bouton in boutons:
    boite.addWidget(bouton)
page.show()
LECTURE
for bouton in boutons:
    bouton.deleteLater()
QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
tenus = [un for un in shiboken6.getAllValidWrappers() if isinstance(un, QLayoutItem) and not isinstance(un, QLayout)]
print(len(tenus))
"""
"""Des boutons lus puis détruits : combien de places PySide croit encore tenir, que Qt a détruites."""


def _jouer(lecture: str) -> int:
    commande = [sys.executable, "-c", PROGRAMME.replace("LECTURE", lecture)]
    fini = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, check=True)
    return int(fini.stdout)


def test_lire_l_ordre_ne_laisse_rien_qui_tue_le_programme() -> None:
    """Ce qui naissait ensuite à l'adresse d'une place détruite mourait avec le programme, bien après la touche Tab."""
    assert _jouer("assert len(portes(page)) == 20") == 0


def test_mutant_lire_par_les_places_les_laisse_aux_mains_de_pyside() -> None:
    assert _jouer("[boite.itemAt(rang).widget() for rang in range(20)]") == 20
