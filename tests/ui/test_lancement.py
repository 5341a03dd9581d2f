"""Le lancement : rien de lourd avant la première fenêtre, tout préchargé ensuite."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt

import ui
from ui.composants import valeurs_qt

RACINE = Path(ui.__file__).parent.parent
LOURDS = (
    "sqlalchemy",
    "alembic",
    "reportlab",
    "polars",
    "httpx",
    "sqlcipher3",
    "argon2",
    "cryptography",
    "typer",
)


PROGRAMME = """
import json, sys
from PySide6 import QtCore
from ui.lancement import montrer, preparer
poste = preparer(["perron"])
montrer(poste)
avant = sorted(sys.modules) + (["Qt"] if "Qt" in vars(QtCore) else [])
poste.completer()
poste.precharger()
poste.travaux.arreter()
apres = sorted(sys.modules)
poste.couverture.arreter()
print(json.dumps([avant, apres, poste.fenetre.isVisible(), poste.fenetre.ecran]))
"""


def lancer(donnees: Path) -> tuple[set[str], set[str], bool, str]:
    """Les modules chargés à la première fenêtre, puis après préchargement, dans un processus neuf."""
    milieu = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PERRON_DONNEES": str(donnees)}
    fini = subprocess.run(
        [sys.executable, "-c", PROGRAMME],
        cwd=RACINE,
        env=milieu,
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    avant, apres, visible, ecran = json.loads(fini.stdout.splitlines()[-1])
    return set(avant), set(apres), visible, ecran


def test_rien_de_lourd_avant_la_premiere_fenetre(tmp_path: Path) -> None:
    """Ni base, ni PDF, ni chiffrement : la fenêtre d'abord."""
    avant, _, visible, ecran = lancer(tmp_path)
    assert visible
    assert ecran == "ouverture"
    assert [m for m in LOURDS if m in avant] == []


def test_les_valeurs_en_entiers_sont_celles_de_qt() -> None:
    """Un entier qui ne serait plus celui de Qt se verrait ici, pas à l'écran."""
    assert Qt.TextFormat.PlainText.value == valeurs_qt.TEXTE_NU
    assert Qt.FocusPolicy.NoFocus.value == valeurs_qt.SANS_FOCUS
    assert Qt.ScrollBarPolicy.ScrollBarAlwaysOff.value == valeurs_qt.JAMAIS
    assert Qt.AlignmentFlag.AlignVCenter.value == valeurs_qt.CENTRE_V
    assert Qt.AlignmentFlag.AlignLeft.value == valeurs_qt.GAUCHE
    assert Qt.TextFlag.TextWordWrap.value == valeurs_qt.A_LA_LIGNE
    assert Qt.ShortcutContext.WidgetShortcut.value == valeurs_qt.CE_COMPOSANT


def test_rien_de_lourd_non_plus_quand_un_coffre_existe(tmp_path: Path) -> None:
    """Le cas de tous les jours : la page de déverrouillage."""
    (tmp_path / "coffre.perron").write_bytes(b"")
    avant, _, _, _ = lancer(tmp_path)
    assert [m for m in LOURDS if m in avant] == []
    assert "Qt" not in avant, "l'espace de noms Qt fabrique 93 énumérations : un dixième du lancement"


def test_le_prechargement_charge_le_coffre(tmp_path: Path) -> None:
    """Pendant que l'agent tape : la base et le chiffrement sont prêts."""
    _, apres, _, _ = lancer(tmp_path)
    assert {"sqlalchemy", "sqlcipher3", "modele.coffre.recherche", "ui.ecrans.accueil.ecran"} <= apres


def test_ouvrir_puis_fermer_rend_zero_et_ne_laisse_rien(tmp_path: Path) -> None:
    """De la première fenêtre à la sortie : code 0, rien sur la sortie d'erreur, aucune panne écrite."""
    programme = (
        "import sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from ui.lancement import lancer\n"
        "application = QApplication(['perron'])\n"
        "QTimer.singleShot(300, application.closeAllWindows)\n"
        "sys.exit(lancer(['perron']))\n"
    )
    milieu = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PERRON_DONNEES": str(tmp_path)}
    commande = [sys.executable, "-W", "error", "-c", programme]
    fini = subprocess.run(commande, cwd=RACINE, env=milieu, capture_output=True, text=True, check=False, timeout=240)
    assert fini.returncode == 0, fini.stderr
    assert [ligne for ligne in fini.stderr.splitlines() if "does not support" not in ligne] == []
    assert not (tmp_path / "pannes").exists()


def test_sans_ecran_une_phrase_et_le_code_deux() -> None:
    """Qt, laissé à lui-même, tuerait le processus avec un message anglais."""
    sans = {nom: v for nom, v in os.environ.items() if nom not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    racine = Path(ui.__file__).parent.parent
    rendu = subprocess.run(
        [sys.executable, "main.py"], cwd=racine, env=sans, capture_output=True, text=True, check=False
    )
    assert rendu.returncode == 2
    assert rendu.stderr.startswith("Aucun écran")
    assert "Traceback" not in rendu.stderr
