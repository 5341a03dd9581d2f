"""Une page qui défile montre ce qui a le clavier : la ligne choisie d'une liste, le début de ce qui est trop haut."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.composants import Defilement, GroupeChoix, ListePropositions, Option, Proposition, colonne, texte
from ui.theme import Theme
from ui.theme.apparence import apparence


def _page(qtbot: QtBot, haut: int, *contenu: QWidget) -> Defilement:
    page = Defilement(colonne(*contenu, 1))
    qtbot.addWidget(page)
    page.resize(400, haut)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    return page


def _vue(page: Defilement, widget: QWidget, zone: QRect) -> bool:
    haut = widget.mapTo(page.viewport(), zone.topLeft()).y()
    return haut >= 0 and haut + zone.height() <= page.viewport().height()


def _liste(combien: int) -> ListePropositions:
    liste = ListePropositions("Dossiers", au_plus=combien)
    liste.montrer([Proposition(f"Dossier {rang}", lambda: None, "ouvert hier") for rang in range(combien)])
    return liste


def test_la_ligne_choisie_d_une_liste_plus_haute_que_la_page_se_voit(qtbot: QtBot) -> None:
    liste = _liste(12)
    page = _page(qtbot, 220, texte("Dossiers", "titre"), liste)
    liste.setFocus()
    for rang in (11, 0, 6):
        liste.setCurrentRow(rang)
        page.faire_voir(liste)
        assert _vue(page, liste, liste.zone_du_clavier()), rang


def test_agrandir_le_texte_ne_perd_pas_le_champ_qu_on_voyait(qtbot: QtBot) -> None:
    """Sans être allé d'un endroit à l'autre de la page : le texte seul a changé."""
    liste = _liste(3)
    page = _page(qtbot, 420, *(texte(f"Ligne {rang}") for rang in range(8)), liste)
    liste.setFocus()
    try:
        apparence().appliquer(Theme(echelle=200))
        qtbot.waitUntil(lambda: _vue(page, liste, liste.zone_du_clavier()), timeout=20_000)
    finally:
        apparence().appliquer(Theme())


def test_un_groupe_plus_haut_que_la_page_n_en_cache_pas_la_question(qtbot: QtBot) -> None:
    question = texte("Où vivez-vous en ce moment ?", "titre")
    groupe = GroupeChoix("Où vivez-vous ?", [Option(str(rang), f"Chez {rang}") for rang in range(14)])
    page = _page(qtbot, 300, question, groupe)
    page.faire_voir(groupe)
    assert question.mapTo(page.viewport(), QPoint(0, 0)).y() >= 0
