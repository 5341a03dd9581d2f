"""Les jetons : contraste, cibles, couleurs écrites en un seul endroit."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import ui
from ui.composants import Bouton, colonne
from ui.theme import CIBLE, ECHELLES, FAMILLE, FOCUS, JETONS, PAIRES, Nom, Theme, Ton, contraste, espace
from ui.theme.apparence import apparence
from ui.theme.feuille import feuille
from ui.theme.icones import Icone, image, livree

UI = Path(ui.__file__).parent


def test_contraste_calcule_selon_wcag() -> None:
    """Les deux extrêmes connus encadrent le calcul."""
    assert contraste("#000000", "#FFFFFF") == pytest.approx(21)
    assert contraste("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("nom", Nom)
@pytest.mark.parametrize("paire", PAIRES)
def test_chaque_paire_employee_se_lit(nom: Nom, paire: tuple[str, str]) -> None:
    """4,5 au moins, dans les trois thèmes."""
    texte, fond = (getattr(JETONS[nom], jeton) for jeton in paire)
    assert contraste(texte, fond) >= 4.5


@pytest.mark.parametrize("nom", Nom)
def test_focus_et_bords_de_champ_se_distinguent(nom: Nom) -> None:
    """3 au moins pour ce qui n'est pas du texte."""
    c = JETONS[nom]
    assert min(contraste(c.action, fond) for fond in (c.papier, c.surface)) >= 3
    assert contraste(c.encre_douce, c.surface) >= 3


