"""Chaque écran : noms, rôles, cibles, ordre de tabulation, largeur, à toutes les tailles et dans tous les thèmes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from outils_ecran import au_repos, presser
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QScrollArea, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from ui.cadre.gestes import palette as palette_de
from ui.cadre.page_neutre import PageNeutre, PageVerrou
from ui.ecrans import declares
from ui.ecrans.ouverture.ecran import EcranOuverture
from ui.ecrans.ouverture.territoire import ChoixTerritoire
from ui.lancement import Poste
from ui.theme import Nom, Theme
from ui.theme.apparence import apparence

SOCLE = ("ouverture", "accueil")


def vues(poste: Poste, nom: str) -> Iterator[QWidget]:
    """Chaque vue de l'écran : ses étapes s'il en a, sinon lui-même."""
    ecran = poste.fenetre.aller(nom)
    if isinstance(ecran, EcranOuverture):
        if isinstance(premiere := ecran.etapes.pages[0], ChoixTerritoire):
            premiere.finie.emit()
        rang = 0
        while rang < len(ecran.etapes.pages):
            ecran.montrer(ecran.etapes.pages[rang])  # type: ignore[arg-type]
            yield ecran
            rang += 1
    else:
        yield ecran


def au_clavier(racine: QWidget) -> list[QWidget]:
    """Ce que la touche Tab atteint sous ``racine``."""
    return [
        w
        for w in racine.findChildren(QWidget)
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None
    ]


def sans_nom(racine: QWidget) -> list[str]:
    """Les widgets utilisables que le lecteur d'écran ne saurait nommer."""
    return [repr(w) for w in au_clavier(racine) if not w.accessibleName().strip()]


@pytest.mark.parametrize("nom", SOCLE)
def test_tout_ce_qui_prend_le_clavier_a_un_nom(qtbot: QtBot, poste: Poste, nom: str) -> None:
    """Premier lancement, puis accueil : rien d'anonyme."""
    if nom == "accueil":
        poste.session.preferences = type(poste.session.preferences)(territoire="metropole-exemple")
    for vue in vues(poste, nom):
        assert sans_nom(vue) == []
        assert vue.accessibleName()
    assert sans_nom(poste.fenetre) == []


