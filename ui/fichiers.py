"""Écrire un fichier pour l'agent : d'un coup, sans écraser, et les refus du système dits en français."""

from __future__ import annotations

import errno
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

from modele.regles.fautes import ErreurUtilisateur

_RAISONS: Final = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EISDIR: "c'est un dossier, pas un fichier",
    errno.ENOTDIR: "un morceau du chemin n'est pas un dossier",
    errno.ENOENT: "ce dossier n'existe pas",
    errno.ENOSPC: "le disque est plein",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.ELOOP: "ce lien tourne en rond",
}


def raison(cause: OSError) -> str:
    """Pourquoi le système a refusé, en quelques mots : lui le dirait dans la langue de la machine."""
    return _RAISONS.get(cause.errno or 0, "le système a refusé")


def ecrire_fichier(chemin: Path, octets: bytes) -> None:
    """Écrit un fichier d'un coup : à côté, puis à sa place. L'ancien reste entier si l'écriture échoue.

    Lève ``ErreurUtilisateur``.
    """
    provisoire = chemin.with_name(f".{chemin.name}.provisoire")
    try:
        provisoire.write_bytes(octets)
        provisoire.replace(chemin)
    except OSError as cause:
        with suppress(OSError):
            provisoire.unlink(missing_ok=True)
        conseil = "Choisissez un autre emplacement, ou vérifiez les droits."
        raise ErreurUtilisateur(f"{chemin} : écriture impossible ({raison(cause)}). {conseil}") from None


def nom_libre(chemin: Path) -> Path:
    """``chemin``, ou le même suivi de « -2 », « -3 »… : le papier d'une autre personne n'est jamais écrasé."""
    if not chemin.exists():
        return chemin
    suivants = (chemin.with_name(f"{chemin.stem}-{rang}{chemin.suffix}") for rang in count(2))
    return next(suivant for suivant in suivants if not suivant.exists())
