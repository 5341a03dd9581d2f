"""Qui est Perron pour le bureau : ni « python3 », ni « main.py », dans aucune fenêtre."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import ui
from ui.systeme.identite import BUREAU, ICONES, TAILLES, arguments, declarer, illustrer

RACINE = Path(ui.__file__).parent.parent


def test_qt_ne_recoit_pas_le_nom_du_fichier() -> None:
    assert arguments(["/a/main.py", "-x"]) == [BUREAU, "-x"]


def test_l_application_se_nomme_sans_s_ajouter_aux_titres(qapp: QApplication) -> None:
    """Un nom d'affichage ferait de la page neutre « Calendrier — Perron »."""
    declarer(qapp)
    assert qapp.applicationName() == "Perron"
    assert qapp.desktopFileName() == BUREAU
    illustrer(qapp)
    assert {taille.width() for taille in qapp.windowIcon().availableSizes()} == set(TAILLES)
    assert all((ICONES / f"perron-{cote}.png").exists() for cote in TAILLES)


@pytest.mark.campagne
@pytest.mark.skipif(not all(map(shutil.which, ("Xvfb", "xdotool", "xprop"))), reason="Xvfb, xdotool, xprop")
def test_sur_un_vrai_ecran_la_classe_est_perron(tmp_path: Path) -> None:
    lu, ecrit = os.pipe()
    ecran = subprocess.Popen(
        ["Xvfb", "-displayfd", str(ecrit), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=(ecrit,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(ecrit)
    with os.fdopen(lu) as annonce:
        milieu = {**os.environ, "DISPLAY": f":{annonce.readline().strip()}", "PERRON_DONNEES": str(tmp_path)}
    milieu.pop("QT_QPA_PLATFORM", None)
    poste = subprocess.Popen([sys.executable, "main.py"], cwd=RACINE, env=milieu)
    try:
        chercher = ["xdotool", "search", "--onlyvisible", "--class", "Perron"]
        fin = time.monotonic() + 120
        while not (
            vues := subprocess.run(chercher, env=milieu, capture_output=True, text=True, check=False).stdout.split()
        ):
            assert time.monotonic() < fin
            time.sleep(0.2)
        dit = subprocess.run(["xprop", "-id", vues[-1]], env=milieu, capture_output=True, text=True, check=True).stdout
        (classe,) = [ligne for ligne in dit.splitlines() if ligne.startswith("WM_CLASS")]
        assert classe.partition(" = ")[2] == '"perron", "Perron"'
        assert "python" not in dit
        assert "main.py" not in dit
    finally:
        for un in (poste, ecran):
            un.kill()
            un.wait()
