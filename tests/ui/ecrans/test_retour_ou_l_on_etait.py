"""Revenir d'un autre écran, ou rouvrir le dossier dans la même réception, rend la même page de l'entretien."""

from __future__ import annotations

import pytest
from outils_dossier import creer, ouvrir
from outils_ecran import au_repos, montrer, presser
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.ecrans.entretien.ecran import EcranEntretien
from ui.lancement import Poste

ICI = "logement_actuel.surface"
AILLEURS = ("cotation", "orientation", "imprimer", "suivi", "reporter")


def sur_la_surface(qtbot: QtBot, poste: Poste) -> EcranEntretien:
    dossier = creer(qtbot, poste, demandeur={"nom": "Essai"}, logement_actuel={"statut": "locataire_prive"})
    montrer(qtbot, poste.fenetre)
    return ouvrir(qtbot, poste, dossier, ICI)


def y_est(qtbot: QtBot, poste: Poste, ecran: EcranEntretien) -> None:
    au_repos(qtbot, poste)
    qtbot.waitUntil(lambda: ecran.etape is not None)
    au_repos(qtbot, poste)
    assert poste.fenetre.ecran == "entretien"
    assert ecran.etape is not None
    assert ICI in ecran.etape.chemins
    clavier = QApplication.focusWidget()
    assert clavier is not None
    assert ecran.formulaire.isAncestorOf(clavier)
    assert ecran.formulaire.ici == ICI


@pytest.mark.parametrize("ailleurs", AILLEURS)
def test_alt_gauche_rend_la_meme_page_et_le_clavier_a_sa_reponse(
    poste_ouvert: Poste, qtbot: QtBot, ailleurs: str
) -> None:
    ecran = sur_la_surface(qtbot, poste_ouvert)
    autre = poste_ouvert.fenetre.aller(ailleurs)
    au_repos(qtbot, poste_ouvert)
    presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier, widget=autre)
    y_est(qtbot, poste_ouvert, ecran)


def test_rouvrir_le_dossier_de_la_meme_reception_rend_la_meme_page(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """La palette nomme le dossier ouvert : on y était, on y revient."""
    ecran = sur_la_surface(qtbot, poste_ouvert)
    poste_ouvert.fenetre.aller("cotation")
    poste_ouvert.fenetre.aller("entretien", {"dossier": poste_ouvert.session.dossier_id})
    y_est(qtbot, poste_ouvert, ecran)


def test_une_autre_reception_repart_de_la_premiere_question(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """L'accueil finit la réception : qui revient n'est pas forcément au même point, ni seul."""
    ecran = sur_la_surface(qtbot, poste_ouvert)
    dossier = poste_ouvert.session.dossier_id
    poste_ouvert.fenetre.aller("accueil")
    au_repos(qtbot, poste_ouvert)
    ouvrir(qtbot, poste_ouvert, dossier)
    assert ecran.etape is not None
    assert ICI not in ecran.etape.chemins


def test_la_fin_revient_a_la_fin(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = sur_la_surface(qtbot, poste_ouvert)
    ecran.finir()
    for ailleurs in AILLEURS:
        autre = poste_ouvert.fenetre.aller(ailleurs)
        au_repos(qtbot, poste_ouvert)
        presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier, widget=autre)
        au_repos(qtbot, poste_ouvert)
        qtbot.waitUntil(lambda: ecran.pages.courante is ecran.fin)
