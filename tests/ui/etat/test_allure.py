"""Le thème et la taille : en vigueur à l'instant, gardés ; suivre le système est un choix qui se garde tel quel."""

from __future__ import annotations

import pytest
from outils_ecran import au_repos
from pytestqt.qtbot import QtBot

from ui.etat import allure, preferences
from ui.etat.preferences import SYSTEME, Preferences
from ui.lancement import Poste
from ui.systeme.couleurs import CouleursDuSysteme
from ui.theme import Nom, Theme
from ui.theme.apparence import apparence


@pytest.mark.parametrize("nom", list(Nom))
def test_suivre_le_systeme_prend_ce_qu_il_demande(monkeypatch: pytest.MonkeyPatch, nom: Nom) -> None:
    monkeypatch.setattr(allure, "du_systeme", lambda: nom)
    assert allure.theme_voulu(Preferences(theme=SYSTEME, echelle=150)) == Theme(nom, 150)


def test_un_theme_choisi_ne_regarde_pas_le_systeme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allure, "du_systeme", lambda: pytest.fail("le système n'est pas demandé"))
    assert allure.theme_voulu(Preferences(theme="clair")) == Theme()


def test_un_systeme_muet_vaut_clair(poste: Poste) -> None:
    assert allure.du_systeme() is Nom.CLAIR


def test_change_a_l_instant_et_se_garde(poste: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ce qui n'est pas dit ne change pas."""
    monkeypatch.setattr(CouleursDuSysteme, "voulues", "sombre")
    allure.changer(poste.session, theme=SYSTEME)
    allure.changer(poste.session, echelle=175)
    qtbot.waitUntil(lambda: apparence().theme == Theme(Nom.SOMBRE, 175))
    au_repos(qtbot, poste)
    lues = preferences.lire(poste.session.donnees)
    assert (lues.theme, lues.echelle) == (SYSTEME, 175)
