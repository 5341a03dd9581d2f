"""Lire et écrire un fichier : d'un coup ou pas du tout, et les refus du système dits en français."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from modele.regles.fautes import ErreurUtilisateur
from modele.regles.limites import OCTETS_AU_PLUS, TEXTE_AU_PLUS, trop


class Lisible(Protocol):
    """Un fichier à lire, d'où qu'il vienne : un ``Path``, ou le fichier d'une couche de ``modele.sources``."""

    @property
    def name(self) -> str:
        """Son nom, tel que les fautes le disent."""
        ...

    def read_text(self, encoding: str | None = None) -> str:
        """Son texte."""
        ...


# Sous Windows, un descripteur ouvert sans cela réécrit les fins de ligne.
_BINAIRE: Final = getattr(os, "O_BINARY", 0)
_RAISONS: Final = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EISDIR: "c'est un dossier, pas un fichier",
    errno.ENOTDIR: "un morceau du chemin n'est pas un dossier",
    errno.ENOENT: "ce dossier n'existe pas",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le disque est plein",
    errno.EFBIG: "le disque est plein",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.ELOOP: "ce lien tourne en rond",
}


def raison(cause: OSError) -> str:
    """Pourquoi le système a refusé, en quelques mots : lui le dirait dans la langue de la machine."""
    return _RAISONS.get(cause.errno or 0, "le système a refusé")


def lire(chemin: Lisible, au_plus: int = TEXTE_AU_PLUS) -> str:
    """Le texte UTF-8 d'un fichier de ``au_plus`` octets. Lève ``ErreurUtilisateur``."""
    try:
        if isinstance(chemin, Path):
            return lire_octets(chemin, au_plus).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        return chemin.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ErreurUtilisateur(f"{chemin} : ce fichier n'existe pas. Vérifiez son nom et son dossier.") from None
    except UnicodeDecodeError:
        raise ErreurUtilisateur(f"{chemin} : ce fichier n'est pas du texte UTF-8. Enregistrez-le en UTF-8.") from None
    except OSError as cause:
        raise ErreurUtilisateur(f"{chemin} : lecture impossible ({raison(cause)}). Vérifiez le chemin.") from None


def lire_octets(chemin: Path, au_plus: int = OCTETS_AU_PLUS) -> bytes:
    """Les octets d'un fichier, jamais plus de ``au_plus`` en mémoire. Lève ``OSError``, ``ErreurUtilisateur``."""
    with chemin.open("rb") as source:
        octets = source.read(au_plus + 1)
    if len(octets) > au_plus:
        raise ErreurUtilisateur(f"{chemin} : fichier refusé, {trop(au_plus)}. Vérifiez que c'est le bon.")
    return octets


def ecrire(chemin: Path, octets: bytes, *, prive: bool = False) -> None:
    """Écrit un fichier : à côté, sur le disque, puis à sa place. L'ancien reste entier si l'écriture échoue.

    ``prive`` : lisible de nous seuls (0600), dès le premier octet. Lève ``ErreurUtilisateur``.
    """
    ecrire_ensemble({chemin: octets}, prive=prive)


def ecrire_ensemble(fichiers: Mapping[Path, bytes], *, prive: bool = False) -> None:
    """Tous, ou aucun : chacun est sur le disque avant que le premier ne prenne sa place. Lève ``ErreurUtilisateur``."""
    provisoires = {chemin: chemin.with_name(f".{chemin.name}.provisoire") for chemin in fichiers}
    chemin = Path()
    try:
        for chemin, octets in fichiers.items():
            _poser(provisoires[chemin], octets, 0o600 if prive else 0o666)
        for chemin in fichiers:
            if chemin.is_dir():
                raise IsADirectoryError(errno.EISDIR, "")
        for chemin, provisoire in provisoires.items():
            provisoire.replace(chemin)
    except OSError as cause:
        for provisoire in provisoires.values():
            with suppress(OSError):
                provisoire.unlink(missing_ok=True)
        conseil = "Choisissez un autre emplacement, ou vérifiez les droits."
        raise ErreurUtilisateur(f"{chemin} : écriture impossible ({raison(cause)}). {conseil}") from None


def _poser(provisoire: Path, octets: bytes, mode: int) -> None:
    """Un fichier neuf, sur le disque."""
    provisoire.unlink(missing_ok=True)
    with os.fdopen(os.open(provisoire, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINAIRE, mode), "wb") as sortie:
        sortie.write(octets)
        sortie.flush()
        os.fsync(sortie.fileno())
