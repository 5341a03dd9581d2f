"""Au clavier, dans la vraie fenêtre : la touche Menu, Maj+F10, Ctrl+F et Échap."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from outils_ecran import au_repos, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ui.cadre.palette import Palette
from ui.composants import ListePropositions
from ui.ecrans.divergences.carte import CarteDivergence
from ui.ecrans.envois.quarantaine import CarteRefus
from ui.lancement import Poste
from ui.theatre.joueur import Joueur
from ui.theatre.scenes import scenes

MAJ, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
TOUCHES = [(Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_F10, MAJ)]


@pytest.fixture(autouse=True)
def _menu_ferme() -> Iterator[None]:
    yield
    if (ouvert := QApplication.activePopupWidget()) is not None:
        ouvert.close()


def mots() -> list[str]:
    ouvert = QApplication.activePopupWidget()
    return [action.text().split("\t")[0] for action in ouvert.actions()] if isinstance(ouvert, QMenu) else []


@pytest.mark.parametrize(("touche", "modificateur"), TOUCHES, ids=["menu", "maj f10"])
def test_la_liste_des_dossiers(
    qtbot: QtBot, poste_garni: Poste, touche: Qt.Key, modificateur: Qt.KeyboardModifier
) -> None:
    ecran = poste_garni.fenetre.aller("dossiers")
    au_repos(qtbot, poste_garni)
    ecran.liste.setFocus()  # type: ignore[attr-defined]
    presser(touche, modificateur)
    assert mots() == ["Ouvrir le dossier", "Montrer le nom"]
    ouvert = QApplication.activePopupWidget()
    assert ouvert is not None
    presser(Qt.Key.Key_Return, widget=ouvert)
    au_repos(qtbot, poste_garni)
    assert poste_garni.fenetre.ecran == "entretien"


def test_f12_ferme_le_menu(qtbot: QtBot, poste_garni: Poste) -> None:
    ecran = poste_garni.fenetre.aller("dossiers")
    au_repos(qtbot, poste_garni)
    ecran.liste.setFocus()  # type: ignore[attr-defined]
    presser(Qt.Key.Key_F10, MAJ)
    ouvert = QApplication.activePopupWidget()
    assert ouvert is not None
    presser(Qt.Key.Key_F12, widget=ouvert)
    assert poste_garni.couverture.couverte
    assert QApplication.activePopupWidget() is None


def test_chaque_liste_de_dossiers_a_son_menu(poste: Poste) -> None:
    """Échéances, envois, avis, à départager : chaque liste, chaque carte, offre ce que ses boutons font."""
    joueur, vues = Joueur(poste), dict[str, list[str]]()
    for _, vue in scenes(joueur):
        joueur.attendre()
        for liste in vue.findChildren(ListePropositions):
            if liste.isVisible() and liste.count() and not liste.guidee():
                liste.setCurrentRow(0)
                vues.setdefault(
                    f"{poste.fenetre.ecran} : {liste.accessibleName()}", [une.mot for une in liste.gestes()]
                )
        for sorte in (CarteRefus, CarteDivergence):
            if any(carte.isVisible() for carte in vue.findChildren(sorte)):
                vues[sorte.__name__] = ["boutons"]
    sans = {nom for nom, gestes in vues.items() if not gestes}
    attendues = ("dossiers : Dossiers", "echeances : ", "envois : Dossiers qui attendent l'envoi", "avis : ")
    for attendue in (*attendues, "CarteRefus", "CarteDivergence"):
        assert any(nom.startswith(attendue) and gestes for nom, gestes in vues.items()), (attendue, vues)
    assert not {nom for nom in sans if nom.split(" : ")[0] in ("accueil", "dossiers", "echeances", "envois", "avis")}


def test_ctrl_f_mene_a_la_recherche_et_echap_l_efface(qtbot: QtBot, poste_garni: Poste) -> None:
    accueil = poste_garni.fenetre.aller("accueil")
    au_repos(qtbot, poste_garni)
    accueil.recents.setFocus()  # type: ignore[attr-defined]
    presser(Qt.Key.Key_F, CTRL)
    recherche = accueil.recherche  # type: ignore[attr-defined]
    assert recherche.hasFocus()
    taper("roux")
    au_repos(qtbot, poste_garni)
    assert accueil._carte_resultats.isVisible()  # type: ignore[attr-defined]
    presser(Qt.Key.Key_Escape)
    assert recherche.text() == ""
    assert recherche.hasFocus()
    assert accueil._carte_resultats.isHidden()  # type: ignore[attr-defined]


def test_ailleurs_ctrl_f_ouvre_la_palette(qtbot: QtBot, poste_garni: Poste) -> None:
    """Chercher ne fait pas quitter le dossier ouvert."""
    poste_garni.fenetre.aller("dossiers")
    au_repos(qtbot, poste_garni)
    presser(Qt.Key.Key_F, CTRL)
    (palette,) = [une for une in poste_garni.fenetre.findChildren(Palette) if une.isVisible()]
    assert palette.saisie.ligne.hasFocus()
    palette.close()
