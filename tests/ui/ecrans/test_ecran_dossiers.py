"""La liste des dossiers : les filtres, les tris et les pages au clavier ; Entrée ouvre ; chaque ligne est masquée."""

from __future__ import annotations

from typing import Any

import pytest
from outils_ecran import au_repos, presser
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from modele.coffre.listes import PAR_PAGE, Filtre, Tri
from modele.dossier.documents import identifiant
from ui.composants.dessin_proposition import zone_de_l_oeil
from ui.ecrans.dossiers.ecran import EcranDossiers
from ui.lancement import Poste
from ui.theatre.scenes import heberge
from ui.theme.apparence import apparence

ALT = Qt.KeyboardModifier.AltModifier


def liste(poste: Poste, qtbot: QtBot) -> EcranDossiers:
    """La liste, ouverte par sa touche."""
    presser(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    ecran = poste.fenetre.pile.currentWidget()
    assert isinstance(ecran, EcranDossiers)
    qtbot.waitUntil(lambda: bool(ecran.constat.text()))
    au_repos(qtbot, poste)
    return ecran


def titres(ecran: EcranDossiers) -> list[str]:
    return [ecran.liste.vue(rang).titre for rang in range(ecran.liste.count())]


def test_la_liste_s_ouvre_de_partout_et_de_l_accueil(qtbot: QtBot, poste_garni: Poste) -> None:
    """Un bouton de l'accueil y mène et montre sa touche ; le clavier est à la liste ; Entrée ouvre."""
    accueil: Any = poste_garni.fenetre.pile.currentWidget()
    assert "Ctrl T" in accueil.liste.accessibleDescription()
    accueil.liste.click()
    assert poste_garni.fenetre.ecran == "dossiers"
    poste_garni.fenetre.aller("accueil")
    ecran = liste(poste_garni, qtbot)
    assert QApplication.focusWidget() is ecran.liste
    choisi = ecran.liste.valeur(0).cle
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_garni)
    assert poste_garni.session.dossier_id == choisi
    presser(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    presser(Qt.Key.Key_Left, ALT)
    assert poste_garni.fenetre.ecran == "entretien"


def test_filtres_et_tris_au_clavier(qtbot: QtBot, poste_garni: Poste) -> None:
    """Alt et un chiffre ; ce qui est choisi se voit et se dit ; « à terminer » n'a pas ceux qui ont leur numéro."""
    session = poste_garni.session
    session.creer_dossier(heberge(), lambda _: None)
    au_repos(qtbot, poste_garni)
    ecran = liste(poste_garni, qtbot)
    # Importés par cet agent, ceux d'exemple portent son nom.
    assert (ecran.filtre, ecran.tri) == (Filtre.MIENS, Tri.CHANGE)
    assert ecran.filtres[Filtre.MIENS].accessibleName() == "Mes dossiers, choisi"
    presser(Qt.Key.Key_2, ALT)
    au_repos(qtbot, poste_garni)
    tous = ecran.liste.count()
    assert ecran.filtres[Filtre.TOUS].accessibleName() == "Tous, choisi"
    presser(Qt.Key.Key_3, ALT)
    au_repos(qtbot, poste_garni)
    cles = [ecran.liste.valeur(rang).cle for rang in range(ecran.liste.count())]
    assert session.dossier_id not in cles
    assert 0 < len(cles) < tous
    presser(Qt.Key.Key_5, ALT)
    au_repos(qtbot, poste_garni)
    assert ecran.tri is Tri.CREE


def test_trier_par_echeance_les_lit_toutes(qtbot: QtBot, poste_garni: Poste) -> None:
    """Celles qui manquent se lisent par lots ; la liste finit triée, et le dit ligne à ligne."""
    poste_garni.session.creer_dossier(heberge(), lambda _: None)
    au_repos(qtbot, poste_garni)
    poste_garni.session.nouveau_dossier(lambda _: None)
    au_repos(qtbot, poste_garni)
    ecran = liste(poste_garni, qtbot)
    qtbot.waitUntil(lambda: poste_garni.session.regles is not None)
    presser(Qt.Key.Key_2, ALT)
    presser(Qt.Key.Key_6, ALT)
    qtbot.waitUntil(lambda: _lues(ecran))
    dites = [ecran.liste.vue(rang).aide for rang in range(ecran.liste.count())]
    datees = [d.removeprefix("échéance : ").split("/")[::-1] for d in dites if d.startswith("échéance : ")]
    assert datees
    assert datees == sorted(datees)
    assert all(dite == "aucune échéance datée" for dite in dites[len(datees) :])


def _lues(ecran: EcranDossiers) -> bool:
    dites = [ecran.liste.vue(rang).aide for rang in range(ecran.liste.count())]
    return bool(dites) and all(dite.startswith(("échéance : ", "aucune")) for dite in dites)


def test_les_pages(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Deux cents lignes, puis le reste ; le bouton qui ne mène nulle part ne se presse pas."""
    session = poste_ouvert.session
    documents = [{"id": identifiant(), "demandeur": {"nom": f"N{rang}"}} for rang in range(PAR_PAGE + 2)]
    session.avec_coffre(lambda coffre: coffre.importer(documents, session.auteur), lambda _: None, pour=session)
    au_repos(qtbot, poste_ouvert)
    ecran = liste(poste_ouvert, qtbot)
    assert (ecran.liste.count(), ecran.avant.isEnabled()) == (PAR_PAGE, False)
    presser(Qt.Key.Key_PageDown, ALT)
    au_repos(qtbot, poste_ouvert)
    assert (ecran.liste.count(), ecran.apres.isEnabled()) == (2, False)
    assert "page 2 sur 2" in ecran.constat.text()
    presser(Qt.Key.Key_PageUp, ALT)
    au_repos(qtbot, poste_ouvert)
    assert ecran.page == 0


def test_deux_sans_nom_se_distinguent(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Par l'ordre du jour et l'heure ; jamais par une réponse."""
    for _ in range(2):
        poste_ouvert.session.nouveau_dossier(lambda _: None)
        au_repos(qtbot, poste_ouvert)
    lues = titres(liste(poste_ouvert, qtbot))
    assert [lue.partition(" de la journée, ")[0] for lue in lues] == ["Sans nom, 2e", "Sans nom, 1er"]
    assert all(" h " in lue for lue in lues)


def test_demasquer_a_la_souris_n_ouvre_pas(qtbot: QtBot, poste_garni: Poste) -> None:
    """L'œil, au bout de la ligne ; il démasque une ligne, et la seconde remasque la première."""
    ecran = liste(poste_garni, qtbot)
    vus: list[str] = []
    ecran.aller.disconnect(poste_garni.fenetre.aller)
    ecran.aller.connect(lambda nom, _: vus.append(nom))
    for rang in (0, 1):
        _presser_l_oeil(ecran, rang)
        assert [n for n, titre in enumerate(titres(ecran)) if not titre.startswith(("Dossier ", "Sans nom"))] == [rang]
    _presser_l_oeil(ecran, 1)
    assert all(titre.startswith(("Dossier ", "Sans nom")) for titre in titres(ecran))
    assert vus == []
    QTest.mouseClick(ecran.liste.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    assert vus == ["entretien"]


def _presser_l_oeil(ecran: EcranDossiers, rang: int) -> None:
    theme = apparence().theme
    rectangle = ecran.liste.zone(rang).adjusted(theme.px(10), 0, -theme.px(10), 0)
    ou = zone_de_l_oeil(rectangle, theme).center()
    QTest.mouseClick(ecran.liste.viewport(), Qt.MouseButton.LeftButton, pos=ou)


@pytest.mark.parametrize("touche", [Qt.Key.Key_Space, Qt.Key.Key_F4])
def test_demasquer_au_clavier(qtbot: QtBot, poste_garni: Poste, touche: Qt.Key) -> None:
    """Espace ou F4, sur la ligne choisie ; quitter l'écran la remasque."""
    ecran = liste(poste_garni, qtbot)
    masque = titres(ecran)
    presser(touche)
    assert titres(ecran)[0] != masque[0]
    assert titres(ecran)[1:] == masque[1:]
    poste_garni.fenetre.aller("accueil")
    presser(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    au_repos(qtbot, poste_garni)
    assert titres(ecran) == masque
