"""Les bibliothèques du poste pour Windows, d'où que pip les tienne : aucune adresse n'est écrite ici.

Essais : ``tests/installation/test_roues.py``.
"""

from __future__ import annotations

import email.parser
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYTHON: Final = "3.11"
PLATEFORME: Final = "win_amd64"
MILIEU: Final = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.9",
    "extra": "",
}
"""pip lit les conditions d'une dépendance comme s'il tournait ici : ce que Windows seul demande se cherche à part."""
_CIBLE: Final = (
    *("--platform", PLATEFORME, "--python-version", PYTHON, "--implementation", "cp"),
    "--only-binary=:all:",
)


class SansRoues(Exception):
    """pip n'a pas pu : la phrase à dire."""


def demandees(racine: Path) -> list[str]:
    """Ce que le poste demande ; ni le registre, ni les essais."""
    lu = tomllib.loads((racine / "pyproject.toml").read_text(encoding="utf-8"))
    return list(lu["project"]["dependencies"])


def telecharger(racine: Path, roues: Path) -> list[Path]:
    """Emplit ``roues``, et recommence tant qu'une roue demande, sous Windows, ce qui manque encore."""
    voulues: Sequence[str] = demandees(racine)
    while voulues:
        _pip("download", "--dest", str(roues), "--constraint", str(racine / "contraintes.txt"), *_CIBLE, *voulues)
        voulues = manquantes(roues.glob("*.whl"))
    return sorted(roues.glob("*.whl"))


def manquantes(roues: Iterable[Path]) -> list[str]:
    """Ce que ces roues demandent sous Windows et qui n'est pas parmi elles."""
    toutes = list(roues)
    la = {canonicalize_name(roue.name.split("-")[0]) for roue in toutes}
    voulues = {un for roue in toutes for un in _exige(roue) if canonicalize_name(un.name) not in la}
    return sorted(f"{un.name}{un.specifier}" for un in voulues)


def _exige(roue: Path) -> list[Requirement]:
    with zipfile.ZipFile(roue) as archive:
        (fiche,) = [nom for nom in archive.namelist() if nom.endswith(".dist-info/METADATA") and nom.count("/") == 1]
        lues = email.parser.Parser().parsestr(archive.read(fiche).decode("utf-8"))
    exigees = [Requirement(ligne) for ligne in lues.get_all("Requires-Dist") or ()]
    return [une for une in exigees if une.marker is None or une.marker.evaluate(MILIEU)]


def deplier(roues: Path, ou: Path) -> None:
    """Pose ces roues comme un dossier de bibliothèques, sans rien chercher ailleurs."""
    tous = [str(roue) for roue in sorted(roues.glob("*.whl"))]
    _pip("install", "--no-index", "--no-deps", "--no-compile", "--target", str(ou), *_CIBLE, *tous)


def _pip(*arguments: str) -> None:
    fini = subprocess.run(
        [sys.executable, "-m", "pip", *arguments, "--quiet", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=False,
    )
    if fini.returncode:
        raison = next((ligne for ligne in reversed(fini.stderr.splitlines()) if ligne.startswith("ERROR")), "")
        raise SansRoues(f"pip n'a pas pu réunir les bibliothèques de Windows. {raison}".strip())
