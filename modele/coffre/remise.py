"""Mettre un coffre à la place d'un autre : l'ancien se garde à côté, entier, tant que personne n'est effacé depuis.

Le neuf attend, entier, sous le nom ``….gueri-<instant>`` ; l'ancien va dans ``….abime-<instant>`` ; puis le neuf prend
sa place, la base la dernière. Coupée par la mort, la remise se finit à l'ouverture suivante, du même pas.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from modele.coffre.enveloppes import chemin_du_trousseau
from modele.coffre.fichiers import pannes_du_disque, remplacer

GARDE: Final = timedelta(days=29)
"""Le temps qu'un coffre mis de côté se garde quoi qu'il arrive."""
_FORME: Final = "%Y-%m-%dT%H%M%S"
_LONGUEUR: Final = len("2026-11-30T090000")
_NEUF: Final = ".gueri-"
_ANCIEN: Final = ".abime-"
_INACHEVE: Final = ".ecriture"
# La base en dernier : tant qu'elle n'a pas bougé, la remise est à finir.
_FICHIERS: Final = ("-wal", "-shm", "-journal", ".cles", "")


def preparer(coffre: Path, quand: datetime) -> Path:
    """Où bâtir le coffre neuf ; ce qu'un essai coupé y avait laissé s'en va."""
    for reste in coffre.parent.glob(f"{coffre.name}{_NEUF}*"):
        # Un trousseau dont la base n'a pas pris son nom : la mort est passée entre les deux.
        if _INACHEVE in reste.name or not reste.with_name(reste.name.removesuffix(".cles")).exists():
            reste.unlink(missing_ok=True)
    nom = f"{coffre.name}{_NEUF}{_instant(coffre, quand)}{_INACHEVE}"
    return coffre.with_name(nom)


def poser(coffre: Path, neuf: Path) -> Path | None:
    """Met ``neuf`` et son trousseau à la place de ``coffre`` ; rend où l'ancien est gardé, s'il y en avait un."""
    pret = neuf.with_name(neuf.name.removesuffix(_INACHEVE))
    with pannes_du_disque(coffre):
        remplacer(chemin_du_trousseau(neuf), chemin_du_trousseau(pret))
        remplacer(neuf, pret)
    return _echanger(coffre, pret)


def finir(coffre: Path) -> None:
    """Finit une remise que la mort a coupée ; sans effet s'il n'y en a pas."""
    for pret in sorted(coffre.parent.glob(f"{coffre.name}{_NEUF}*")):
        if not pret.name.endswith((_INACHEVE, ".cles", "-wal", "-shm", "-journal")):
            _echanger(coffre, pret)


def mettre_de_cote_le_trousseau(coffre: Path, quand: datetime) -> Path | None:
    """Garde sous un autre nom un trousseau qui ne se lit pas ; rend ce nom, rien s'il n'y en avait pas."""
    trousseau = chemin_du_trousseau(coffre)
    if not trousseau.exists():
        return None
    garde = trousseau.with_name(f"{trousseau.name}{_ANCIEN}{_instant(coffre, quand)}")
    with pannes_du_disque(trousseau):
        remplacer(trousseau, garde)
    return garde


def oublier_les_anciens(coffre: Path, quand: datetime, efface_le: datetime | None) -> list[Path]:
    """Efface les coffres mis de côté avant qu'une personne ne soit effacée, trente jours après au plus tôt ; les rend.

    Sans effacement depuis, un coffre mis de côté se garde pour toujours : quelqu'un saura peut-être y lire ce qui
    manque. Mais effacer quelqu'un vaut aussi là : sa clé est encore celle du coffre.
    """
    # Ce module se charge avant la première image : ce qui ne sert qu'ici attend.
    from shutil import rmtree

    partis = []
    for cote in sorted(coffre.parent.glob(f"{coffre.name}{_ANCIEN}*")):
        mis_le = _instant_de(coffre, cote)
        if mis_le and efface_le and mis_le <= efface_le and quand - mis_le >= GARDE:
            with pannes_du_disque(cote):
                rmtree(cote)
            partis.append(cote)
    return partis


def _instant_de(coffre: Path, cote: Path) -> datetime | None:
    """Quand ce dossier a été mis de côté ; rien si son nom ne le dit pas."""
    dit = cote.name.removeprefix(f"{coffre.name}{_ANCIEN}")[:_LONGUEUR]
    try:
        return datetime.strptime(dit, _FORME).replace(tzinfo=UTC) if cote.is_dir() else None
    except ValueError:
        return None


def _echanger(coffre: Path, pret: Path) -> Path | None:
    cote = coffre.with_name(pret.name.replace(f"{coffre.name}{_NEUF}", f"{coffre.name}{_ANCIEN}"))
    with pannes_du_disque(coffre):
        cote.mkdir(mode=0o700, exist_ok=True)
        for fin in _FICHIERS:
            ancien, garde = coffre.with_name(coffre.name + fin), cote / (coffre.name + fin)
            if ancien.exists() and not garde.exists():
                remplacer(ancien, garde)
        for fin in (".cles", ""):
            neuf = pret.with_name(pret.name + fin)
            if neuf.exists():
                remplacer(neuf, coffre.with_name(coffre.name + fin))
        if any(cote.iterdir()):
            return cote
        cote.rmdir()
    return None


def _instant(coffre: Path, quand: datetime) -> str:
    """L'instant, et un rang si deux remises se suivent dans la même seconde."""
    base = nom = quand.astimezone(UTC).strftime(_FORME)
    rang = 1
    while list(coffre.parent.glob(f"{coffre.name}*{_ANCIEN}{nom}")):
        rang += 1
        nom = f"{base}-{rang}"
    return nom
