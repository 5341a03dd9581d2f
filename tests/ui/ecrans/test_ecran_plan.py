"""Le plan partenarial à l'écran : treize lignes, et ce qui manque visible."""

from __future__ import annotations

from datetime import date
from typing import cast

import pypdfium2 as pdfium
import pytest
from outils_ecran import au_repos, taper
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from modele.coffre.rapports import Rapports
from modele.regles.fautes import ErreurUtilisateur
from ui.ecrans.plan.bilan import ANNEE as ANNEE_FINIE
from ui.ecrans.plan.ecran import EcranPlan
from ui.lancement import Poste
from ui.mots import plan as mots
from ui.theatre.scenes_rapport import _remplir


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


# Le bilan annuel.

ANNEE = date.today().year - 1


def remplir(poste: Poste, qtbot: QtBot) -> EcranPlan:
    poste.session.avec_coffre(_remplir, lambda _: None, pour=poste.session)
    return ouvrir(poste, qtbot, "metropole-exemple")[0]


def test_le_bilan_s_enregistre_au_clavier(
    poste_ouvert: Poste, qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """L'année tapée, Alt+E : le PDF porte les treize contenus et les chiffres du rapport pour le public."""
    ecran, ou = remplir(poste_ouvert, qtbot), tmp_path_factory.mktemp("bilan")
    assert not ecran.bilan.isHidden()
    ecran.bilan.annee.setFocus()
    taper(str(ANNEE), ecran.bilan.annee.ligne)
    ecran.bilan.enregistrer_dans(ou)
    au_repos(qtbot, poste_ouvert)
    (ecrit,) = ou.iterdir()
    assert ecrit.name == f"bilan-plan-{ANNEE}.pdf"
    pages = [page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(ecrit)]
    lu = " ".join(" ".join(pages).split())
    assert "13. L" in lu
    assert "5 sur 13" in lu
    assert "Personnes reçues" in lu
    assert "le public" in lu


def test_une_annee_qui_court_ou_mal_ecrite_se_dit_au_champ(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = ouvrir(poste_ouvert, qtbot, "metropole-exemple")[0]
    for dite in (str(date.today().year), "l'an", ""):
        ecran.bilan.annee.ligne.setText(dite)
        ecran.bilan.imprimer.click()
        assert ecran.bilan.annee.faute == ANNEE_FINIE


def test_sans_plan_ou_sans_le_droit_aucun_bilan(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = ouvrir(poste_ouvert, qtbot, "toulouse-metropole")[0]
    assert ecran.bilan.isHidden()

    def refuser(*_: object) -> None:
        raise ErreurUtilisateur("Un responsable seul tire ce rapport.")

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(Rapports, "lieux", refuser)
        assert ouvrir(poste_ouvert, qtbot, "metropole-exemple")[0].bilan.isHidden()
    assert not ouvrir(poste_ouvert, qtbot, "metropole-exemple")[0].bilan.isHidden()
