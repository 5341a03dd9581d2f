"""Deux Perron du même compte : le second lancement montre le premier, F12 couvre toutes les fenêtres."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from outils_ecran import MOT_DE_PASSE, au_repos, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

import ui
from ui.cadre.page_neutre import PageNeutre
from ui.lancement import Poste
from ui.systeme import voisins
from ui.systeme.instance import Instance
from ui.systeme.voisins import Ecoute, cle_de, demander_de_se_montrer, rencontre

RACINE = Path(ui.__file__).parent.parent


class Lances:
    """De vrais Perron, en processus à part."""

    def __init__(self) -> None:
        self.tous: list[subprocess.Popen[str]] = []

    def lancer(self, donnees: Path) -> subprocess.Popen[str]:
        milieu = {**os.environ, "PERRON_DONNEES": str(donnees), "QT_QPA_PLATFORM": "offscreen"}
        lance = subprocess.Popen([sys.executable, "main.py"], cwd=RACINE, env=milieu, stdout=-1, stderr=-1, text=True)
        self.tous.append(lance)
        return lance

    def prendre(self, donnees: Path) -> subprocess.Popen[str]:
        """Le lance et attend qu'il réponde."""
        lance = self.lancer(donnees)
        fin = time.monotonic() + 120
        while not demander_de_se_montrer(donnees, 500):
            assert lance.poll() is None, lance.communicate()
            assert time.monotonic() < fin
            time.sleep(0.05)
        return lance


@pytest.fixture
def lances(qapp: object) -> Iterator[Lances]:
    tous = Lances()
    yield tous
    for un in tous.tous:
        un.kill()
        un.communicate()


def test_un_second_lancement_montre_le_premier_et_rend_zero(tmp_path: Path, lances: Lances) -> None:
    premier = lances.prendre(tmp_path)
    second = lances.lancer(tmp_path)
    _, dit = second.communicate(timeout=240)
    assert second.returncode == 0, dit
    assert premier.poll() is None


def test_lances_ensemble_un_seul_s_ouvre(tmp_path: Path, lances: Lances) -> None:
    """Un double clic impatient : aucun ne voit l'autre avant d'essayer, un seul garde le coffre."""
    tous = [lances.lancer(tmp_path) for _ in range(3)]
    fin = time.monotonic() + 240
    while sum(un.poll() is None for un in tous) > 1:
        assert time.monotonic() < fin
        time.sleep(0.05)
    rendus = [un.poll() for un in tous]
    assert sorted(rendus, key=str) == [0, 0, None], rendus


def test_tue_net_il_se_relance(tmp_path: Path, lances: Lances) -> None:
    """La prise qu'il a laissée ne répond plus : elle se reprend."""
    premier = lances.prendre(tmp_path)
    premier.send_signal(signal.SIGKILL)
    premier.communicate()
    assert (rencontre() / cle_de(tmp_path)).exists()
    assert not demander_de_se_montrer(tmp_path, 500)
    second = lances.prendre(tmp_path)
    assert second.poll() is None


def test_deux_coffres_deux_fenetres(tmp_path: Path, lances: Lances) -> None:
    un, deux = lances.prendre(tmp_path / "un"), lances.prendre(tmp_path / "deux")
    assert un.poll() is None
    assert deux.poll() is None


@pytest.fixture
def voisin(tmp_path: Path) -> Iterator[Ecoute]:
    """Un autre Perron, sur un autre coffre."""
    ecoute = Ecoute(tmp_path / "voisin")
    assert ecoute.ouvrir()
    yield ecoute
    ecoute.fermer()


@pytest.fixture
def poste_ecoutant(poste_ouvert: Poste) -> Iterator[Poste]:
    instance = Instance(poste_ouvert.session.donnees)
    assert instance.prendre()
    poste_ouvert.ecouter_les_voisins(instance)
    yield poste_ouvert
    instance.rendre()


