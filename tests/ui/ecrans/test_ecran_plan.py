"""Le plan partenarial à l'écran : treize lignes, et ce qui manque visible."""

from __future__ import annotations

from typing import cast

from outils_ecran import au_repos
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.ecrans.plan.ecran import EcranPlan
from ui.lancement import Poste
from ui.mots import plan as mots


def ouvrir(poste: Poste, qtbot: QtBot, territoire: str) -> tuple[EcranPlan, list[str]]:
    poste.session.regler(poste.session.preferences._replace(territoire=territoire))
    poste.session.relire_les_sources()
    au_repos(qtbot, poste)
    ecran = cast(EcranPlan, poste.fenetre.aller("plan"))
    au_repos(qtbot, poste)
    return ecran, [un.text() for un in ecran.findChildren(QLabel) if un.isVisible()]


def test_les_treize_contenus_et_les_dates_se_lisent(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran, lus = ouvrir(poste_ouvert, qtbot, "metropole-exemple")
    assert ecran.constat.text().startswith("Adopté le 15/03/2023")
    assert lus.count(mots.MANQUE) == 8
    assert any(lu.startswith("13. L'expérimentation") for lu in lus)
    assert any(lu.startswith("Fin du plan : le 15/03/2029") for lu in lus)
    assert "Bilan annuel, à l'assemblée : fait le 10/04/2024." in lus


def test_sans_plan_l_ecran_dit_qui_le_sait(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran, lus = ouvrir(poste_ouvert, qtbot, "toulouse-metropole")
    assert ecran.constat.text() == mots.SANS_PLAN
    assert mots.MANQUE not in lus
    ecran.retour.click()
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "accueil"
