"""polars ne se charge qu'à l'usage : la première fenêtre, et le coffre qui garde une convention, s'en passent."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[3]
MODULES = sorted(
    ".".join(un.relative_to(RACINE).with_suffix("").parts)
    for un in (RACINE / "modele" / "attributions").rglob("*.py")
    if un.stem != "__init__"
)
_CHARGER = "import importlib, sys; [importlib.import_module(un) for un in sys.argv[1:]]; print(*sorted(sys.modules))"


@pytest.mark.parametrize(
    "modules",
    [[*MODULES, "ui.mots.flux", "ui.console.flux", "ui.console.commission", "impressions.tableur"]],
    ids=["tous"],
)
def test_rien_de_lourd_ne_se_charge_d_avance(modules: list[str]) -> None:
    fini = subprocess.run(
        [sys.executable, "-c", _CHARGER, *modules], cwd=RACINE, capture_output=True, text=True, check=True, timeout=120
    )
    charges = set(fini.stdout.split())
    assert set(MODULES) <= charges
    assert not charges & {"polars", "fastexcel", "xlsxwriter", "reportlab", "PySide6"}
