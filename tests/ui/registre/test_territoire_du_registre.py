"""Un poste neuf et un code : le territoire que le registre publie arrive signé, et le poste s'en sert."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from outils_ecran import MOT_DE_PASSE, au_repos, detruire, montrer, presser, taper
from outils_registre import GUICHET, peupler
from postes_relies import Site
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from registre.service.administration import creer_code
from registre.service.publication import publier_paquet
from ressources import RESSOURCES
from ui.ecrans.envois.ecran import EcranEnvois
from ui.ecrans.ouverture.code_secours import MontrerCode, RetaperCode
from ui.ecrans.ouverture.ecran import EcranOuverture
from ui.ecrans.ouverture.etape import Etape
from ui.ecrans.ouverture.mot_de_passe import Vous
from ui.ecrans.ouverture.territoire import PAR_UN_CODE, ChoixTerritoire
from ui.lancement import Poste

MIEN = "mon-ccas"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """Le territoire de l'exploitant, que Perron ne livre pas."""
    ou = tmp_path / MIEN
    shutil.copytree(RESSOURCES / "territoires" / "metropole-exemple", ou)
    identite = (ou / "territoire.toml").read_text(encoding="utf-8")
    identite = identite.replace("metropole-exemple", MIEN).replace("Métropole d'exemple", "Ma Ville")
    (ou / "territoire.toml").write_text(identite, encoding="utf-8")
    return ou


@pytest.fixture
def neuf(qapp: QApplication, qtbot: QtBot, tmp_path: Path, cout_leger: None) -> Iterator[Poste]:
    """Un poste au premier lancement, qui parle au registre comme un vrai."""
    poste = Poste(qapp, tmp_path / "neuf")
    montrer(qtbot, poste.fenetre)
    yield poste
    detruire(poste)


def _etape(poste: Poste, genre: type[Etape]) -> Etape:
    ouverture = poste.fenetre.pile.currentWidget()
    assert isinstance(ouverture, EcranOuverture)
    courante = ouverture.etapes.courante
    assert isinstance(courante, genre), courante
    return courante


def _invitation(site: Site) -> str:
    peupler(site.moteur, MIEN)
    code = creer_code(site.moteur, MIEN, GUICHET, ("agent",), timedelta(hours=1), site.horloge())
    return f"perron+{site.adresse}/{code}"


def _premier_lancement(qtbot: QtBot, poste: Poste, invitation: str) -> None:
    """Du code d'enrôlement collé au code de secours retapé."""
    choix = _etape(poste, ChoixTerritoire)
    assert isinstance(choix, ChoixTerritoire)
    choix.choix.bouton(PAR_UN_CODE).click()
    choix.code.ligne.setText(invitation)
    presser(Qt.Key.Key_Return, widget=choix.code.ligne)
    vous = _etape(poste, Vous)
    assert isinstance(vous, Vous)
    for saisie, touche in (("Ana Martin", Qt.Key.Key_Return), (MOT_DE_PASSE, Qt.Key.Key_Tab)):
        taper(saisie)
        presser(touche)
    taper(MOT_DE_PASSE)
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste)
    _etape(poste, MontrerCode)
    presser(Qt.Key.Key_Return)
    _etape(poste, RetaperCode)
    taper(vous.code)
    presser(Qt.Key.Key_Return)


def test_le_territoire_du_registre_arrive_par_le_code_seul(
    qtbot: QtBot, site: Site, neuf: Poste, dossier: Path
) -> None:
    """Aucun fichier à copier sur le poste."""
    invitation = _invitation(site)
    publier_paquet(site.moteur, MIEN, f"territoire.{MIEN}", dossier, site.horloge())
    _premier_lancement(qtbot, neuf, invitation)
    qtbot.waitUntil(lambda: neuf.session.regles is not None)
    assert neuf.session.regles is not None
    assert (neuf.session.regles.territoire.id, neuf.session.regles.territoire.nom) == (MIEN, "Ma Ville")
    assert isinstance(neuf.fenetre.pile.currentWidget(), EcranEnvois)
    assert neuf.synchro.relie


def test_publie_apres_coup_il_arrive_au_prochain_echange(qtbot: QtBot, site: Site, neuf: Poste, dossier: Path) -> None:
    """Relié trop tôt : le poste dit ce qui manque, et reprend de lui-même."""
    _premier_lancement(qtbot, neuf, _invitation(site))
    qtbot.waitUntil(lambda: neuf.synchro.relie)
    au_repos(qtbot, neuf)
    assert neuf.session.regles is None
    publier_paquet(site.moteur, MIEN, f"territoire.{MIEN}", dossier, site.horloge())
    neuf.synchro.tourner()
    qtbot.waitUntil(lambda: neuf.session.regles is not None)


@pytest.mark.parametrize("code", ["", "perron://", "bonjour"])
def test_un_code_qui_n_en_est_pas_un_se_dit_et_ne_cree_rien(neuf: Poste, code: str) -> None:
    choix = _etape(neuf, ChoixTerritoire)
    assert isinstance(choix, ChoixTerritoire)
    choix.choix.bouton(PAR_UN_CODE).click()
    choix.code.ligne.setText(code)
    presser(Qt.Key.Key_Return, widget=choix.code.ligne)
    assert _etape(neuf, ChoixTerritoire) is choix
    assert choix.code.ligne.hasFocus()
    assert not neuf.session.coffre_existe()
