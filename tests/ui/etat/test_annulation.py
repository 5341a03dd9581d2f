"""Ctrl+Z et Ctrl+Y dans la vraie fenêtre : une écriture neuve, nommée, gardée à travers une mort, le temps d'une
réception."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from outils_dossier import creer, ecrit, ouvrir
from outils_ecran import MOT_DE_PASSE, au_repos, detruire, montrer, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from modele.dossier.chemins import lire
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.lancement import Poste
from ui.mots.retours import NE_SE_REMET_PAS, RIEN_A_ANNULER, RIEN_A_REFAIRE
from ui.theme import Ton

CTRL = Qt.KeyboardModifier.ControlModifier
SURFACE = "logement_actuel.surface"


@pytest.fixture
def entretien(poste_ouvert: Poste, qtbot: QtBot) -> EcranEntretien:
    """Un dossier ouvert, le clavier dans la fenêtre."""
    montrer(qtbot, poste_ouvert.fenetre)
    ecran = ouvrir(qtbot, poste_ouvert, creer(qtbot, poste_ouvert, demandeur={"nom": "Essai"}), "demandeur.civilite")
    au_repos(qtbot, poste_ouvert)
    return ecran


def dit(poste: Poste) -> str:
    return poste.fenetre.bandeau._phrase.text()


def test_ctrl_z_remet_et_le_dit_ctrl_y_refait(poste_ouvert: Poste, entretien: EcranEntretien, qtbot: QtBot) -> None:
    """Deux réponses, deux retours, une remise : chaque fois une opération neuve, et le nom du champ."""
    session = poste_ouvert.session
    session.modifier({SURFACE: 40})
    session.modifier({SURFACE: 55, "demandeur.prenoms": "Ana"})
    au_repos(qtbot, poste_ouvert)
    presser(Qt.Key.Key_Z, CTRL)
    assert lire(ecrit(qtbot, poste_ouvert, session.dossier_id), SURFACE) == 40
    assert dit(poste_ouvert).startswith("Annulé : Surface")
    presser(Qt.Key.Key_Z, CTRL)
    assert "logement_actuel" not in ecrit(qtbot, poste_ouvert, session.dossier_id)
    presser(Qt.Key.Key_Z, CTRL)
    assert dit(poste_ouvert) == RIEN_A_ANNULER
    presser(Qt.Key.Key_Y, CTRL)
    assert lire(ecrit(qtbot, poste_ouvert, session.dossier_id), SURFACE) == 40
    assert dit(poste_ouvert).startswith("Remis : Surface")
    presser(Qt.Key.Key_Y, CTRL)
    presser(Qt.Key.Key_Y, CTRL)
    assert dit(poste_ouvert) == RIEN_A_REFAIRE
    qtbot.waitUntil(lambda: entretien.etape is not None)
    assert entretien.etape is not None
    assert entretien.etape.chemins[0] in (SURFACE, "demandeur.prenoms"), "la question remise se montre"
    vues: list[int] = []
    session.avec_coffre(lambda c: len(c.operations(session.dossier_id)), vues.append, pour=session)
    qtbot.waitUntil(lambda: bool(vues))
    assert vues == [7], "la création, deux réponses, deux retours, deux remises : rien ne s'efface de l'histoire"


def test_ce_qui_est_dit_d_un_retour_part_a_la_reponse_suivante(
    poste_ouvert: Poste, entretien: EcranEntretien, qtbot: QtBot
) -> None:
    """Le bandeau ne suit pas l'agent de page en page ; ce qui n'est pas d'un retour, lui, reste."""
    session, bandeau = poste_ouvert.session, poste_ouvert.fenetre.bandeau
    session.modifier({SURFACE: 40})
    au_repos(qtbot, poste_ouvert)
    presser(Qt.Key.Key_Z, CTRL)
    au_repos(qtbot, poste_ouvert)
    assert bandeau.phrase.startswith("Annulé : Surface")
    session.modifier({"demandeur.prenoms": "Ana"})
    au_repos(qtbot, poste_ouvert)
    assert bandeau.phrase == ""
    bandeau.dire("Une autre nouvelle.", Ton.SEMAINE)
    session.modifier({"demandeur.prenoms": "Anna"})
    au_repos(qtbot, poste_ouvert)
    assert bandeau.phrase == "Une autre nouvelle."