def test_aucune_couleur_ecrite_ailleurs() -> None:
    """Une couleur en dur hors des jetons échapperait aux trois thèmes."""
    motif = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\(\s*\d|GlobalColor\.(?!transparent)\w+|rgba?\(")
    fichiers = [p for p in UI.rglob("*.py") if p.name != "jetons.py"]
    fautifs = [f"{p.name}: {m}" for p in fichiers for m in motif.findall(p.read_text())]
    assert fautifs == []


def test_aucun_style_ecrit_ailleurs() -> None:
    """La feuille de style ne se pose qu'à un endroit."""
    poseurs = [p.name for p in UI.rglob("*.py") if "setStyleSheet(" in p.read_text()]
    assert poseurs == ["apparence.py"]


@pytest.mark.parametrize("nom", Nom)
def test_focus_visible_de_trois_pixels(nom: Nom) -> None:
    """Tout ce qui prend le clavier a sa règle de focus, de 3 pixels."""
    style = feuille(Theme(nom))
    assert FOCUS == 3
    for selecteur in (
        'QPushButton[genre="principal"]:focus',
        'QPushButton[genre="secondaire"]:focus',
        "QLineEdit:focus",
    ):
        assert selecteur in style
    assert style.count(f"border: {FOCUS}px solid") >= 5


@pytest.mark.parametrize("echelle", ECHELLES)
def test_cibles_de_quarante_pixels(qtbot: QtBot, echelle: int) -> None:
    """Bouton et champ restent assez hauts à toutes les tailles."""
    apparence().appliquer(Theme(Nom.CLAIR, echelle))
    bouton, ligne = Bouton("Suivant", genre="principal"), QLineEdit()
    for widget in (bouton, ligne):
        qtbot.addWidget(widget)
        widget.show()
        assert widget.sizeHint().height() >= 40
    assert CIBLE >= 40


@pytest.mark.parametrize("nom", list(Nom))
def test_changer_de_theme_donne_l_image_du_theme_choisi_d_abord(qtbot: QtBot, nom: Nom) -> None:
    """Une fenêtre déjà habillée, puis rhabillée, est celle qu'on aurait ouverte dans ce thème."""

    def page() -> QWidget:
        page = QWidget()
        page.setProperty("genre", "page")
        contenu = (Bouton("Suivant", genre="principal"), QLineEdit("Morel"), QLabel("Où avez-vous dormi ?"))
        boite = QVBoxLayout(page)
        for widget in contenu:
            # Le clavier serait à la dernière ouverte seule.
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            boite.addWidget(widget)
        qtbot.addWidget(page)
        page.resize(400, 200)
        page.show()
        return page

    apparence().appliquer(Theme(Nom.CONTRASTE if nom is Nom.CLAIR else Nom.CLAIR, 150))
    rhabillee = page()
    apparence().appliquer(Theme(nom, 125))
    neuve = page()
    QApplication.processEvents()
    assert rhabillee.grab().toImage() == neuve.grab().toImage()


def test_le_theme_deja_en_vigueur_ne_rhabille_rien(qtbot: QtBot) -> None:
    apparence().appliquer(Theme(Nom.SOMBRE))
    with qtbot.assertNotEmitted(apparence().change):
        apparence().appliquer(Theme(Nom.SOMBRE))
    with qtbot.waitSignal(apparence().change):
        apparence().demander(Theme(Nom.CLAIR))


def test_le_texte_grandit_avec_l_echelle(qtbot: QtBot) -> None:
    """200 % double la police de tous les widgets, sans relancer."""
    etiquette = QLabel("Où avez-vous dormi ?")
    qtbot.addWidget(etiquette)
    etiquette.show()
    avant = etiquette.sizeHint().width()
    apparence().appliquer(Theme(Nom.CLAIR, 200))
    assert etiquette.sizeHint().width() == pytest.approx(2 * avant, rel=0.05)


def test_la_police_livree_est_celle_de_l_ecran(qtbot: QtBot) -> None:
    """La police vient de ressources, avec l'espace fine et les accents."""
    etiquette = QLabel("É")
    qtbot.addWidget(etiquette)
    etiquette.show()
    assert etiquette.fontInfo().family() == FAMILLE
    police = QRawFont.fromFont(etiquette.font())
    assert all(police.supportsCharacter(ord(signe)) for signe in "éàçœ«»’\u202f·…")


def test_icone_prend_la_couleur_du_theme(qtbot: QtBot) -> None:
    """Le trait est recoloré : aucun pixel opaque d'une autre couleur."""
    couleur = JETONS[Nom.CLAIR].immediat
    dessin = image("siren", couleur, 24).toImage()
    opaques = {
        dessin.pixelColor(x, y).name() for x in range(24) for y in range(24) if dessin.pixelColor(x, y).alpha() == 255
    }
    assert opaques == {couleur.lower()}


@pytest.mark.parametrize("geste", [lambda: Icone("sirene"), lambda: Icone("siren").montrer("sirene", Ton.JOUR)])
def test_une_icone_qui_n_est_pas_livree_se_dit_avant_de_se_peindre(geste: Callable[[], object], qtbot: QtBot) -> None:
    """Peinte, elle tuerait l'écran le jour où il se montre ; construite, toute épreuve de cet écran la voit."""
    with pytest.raises(ValueError, match="« sirene »"):
        geste()


def test_toute_icone_nommee_dans_le_code_est_livree() -> None:
    """Celles des listes aussi, qui ne se dessinent qu'à la ligne montrée."""
    trouvees = {
        (fichier.name, un.value)
        for fichier in sorted(UI.rglob("*.py"))
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8")))
        if isinstance(noeud, ast.keyword) and noeud.arg == "icone"
        for un in _possibles(noeud.value)
    }
    assert len(trouvees) > 100
    for fichier, nom in trouvees:
        assert livree(nom) == nom, fichier


def _possibles(valeur: ast.expr) -> Iterator[ast.Constant]:
    """Les noms que cet argument peut valoir ; d'une condition, ses deux branches, jamais ce qu'elle compare."""
    if isinstance(valeur, ast.IfExp):
        yield from _possibles(valeur.body)
        yield from _possibles(valeur.orelse)
    elif isinstance(valeur, ast.Constant) and isinstance(valeur.value, str):
        yield valeur


def test_espacements_de_quatre_en_quatre() -> None:
    """Un pas vaut 4 pixels."""
    assert [espace(pas) for pas in (1, 2, 5)] == [4, 8, 20]


@pytest.mark.parametrize(("depart", "crans", "arrivee"), [(100, 1, 125), (200, 1, 200), (100, -1, 100), (175, 0, 100)])
def test_agrandir_reste_dans_les_bornes(depart: int, crans: int, arrivee: int) -> None:
    """De 100 à 200 %, jamais au-delà."""
    assert Theme(Nom.SOMBRE, depart).agrandi(crans) == Theme(Nom.SOMBRE, arrivee)


@pytest.mark.parametrize("nom", Nom)
def test_l_anneau_du_clavier_tranche(nom: Nom) -> None:
    """3 pour 1 au moins entre l'anneau et ce qui le touche, dans chaque thème (1.4.11)."""
    c = JETONS[nom]
    couples = [(c.action, fond) for fond in (c.papier, c.surface, c.creux, c.action_fond)]
    # Le bouton plein : le bord contre la page, l'anneau contre le bord et contre le bouton.
    couples += [(c.encre, c.papier), (c.encre, c.surface), (c.sur_action, c.encre), (c.sur_action, c.action)]
    assert [(un, autre) for un, autre in couples if contraste(un, autre) < 3] == []


@pytest.mark.parametrize("nom", Nom)
def test_l_anneau_se_voit_sur_l_image_du_bouton_principal(qtbot: QtBot, nom: Nom) -> None:
    """Du bord vers le mot, deux pixels voisins de l'anneau tranchent ; sans le clavier, le bouton est plein."""
    apparence().appliquer(Theme(nom))
    page, autre = QWidget(), QLineEdit()
    bouton = Bouton("Continuer", genre="principal")
    page.setLayout(colonne(autre, bouton))
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)

    def traversee() -> set[str]:
        image = bouton.grab().toImage()
        return {image.pixelColor(image.width() // 2, y).name() for y in range(12)}

    autre.setFocus()
    sans = traversee()
    bouton.setFocus()
    avec = traversee()
    c = JETONS[nom]
    assert c.sur_action.lower() not in sans
    assert {c.action.lower(), c.sur_action.lower(), c.encre.lower()} <= avec
    apparence().appliquer(Theme())
