"""Revenir à l'étape d'avant, laisser un essai et le reprendre : rien ne s'efface, le dernier choix compte."""

from __future__ import annotations

import pytest
from outils_ecran import au_repos, presser
from outils_ecran_formation import VIOLENCES, aller, demander, prendre, suite, textes
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from modele.formation import lire_cas
from ui.ecrans.formation.choix import PageChoix
from ui.ecrans.formation.ecran import EcranFormation
from ui.ecrans.formation.entretien import PageEntretien
from ui.ecrans.formation.etape import PageEtape
from ui.ecrans.formation.resultat import PageResultat
from ui.lancement import Poste

ALT = Qt.KeyboardModifier.AltModifier
CAS = lire_cas(VIOLENCES)


@pytest.fixture
def ecran(poste_ouvert: Poste, qtbot: QtBot) -> EcranFormation:
    return aller(qtbot, poste_ouvert)


def avant(qtbot: QtBot, poste: Poste) -> None:
    presser(Qt.Key.Key_PageUp, ALT)
    au_repos(qtbot, poste)


def cocher(ecran: EcranFormation, *points: str) -> PageEtape:
    page = ecran.page
    assert isinstance(page, PageEtape)
    assert page.choix is not None
    for point in points:
        case = page.choix.bouton(point)
        case.setFocus()
        presser(Qt.Key.Key_Space, widget=case)
    return page


def a_la_premiere_etape(qtbot: QtBot, poste: Poste, ecran: EcranFormation) -> None:
    demander(prendre(qtbot, poste, ecran, CAS.titre), "de qui avez-vous peur ?")
    suite(qtbot, poste)


def test_revenir_n_efface_rien_et_le_dernier_choix_compte(
    ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    a_la_premiere_etape(qtbot, poste_ouvert, ecran)
    page = cocher(ecran, "dossier-discret", "appeler-le-mari")
    avant(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageEntretien)
    assert "Peur de quoi" in textes(ecran.page)
    suite(qtbot, poste_ouvert)
    assert ecran.page is page
    assert page.choisis == {"dossier-discret", "appeler-le-mari"}
    suite(qtbot, poste_ouvert)
    avant(qtbot, poste_ouvert)
    cocher(ecran, "appeler-le-mari")
    while isinstance(ecran.page, PageEtape):
        suite(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageResultat)
    (appeler,) = (un.texte for un in CAS.points() if un.id == "appeler-le-mari")
    (discret,) = (un.texte for un in CAS.points() if un.id == "dossier-discret")
    assert appeler not in textes(ecran.page)
    assert discret in textes(ecran.page)


def test_laisse_un_essai_se_reprend_la_ou_il_en_est(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Les questions posées, seul à seul ou non, les cases et le texte ; puis il se recommence, ou se finit."""
    page = prendre(qtbot, poste_ouvert, ecran, CAS.titre)
    assert not ecran.neuf.isVisible()
    page.separer.click()
    demander(page, "de qui avez-vous peur ?")
    suite(qtbot, poste_ouvert)
    cocher(ecran, "dossier-discret")
    presser(Qt.Key.Key_Left, ALT)
    au_repos(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageChoix)
    (carte,) = (un for un in ecran.page.cartes if un.text() == CAS.titre)
    assert f"laissé à l'étape 1 sur {len(CAS.etapes)} : il se reprend" in carte.accessibleDescription()
    carte.click()
    au_repos(qtbot, poste_ouvert)
    etape = ecran.page
    assert isinstance(etape, PageEtape)
    assert etape.choisis == {"dossier-discret"}
    assert ecran.echec.phrase == "Repris où vous l'aviez laissé."
    avant(qtbot, poste_ouvert)
    repris = ecran.page
    assert isinstance(repris, PageEntretien)
    assert "De mon mari" in textes(repris)
    assert repris.seul
    assert not repris.separer.isVisible()
    assert [(un.question, un.seul) for un in repris.posees] == [("peur", True)]
    ecran.neuf.click()
    QApplication.processEvents()
    assert isinstance(ecran.page, PageEntretien)
    assert ecran.page.posees == []


def test_un_essai_fini_ne_se_reprend_plus(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    a_la_premiere_etape(qtbot, poste_ouvert, ecran)
    while isinstance(ecran.page, PageEtape):
        suite(qtbot, poste_ouvert)
    suite(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageChoix)
    (carte,) = (un for un in ecran.page.cartes if un.text() == CAS.titre)
    assert "se reprend" not in carte.accessibleDescription()
    assert "joué le" in carte.accessibleDescription()


def test_le_poste_couvert_garde_l_essai(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Verrouillé en plein essai : il se retrouve en revenant."""
    a_la_premiere_etape(qtbot, poste_ouvert, ecran)
    cocher(ecran, "dossier-discret")
    poste_ouvert.session.avant_fermeture.emit()
    au_repos(qtbot, poste_ouvert)
    ecran.choisir()
    au_repos(qtbot, poste_ouvert)
    assert ecran._rendu is not None
    assert ecran._rendu.laisses[CAS.id].choix[CAS.etapes[0].id] == ("dossier-discret",)


def test_un_autre_agent_ne_reprend_rien(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    a_la_premiere_etape(qtbot, poste_ouvert, ecran)
    poste_ouvert.session.agent = "Léo Blanc"
    poste_ouvert.session.agent_change.emit()
    ecran.choisir()
    au_repos(qtbot, poste_ouvert)
    assert ecran.echec.phrase == ""
    assert ecran._rendu is not None
    assert ecran._rendu.laisses == {}
