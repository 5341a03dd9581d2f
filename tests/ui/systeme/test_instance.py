"""Le verrou d'un coffre : un seul le tient, le système le rend à la mort, deux coffres ne se gênent pas."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import ui
from ui.systeme import instance
from ui.systeme.instance import NOM_VERROU, Instance

RACINE = Path(ui.__file__).parent.parent
TENIR = "import sys; from pathlib import Path; from ui.systeme.instance import Instance\n"
TENIR += "i = Instance(Path(sys.argv[1])); print(i.prendre() and i.tenue, flush=True); sys.stdin.read()\n"


def tenir_ailleurs(donnees: Path) -> subprocess.Popen[str]:
    """Un autre processus qui a pris le verrou."""
    autre = subprocess.Popen(
        [sys.executable, "-c", TENIR, str(donnees)], cwd=RACINE, stdin=-1, stdout=-1, text=True, env=os.environ
    )
    assert autre.stdout is not None
    assert autre.stdout.readline() == "True\n"
    return autre


def test_un_autre_processus_tient_le_coffre_jusqu_a_sa_mort(tmp_path: Path) -> None:
    """Tué net, il ne laisse rien qui empêche d'ouvrir : ni fichier périmé à effacer, ni délai."""
    autre = tenir_ailleurs(tmp_path)
    ici = Instance(tmp_path)
    assert not ici.prendre()
    assert not ici.tenue
    autre.send_signal(signal.SIGKILL)
    autre.communicate()
    assert (tmp_path / NOM_VERROU).exists()
    assert ici.prendre()
    assert ici.tenue
    assert not Instance(tmp_path).prendre()
    ici.rendre()
    assert Instance(tmp_path).prendre()


def test_deux_coffres_s_ouvrent_ensemble(tmp_path: Path) -> None:
    assert Instance(tmp_path / "un").prendre()
    assert Instance(tmp_path / "deux").prendre()


def test_un_lien_vers_le_coffre_est_ce_coffre(tmp_path: Path) -> None:
    """Le verrou est au fichier, pas à son nom."""
    ici = Instance(tmp_path / "vrai")
    assert ici.prendre()
    (tmp_path / "lien").symlink_to(tmp_path / "vrai")
    assert not Instance(tmp_path / "lien").prendre()


def test_un_dossier_qui_ne_s_ecrit_pas_n_empeche_pas_d_ouvrir(tmp_path: Path) -> None:
    """Son refus se dira au coffre, en français."""
    (tmp_path / "fichier").write_text("")
    ici = Instance(tmp_path / "fichier" / "dessous")
    assert ici.prendre()
    assert not ici.tenue


def test_un_disque_sans_verrou_n_empeche_pas_d_ouvrir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuser(_: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(instance, "_prendre", refuser)
    ici = Instance(tmp_path)
    assert ici.prendre()
    assert not ici.tenue


def test_mutant_sans_le_verrou(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans l'appel au système, deux processus croiraient tenir le même coffre."""
    autre = tenir_ailleurs(tmp_path)
    monkeypatch.setattr(instance, "_prendre", lambda _: None)
    assert Instance(tmp_path).prendre()
    autre.communicate("")