def test_deverrouillage_et_secours_nommes(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Les étapes d'un poste qui a déjà un coffre."""
    for vue in vues(poste_ouvert, "ouverture"):
        assert sans_nom(vue) == []
        if isinstance(vue, EcranOuverture) and len(vue.etapes.pages) == 1:
            vue.etapes.pages[0].oublie.emit()  # type: ignore[attr-defined]
    assert len(vue.etapes.pages) == 5  # type: ignore[attr-defined]


def test_accueil_garni_palette_et_pages_nommes(qtbot: QtBot, poste_garni: Poste) -> None:
    """Listes remplies, palette ouverte, pages de couverture."""
    assert sans_nom(poste_garni.fenetre) == []
    palette = palette_de(poste_garni.fenetre)
    palette.show()
    assert sans_nom(palette) == []
    palette.close()
    for page in (PageNeutre("Calendrier", __import__("datetime").date(2026, 11, 23)), PageVerrou("Perron")):
        page.setWindowModality(Qt.WindowModality.NonModal)
        page.show()
        page.reprise.show()
        assert sans_nom(page) == []
        page.lever()
        page.deleteLater()


def test_les_roles_sont_ceux_que_dit_un_lecteur_d_ecran(qtbot: QtBot, poste_garni: Poste) -> None:
    """Bouton, zone de texte, liste : le rôle vient du vrai widget."""
    roles = {
        QAccessible.queryAccessibleInterface(w).role()
        for w in au_clavier(poste_garni.fenetre.pile.currentWidget())  # type: ignore[arg-type]
    }
    assert {QAccessible.Role.EditableText, QAccessible.Role.List, QAccessible.Role.Button} <= roles
    assert QAccessible.Role.NoRole not in roles


@pytest.mark.parametrize("echelle", [100, 200])
def test_cibles_assez_grandes(qtbot: QtBot, poste_garni: Poste, echelle: int) -> None:
    """40 pixels au moins pour tout ce qui se presse ou se remplit."""
    apparence().appliquer(Theme(Nom.CLAIR, echelle))
    QApplication.processEvents()
    petites = [
        (w.accessibleName(), w.height())
        for w in poste_garni.fenetre.findChildren(QWidget)
        if isinstance(w, QAbstractButton | QLineEdit | QComboBox) and w.isVisible() and w.height() < 40
    ]
    assert petites == []


@pytest.mark.parametrize("theme", Nom)
@pytest.mark.parametrize("echelle", [100, 150, 200])
def test_pas_de_defilement_horizontal_a_1366(qtbot: QtBot, poste_garni: Poste, theme: Nom, echelle: int) -> None:
    """À 1366 x 768 et jusqu'à 200 %, chaque écran tient en largeur ; à 200 % les colonnes s'empilent."""
    apparence().appliquer(Theme(theme, echelle))
    poste_garni.fenetre.resize(1366, 768)
    for nom in SOCLE:
        for vue in vues(poste_garni, nom):
            au_repos(qtbot, poste_garni)
            assert poste_garni.fenetre.minimumSizeHint().width() <= 1366
            assert poste_garni.fenetre.width() == 1366
            for zone in vue.findChildren(QScrollArea):
                if zone.isVisible() and zone.widget() is not None:
                    assert zone.widget().minimumSizeHint().width() <= zone.viewport().width(), nom


def test_la_tabulation_suit_l_ordre_des_yeux(qtbot: QtBot, poste_garni: Poste) -> None:
    """Dans l'accueil, Tab va de haut en bas dans chaque colonne, et fait le tour sans piège."""
    ecran = poste_garni.fenetre.pile.currentWidget()
    assert ecran is not None
    attendus = set(au_clavier(ecran))
    vus: list[QWidget] = []
    for _ in range(40):
        courant = QApplication.focusWidget()
        assert courant is not None
        if courant in vus:
            break
        vus.append(courant)
        presser(Qt.Key.Key_Tab)
    dans_l_ecran = [w for w in vus if w in attendus]
    assert set(dans_l_ecran) == attendus
    places = [w.mapTo(poste_garni.fenetre, w.rect().center()) for w in dans_l_ecran]
    milieu = poste_garni.fenetre.width() * 4 // 7
    gauche = [p.y() for p in places if p.x() < milieu]
    assert gauche == sorted(gauche)
    assert [p.x() < milieu for p in places] == sorted((p.x() < milieu for p in places), reverse=True)


def test_aucune_fenetre_parasite(qtbot: QtBot, poste_garni: Poste) -> None:
    """Un widget montré avant d'avoir un parent ouvrirait une fenêtre."""
    visibles = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert visibles == [poste_garni.fenetre]


def test_titre_de_fenetre_neutre(qtbot: QtBot, poste_garni: Poste) -> None:
    """Le titre ne dit ni nom, ni écran, même dossier ouvert."""
    poste_garni.session.rechercher(
        "moreau", lambda t: poste_garni.session.ouvrir_dossier(t[0].dossier, lambda _: None), pour=poste_garni.fenetre
    )
    au_repos(qtbot, poste_garni)
    au_repos(qtbot, poste_garni)
    assert poste_garni.session.document["demandeur"]["nom"] == "MOREAU"
    assert poste_garni.fenetre.windowTitle() == "Perron"


def test_chaque_ecran_declare_se_fabrique(qtbot: QtBot, poste_garni: Poste) -> None:
    """La déclaration d'un écran mène à une classe qui existe, se montre et nomme tout ce qui prend le clavier."""
    for nom in declares():
        ecran = poste_garni.fenetre.aller(nom)
        au_repos(qtbot, poste_garni)
        assert ecran.accessibleName()
        assert sans_nom(ecran) == []


def test_pile_ne_garde_qu_un_exemplaire_par_ecran(poste: Poste) -> None:
    """Revenir à un écran ne le fabrique pas deux fois."""
    pile: QStackedWidget = poste.fenetre.pile
    poste.fenetre.aller("accueil")
    poste.fenetre.aller("ouverture")
    poste.fenetre.aller("accueil")
    assert pile.count() == 2