def rouvrir(qtbot: QtBot, poste: Poste) -> None:
    page = poste.couverture.page
    assert page is not None
    page.demander()
    taper(MOT_DE_PASSE, page.reprise.mot_de_passe.ligne)
    page.reprise.mot_de_passe.entree.emit()
    au_repos(qtbot, poste)


def test_f12_ici_couvre_l_autre(qtbot: QtBot, poste_ecoutant: Poste, voisin: Ecoute) -> None:
    """Et ne se renvoie pas : celui qu'on couvre ne redemande rien."""
    with qtbot.waitSignal(voisin.couvrir):
        presser(Qt.Key.Key_F12, widget=poste_ecoutant.fenetre)
    rouvrir(qtbot, poste_ecoutant)


def test_f12_ailleurs_couvre_ici(qtbot: QtBot, poste_ecoutant: Poste, voisin: Ecoute) -> None:
    """La page neutre, coffre fermé, sans prendre le clavier à la fenêtre où F12 a été pressé."""
    redits: list[bool] = []
    voisin.couvrir.connect(lambda: redits.append(True))
    voisin.couvrir_les_autres()
    qtbot.waitUntil(lambda: poste_ecoutant.couverture.couverte)
    page = poste_ecoutant.couverture.page
    assert isinstance(page, PageNeutre)
    assert page.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not poste_ecoutant.session.est_ouverte
    assert redits == []
    rouvrir(qtbot, poste_ecoutant)


def test_mutant_f12_qui_n_en_dit_rien(
    qtbot: QtBot, poste_ecoutant: Poste, voisin: Ecoute, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F12 qui ne préviendrait pas laisserait l'autre à découvert."""
    monkeypatch.setattr(voisins, "_MARQUE", ".personne")
    with qtbot.assertNotEmitted(voisin.couvrir, wait=300):
        presser(Qt.Key.Key_F12, widget=poste_ecoutant.fenetre)
    rouvrir(qtbot, poste_ecoutant)


def test_demande_il_vient_devant_meme_reduit(qtbot: QtBot, poste_ecoutant: Poste, voisin: Ecoute) -> None:
    poste_ecoutant.fenetre.showMinimized()
    assert poste_ecoutant.voisins is not None
    poste_ecoutant.voisins.montrer.emit("")
    assert not poste_ecoutant.fenetre.isMinimized()
    assert poste_ecoutant.fenetre.isVisible()


def test_couvert_c_est_la_page_qui_vient_devant(qtbot: QtBot, poste_ecoutant: Poste) -> None:
    poste_ecoutant.couverture.cacher()
    assert poste_ecoutant.voisins is not None
    poste_ecoutant.voisins.montrer.emit("")
    assert poste_ecoutant.couverture.page is not None
    qtbot.waitUntil(poste_ecoutant.couverture.page.isActiveWindow)
    rouvrir(qtbot, poste_ecoutant)


@pytest.mark.parametrize("mot", [b"ouvre un dossier\n", b"x" * 2000, b"\xff\xfe\n"], ids=["autre", "long", "octets"])
def test_un_mot_inconnu_ne_fait_rien(qtbot: QtBot, voisin: Ecoute, tmp_path: Path, mot: bytes) -> None:
    """Rien d'autre ne se demande par là."""
    faits: list[str] = []
    voisin.couvrir.connect(lambda: faits.append("couvrir"))
    voisin.montrer.connect(lambda _: faits.append("montrer"))
    prise = QLocalSocket()
    with qtbot.waitSignal(prise.disconnected):
        prise.connectToServer(str(rencontre() / cle_de(tmp_path / "voisin")))
        prise.write(mot)
    assert faits == []


def test_le_dossier_de_rencontre_est_prive(voisin: Ecoute, tmp_path: Path) -> None:
    """Ni un autre compte, ni le chemin d'un coffre : rien ne s'y lit."""
    assert rencontre().stat().st_mode & 0o077 == 0
    noms = {un.name for un in rencontre().iterdir()}
    assert {cle_de(tmp_path / "voisin"), f"{cle_de(tmp_path / 'voisin')}.perron"} <= noms
    assert not any("voisin" in nom for nom in noms)