def test_dans_un_champ_ctrl_z_est_d_abord_a_la_frappe(
    poste_ouvert: Poste, entretien: EcranEntretien, qtbot: QtBot
) -> None:
    """Il défait ce qui est tapé ; la frappe vide, il défait la dernière réponse écrite."""
    session = poste_ouvert.session
    session.modifier({SURFACE: 40})
    entretien.aller_a("demandeur.prenoms")
    au_repos(qtbot, poste_ouvert)
    champ = QApplication.focusWidget()
    assert isinstance(champ, QLineEdit)
    taper("Zoé", champ)
    presser(Qt.Key.Key_Z, CTRL)
    assert champ.text() == ""
    assert session.document["logement_actuel"] == {"surface": 40}
    presser(Qt.Key.Key_Z, CTRL)
    assert "logement_actuel" not in ecrit(qtbot, poste_ouvert, session.dossier_id)


def test_une_reponse_protegee_ne_revient_pas_et_rien_ne_dit_pourquoi(
    poste_ouvert: Poste, entretien: EcranEntretien, qtbot: QtBot
) -> None:
    session = poste_ouvert.session
    session.modifier({"triage.peur_au_domicile": True})
    session.modifier({"triage.peur_au_domicile": False})
    au_repos(qtbot, poste_ouvert)
    presser(Qt.Key.Key_Z, CTRL)
    assert lire(ecrit(qtbot, poste_ouvert, session.dossier_id), "triage.peur_au_domicile") is False
    assert dit(poste_ouvert) == NE_SE_REMET_PAS


def test_un_dossier_referme_ne_s_annule_plus(poste_ouvert: Poste, entretien: EcranEntretien, qtbot: QtBot) -> None:
    """La réception finie, ou un autre dossier ouvert : la pile est vide, au coffre aussi."""
    session = poste_ouvert.session
    dossier = session.dossier_id
    session.modifier({SURFACE: 40})
    au_repos(qtbot, poste_ouvert)
    session.fermer_dossier()
    au_repos(qtbot, poste_ouvert)
    ouvrir(qtbot, poste_ouvert, dossier)
    assert session.annulation.annulable == ""
    session.modifier({SURFACE: 41})
    ouvrir(qtbot, poste_ouvert, creer(qtbot, poste_ouvert))
    assert session.annulation.annulable == ""
    assert session.annulation.annuler() is None


@pytest.fixture
def rouvert(qapp: QApplication, donnees: Path) -> Iterator[Poste]:
    """Un second poste sur le même coffre."""
    poste = Poste(qapp, donnees)
    yield poste
    detruire(poste)


def test_un_poste_mort_retrouve_ce_qui_s_annule(
    poste_ouvert: Poste, entretien: EcranEntretien, qtbot: QtBot, rouvert: Poste
) -> None:
    """Mort sans finir la réception : le même agent rouvre le même dossier, et annule encore ; fini, c'est oublié."""
    dossier = poste_ouvert.session.dossier_id
    poste_ouvert.session.modifier({SURFACE: 40})
    au_repos(qtbot, poste_ouvert)
    poste_ouvert.session.fermer()
    au_repos(qtbot, poste_ouvert)
    with qtbot.waitSignal(rouvert.session.ouvert):
        rouvert.session.ouvrir(MOT_DE_PASSE, pytest.fail)
    rouvert.session.ouvrir_dossier(dossier, lambda _: None)
    au_repos(qtbot, rouvert)
    assert rouvert.session.annulation.annulable == SURFACE
    assert rouvert.session.annulation.annuler() is not None
    assert "logement_actuel" not in ecrit(qtbot, rouvert, dossier)
    rouvert.session.finir_la_reception()
    gardee: list[str] = []
    rouvert.session.avec_coffre(lambda coffre: coffre.retours(), gardee.append, pour=rouvert.session)
    qtbot.waitUntil(lambda: bool(gardee))
    assert gardee == [""]
