"""La palette Ctrl+K et les raccourcis de la fenêtre."""

from __future__ import annotations

import pytest
from outils_ecran import au_repos, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ui.cadre.gestes import menu_agent
from ui.cadre.palette import Palette, plier
from ui.etat import preferences
from ui.lancement import Poste
from ui.theme import Nom
from ui.theme.apparence import apparence

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def palette(poste_garni: Poste, qtbot: QtBot) -> Palette:
    presser(Qt.Key.Key_K, CTRL)
    (ouverte,) = poste_garni.fenetre.findChildren(Palette)
    qtbot.waitUntil(ouverte.isActiveWindow)
    return ouverte


def titres(palette: Palette) -> list[str]:
    return [palette.liste.item(r).data(Qt.ItemDataRole.UserRole).titre for r in range(palette.liste.count())]


def test_ctrl_k_ouvre_la_palette_avec_toutes_les_actions(palette: Palette, poste_garni: Poste) -> None:
    """Rien de tapé : les actions, sauf la palette elle-même."""
    assert "Premier contact" in titres(palette)
    assert poste_garni.fenetre.actions_offertes["palette"].libelle not in titres(palette)


def test_une_action_se_trouve_sans_accent_et_se_fait(palette: Palette) -> None:
    """« theme sombre », Entrée : le thème change et la palette se ferme."""
    taper("theme sombre", palette.saisie.ligne)
    assert titres(palette) == ["Thème : sombre"]
    presser(Qt.Key.Key_Return, widget=palette.saisie.ligne)
    assert apparence().theme.nom is Nom.SOMBRE
    assert not palette.isVisible()


def test_un_dossier_se_trouve_avant_les_actions(qtbot: QtBot, palette: Palette, poste_garni: Poste) -> None:
    """Le nom tapé sort son dossier, masqué ; F4 le montre, sans quitter la frappe ni l'ouvrir."""
    taper("moreau", palette.saisie.ligne)
    au_repos(qtbot, poste_garni)
    assert titres(palette)[0].startswith("Dossier ")
    presser(Qt.Key.Key_F4, widget=palette.saisie.ligne)
    assert palette.liste.vue(0).titre.startswith("MOREAU")
    assert palette.isVisible()


def test_entree_sans_proposition_ne_ferme_pas(palette: Palette) -> None:
    """Une frappe qui ne trouve rien laisse corriger."""
    taper("zzzz", palette.saisie.ligne)
    presser(Qt.Key.Key_Return, widget=palette.saisie.ligne)
    assert palette.isVisible()


def test_taille_du_texte_au_clavier_et_gardee(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Ctrl+Plus agrandit, Ctrl+0 remet, et le réglage survit."""
    presser(Qt.Key.Key_Plus, CTRL)
    au_repos(qtbot, poste_ouvert)
    assert apparence().theme.echelle == 125
    assert preferences.lire(poste_ouvert.session.donnees).echelle == 125
    presser(Qt.Key.Key_0, CTRL)
    au_repos(qtbot, poste_ouvert)
    assert preferences.lire(poste_ouvert.session.donnees).echelle == 100


def test_delai_de_verrouillage_reglable(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Le menu de l'agent règle l'absence, et le garde."""
    menu = menu_agent(poste_ouvert.fenetre)
    (sous_menu,) = [m for m in menu.findChildren(QMenu) if "absence" in m.title()]
    dix = next(a for a in sous_menu.actions() if a.text() == "10 minutes")
    dix.trigger()
    au_repos(qtbot, poste_ouvert)
    assert preferences.lire(poste_ouvert.session.donnees).verrou_minutes == 10
    menu.deleteLater()


def test_aucun_raccourci_en_double(poste_ouvert: Poste) -> None:
    """Deux actions pour une touche n'en font aucune."""
    raccourcis = [a.raccourci for a in poste_ouvert.fenetre.actions_offertes.values() if a.raccourci]
    assert len(raccourcis) == len(set(raccourcis))


def test_ctrl_l_verrouille(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Partir une minute : Ctrl+L."""
    presser(Qt.Key.Key_L, CTRL)
    assert poste_ouvert.couverture.couverte
    assert QApplication.activeModalWidget() is poste_ouvert.couverture.page


def test_plier_retire_accents_et_majuscules() -> None:
    """« Réduire » et « reduire » se valent."""
    assert plier("Réduire À ŒUVRE") == "reduire a œuvre"
