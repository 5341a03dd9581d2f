"""Le démarrage de Qt : ce qui est déplié se lit, une autre version ou un dépliage coupé ne se lisent pas."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import ui
from ui.systeme import demarrage_qt

RACINE = Path(ui.__file__).parent.parent
_LU = """
import sys
from pathlib import Path
from ui.systeme import demarrage_qt
ici = Path(sys.argv[1])
fait = demarrage_qt.employer(ici)
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
mot = QLabel("vu")
try:
    mot.setText(3)
except TypeError as refus:
    assert "setText" in str(refus) and "str" in str(refus), refus
print(fait, mot.text(), ici in Path(sys.modules["shibokensupport.signature.loader"].__file__).parents)
"""
_DEPLIER = """
import sys
from pathlib import Path
from installation.depliage import deplier
deplier(Path(sys.argv[1]))
"""
_COUPE = _DEPLIER.replace(
    "deplier(Path",
    "import os, compileall\ncompileall.compile_dir = lambda *_, **__: os._exit(9)\ndeplier(Path",
)


def jouer(programme: str, ici: Path) -> subprocess.CompletedProcess[str]:
    milieu = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    commande = [sys.executable, "-W", "error", "-c", programme, str(ici)]
    return subprocess.run(commande, cwd=RACINE, env=milieu, capture_output=True, text=True, check=False, timeout=120)


def test_deplie_une_fois_qt_le_lit_et_dit_toujours_ses_signatures(tmp_path: Path) -> None:
    """Un mauvais appel se dit encore : c'est à cela que sert ce qui est déplié."""
    ici = tmp_path / "perron" / "qt"
    fini = jouer(_DEPLIER, ici)
    assert fini.returncode == 0, fini.stderr
    assert [un.name for un in ici.parent.iterdir()] == ["qt"]
    lu = jouer(_LU, ici)
    assert lu.returncode == 0, lu.stderr
    assert lu.stdout.split() == ["True", "vu", "True"]


def test_coupe_au_milieu_rien_ne_se_lit(tmp_path: Path) -> None:
    """Qt prendrait un dossier incomplet pour entier, et tuerait le programme."""
    ici = tmp_path / "perron" / "qt"
    assert jouer(_COUPE, ici).returncode == 9
    lu = jouer(_LU, ici)
    assert lu.returncode == 0, lu.stderr
    assert lu.stdout.split() == ["False", "vu", "False"]
    assert jouer(_DEPLIER, ici).returncode == 0, "le chantier laissé n'empêche pas de recommencer"
    assert jouer(_LU, ici).stdout.split() == ["True", "vu", "True"]
    # Refait, et coupé encore : l'ancien reste entier.
    assert jouer(_COUPE, ici).returncode == 9
    assert jouer(_LU, ici).stdout.split() == ["True", "vu", "True"]


def test_chaque_version_de_qt_a_son_dossier(tmp_path: Path) -> None:
    """Ce qu'une version a déplié ne sert jamais à une autre."""
    import PySide6

    assert demarrage_qt.base(tmp_path) == tmp_path / "perron" / f"qt-{PySide6.__version__}"


def test_qt_deja_charge_ou_rien_de_deplie_rien_ne_change(tmp_path: Path) -> None:
    """Recharger shiboken sous un programme qui tourne le tuerait."""
    (tmp_path / "files.dir" / "shibokensupport").mkdir(parents=True)
    assert not demarrage_qt.employer(tmp_path)
    assert not demarrage_qt.employer(None)


def test_le_lancement_ne_relit_aucune_source(tmp_path: Path) -> None:
    """Le mutant : sans ``rendre_l_import``, la source de chaque module importé ensuite est relue et gardée."""
    programme = """
import linecache, sys
from pathlib import Path
{}
from ui.lancement import montrer, preparer
montrer(preparer(["perron"]))
print(len([un for un in linecache.cache if Path(un).parent.parent.name == "ui"]))
"""
    milieu = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PERRON_DONNEES": str(tmp_path)}
    sans = "from ui.systeme import demarrage_qt\ndemarrage_qt.rendre_l_import = lambda: None"
    relues = []
    for mutant in ("", sans):
        commande = [sys.executable, "-c", programme.format(mutant)]
        fini = subprocess.run(commande, cwd=RACINE, env=milieu, capture_output=True, text=True, check=True, timeout=120)
        relues.append(int(fini.stdout))
    assert relues[0] == 0
    assert relues[1] > 20


def test_sans_qt_installe_il_n_y_a_pas_de_dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le registre, sur son serveur, peut ne pas avoir Qt."""
    monkeypatch.setattr(demarrage_qt, "find_spec", lambda _nom: None)
    assert demarrage_qt.base(tmp_path) is None
