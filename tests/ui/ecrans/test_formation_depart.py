"""Ce qui part d'un essai : l'agent le voit avant, l'envoie ou refuse ; et les points difficiles du réseau."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from outils_ecran import au_repos, presser
from outils_ecran_formation import VIOLENCES, aller, jouer, suite, textes
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre, formation_dite
from modele.formation import lire_cas
from modele.formation.comptes import dire_l_etape
from modele.protocole.messages import CasDuReseau, CompteDeFormation, EtapeDuReseau, FormationDuReseau
from ui.ecrans.formation.choix import PageChoix
from ui.ecrans.formation.ecran import EcranFormation
from ui.ecrans.formation.resultat import PageResultat
from ui.ecrans.formation.seance import PageSeance
from ui.lancement import Poste
from ui.mots.formation import PAS_ASSEZ

CAS = lire_cas(VIOLENCES)


@pytest.fixture
def relie(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ce poste a un registre ; rien ne lui parle ici."""
    monkeypatch.setattr("modele.synchro.cles.liaison", lambda _: object())


@pytest.fixture
def ecran(poste_ouvert: Poste, qtbot: QtBot) -> EcranFormation:
    return aller(qtbot, poste_ouvert)


def au_coffre(qtbot: QtBot, poste: Poste, faire: Callable[[Coffre], Any]) -> Any:
    rendus: list[Any] = []
    poste.session.avec_coffre(faire, rendus.append, pour=poste.session)
    au_repos(qtbot, poste)
    return rendus[0]


def en_attente(qtbot: QtBot, poste: Poste) -> tuple[CompteDeFormation, ...]:
    dits: tuple[CompteDeFormation, ...] = au_coffre(
        qtbot, poste, lambda coffre: formation_dite.a_dire(coffre.echanges, 100)
    )
    return dits


@pytest.mark.usefixtures("relie")
def test_rien_ne_part_sans_un_oui_puis_exactement_ce_qui_se_lit(
    ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    resultat = jouer(qtbot, poste_ouvert, ecran, sans="peur")
    assert resultat.depart.isVisible()
    assert "C'est à vous de dire" in resultat.depart.constat.text()
    assert en_attente(qtbot, poste_ouvert) == ()
    resultat.depart.envoyer.setFocus()
    presser(Qt.Key.Key_Space, widget=resultat.depart.envoyer)
    au_repos(qtbot, poste_ouvert)
    assert "partiront au prochain échange" in resultat.depart.constat.text()
    (dit,) = en_attente(qtbot, poste_ouvert)
    lus = resultat.depart.nombres.text().splitlines()
    assert len(lus) == len(dit.etapes)
    for ligne, etape in zip(lus, dit.etapes, strict=True):
        assert ligne.startswith(f"{dire_l_etape(CAS, etape.etape)} : {etape.justes} juste")
        assert ligne.endswith(f"{etape.a_discuter} à discuter")
    assert sum(etape.oublis for etape in dit.etapes) == 1


@pytest.mark.usefixtures("relie")
def test_l_agent_change_d_avis_et_effacer_ses_essais_retire_tout(
    ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    resultat = jouer(qtbot, poste_ouvert, ecran)
    resultat.depart.envoyer.click()
    au_repos(qtbot, poste_ouvert)
    resultat.depart.refuser.click()
    au_repos(qtbot, poste_ouvert)
    assert en_attente(qtbot, poste_ouvert) == ()
    assert resultat.depart.envoyer.isVisible()
    resultat.depart.envoyer.click()
    au_repos(qtbot, poste_ouvert)
    suite(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageChoix)
    ecran.page.efface.click()
    au_repos(qtbot, poste_ouvert)
    assert en_attente(qtbot, poste_ouvert) == ()


@pytest.mark.usefixtures("relie")
def test_un_non_vaut_pour_les_suivants(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    jouer(qtbot, poste_ouvert, ecran).depart.refuser.click()
    au_repos(qtbot, poste_ouvert)
    suite(qtbot, poste_ouvert)
    encore = jouer(qtbot, poste_ouvert, ecran)
    assert "vous l'avez demandé" in encore.depart.constat.text()
    assert not encore.depart.refuser.isVisible()
    assert en_attente(qtbot, poste_ouvert) == ()


def test_sans_registre_rien_ne_se_propose(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    assert not jouer(qtbot, poste_ouvert, ecran).depart.isVisible()


@pytest.mark.usefixtures("relie")
def test_un_cas_de_la_structure_ne_se_compte_pas(
    ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot, tmp_path: Path
) -> None:
    """Ses mots sont à elle : ils ne sortent pas d'ici."""
    ici = tmp_path / VIOLENCES.name
    ici.write_text(VIOLENCES.read_text("utf-8").replace(CAS.titre, "Chez nous"), encoding="utf-8")
    ecran.ecriture.ajouter(ici)
    au_repos(qtbot, poste_ouvert)
    resultat = jouer(qtbot, poste_ouvert, ecran, cas=lire_cas(ici))
    assert isinstance(resultat, PageResultat)
    assert not resultat.depart.isVisible()


def test_les_points_difficiles_du_reseau_se_lisent(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    assert isinstance(ecran.page, PageChoix)
    ecran.page.seance.click()
    assert isinstance(ecran.page, PageSeance)
    assert PAS_ASSEZ in textes(ecran.page.reseau)
    etapes = (EtapeDuReseau("entretien", 90, None, None), EtapeDuReseau(CAS.etapes[0].id, 30, 22, 40))
    reseau = FormationDuReseau((CasDuReseau(CAS.id, "ab" * 8, 11, etapes), CasDuReseau("ailleurs", "ab" * 8, 11, ())))
    au_coffre(qtbot, poste_ouvert, lambda coffre: formation_dite.retenir(coffre.echanges, (), reseau))
    ecran.choisir()
    au_repos(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageChoix)
    ecran.page.seance.click()
    assert isinstance(ecran.page, PageSeance)
    dit = textes(ecran.page.reseau)
    assert f"{CAS.titre} · 11 agents" in dit
    assert f"{CAS.etapes[0].consigne} : oublis 22, à discuter 40, justes 30" in dit
    assert "L'entretien : oublis petit nombre" in dit
    assert dit.index("oublis 22") < dit.index("oublis petit nombre")
    assert "ailleurs · 11 agents" in dit
