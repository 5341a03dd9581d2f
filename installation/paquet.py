"""Ce qu'il faut à un installateur Windows, réuni dans ``paquet/`` (``make paquet``), et l'empreinte de chaque fichier.

Le runtime Python de Windows n'est pas pris ici : qui construit le pose dans ``paquet/python`` (``documentation/
windows.md``). Rien de ce dossier n'a tourné sous Windows : seuls son assemblage et son arbre se vérifient ici.
Essais : ``tests/installation/test_installation_paquet.py``.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from installation.roues import PYTHON, SansRoues, deplier, telecharger
from ressources import RESSOURCES
from ui.systeme.identite import MODELE_WINDOWS

RACINE: Final = RESSOURCES.parent
PAQUET: Final = RACINE / "paquet"
APPLICATION: Final = ("main.py", "modele", "ui", "impressions", "ressources", "LICENCE")
RUNTIME: Final = "python-3.11.9-embed-amd64.zip"
"""Le dernier Python 3.11 publié en binaire pour Windows : 3.11, comme celui des essais."""
EMPREINTES: Final = "empreintes.txt"
_CHEMINS: Final = ("python311.zip", ".", "..\\bibliotheques", "..\\application")
"""Le runtime embarqué ne lit que ces dossiers : ni l'environnement du poste, ni un autre Python."""
_POSEES: Final = "_pth"


def assembler(paquet: Path, reunir: Callable[[Path], object], racine: Path = RACINE) -> None:
    """Remplit ``paquet`` ; ``reunir`` emplit ses bibliothèques. Le runtime déjà posé y reste."""
    for ancien in ("application", "bibliotheques"):
        shutil.rmtree(paquet / ancien, ignore_errors=True)
    application = paquet / "application"
    application.mkdir(parents=True)
    for nom in APPLICATION:
        _copier(racine / nom, application / nom)
    reunir(paquet)
    version = tomllib.loads((racine / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    script = (Path(__file__).parent / "windows" / "perron.iss").read_text(encoding="utf-8")
    script = script.replace("@VERSION@", version).replace("@MODELE@", MODELE_WINDOWS)
    # La marque d'ordre dit à Inno Setup que le texte est en UTF-8.
    (paquet / "perron.iss").write_text(script, encoding="utf-8-sig")
    if (paquet / "python").is_dir():
        chemins = "\n".join(_CHEMINS) + "\n"
        (paquet / "python" / f"python{PYTHON.replace('.', '')}.{_POSEES}").write_text(chemins, encoding="utf-8")
    (paquet / EMPREINTES).write_text("".join(f"{un}\n" for un in empreintes(paquet)), encoding="utf-8")


def _copier(source: Path, destination: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, destination, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    else:
        shutil.copyfile(source, destination)


def reunir_les_roues(paquet: Path) -> None:
    """Télécharge les roues, puis les déplie."""
    roues = paquet / "roues"
    roues.mkdir(parents=True, exist_ok=True)
    telecharger(RACINE, roues)
    deplier(roues, paquet / "bibliotheques")


def empreintes(paquet: Path) -> list[str]:
    """« sha256  chemin », un fichier par ligne : ce que l'installateur emporte, et le script lui-même."""
    fichiers = sorted(un for un in paquet.rglob("*") if un.is_file() and un.relative_to(paquet).parts[0] != "roues")
    noms = {un.relative_to(paquet).as_posix(): un for un in fichiers}
    return [f"{hashlib.sha256(un.read_bytes()).hexdigest()}  {nom}" for nom, un in noms.items() if nom != EMPREINTES]


def differents(paquet: Path) -> list[str]:
    """Les fichiers qui ne sont plus ceux qu'on a comptés : changés, en trop, partis."""
    ecrites = set((paquet / EMPREINTES).read_text(encoding="utf-8").splitlines())
    return sorted({ligne.partition("  ")[2] for ligne in ecrites ^ set(empreintes(paquet))})


def main(arguments: list[str]) -> int:
    """Assemble, ou vérifie (``--verifier``). Rend 0, ou 2 avec une phrase."""
    if "--verifier" in arguments:
        changes = differents(PAQUET) if (PAQUET / EMPREINTES).exists() else ["paquet/ n'est pas assemblé"]
        print("\n".join(changes) or "Chaque fichier est celui qui a été compté.")
        return 2 if changes else 0
    try:
        assembler(PAQUET, reunir_les_roues)
    except SansRoues as panne:
        print(panne, file=sys.stderr)
        return 2
    print(f"Assemblé dans {PAQUET.relative_to(RACINE)}/ : voyez documentation/windows.md pour la suite.")
    if not (PAQUET / "python").is_dir():
        print(f"Il manque le runtime : décompressez {RUNTIME} dans paquet/python, puis refaites « make paquet ».")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
