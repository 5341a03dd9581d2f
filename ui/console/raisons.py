"""Les refus du système, dits en français : Python les donne dans la langue de la machine."""

from __future__ import annotations

import errno
from typing import Final

_RAISONS: Final = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EISDIR: "c'est un dossier, pas un fichier",
    errno.ENOTDIR: "un morceau du chemin n'est pas un dossier",
    errno.ENOENT: "ce dossier n'existe pas",
    errno.ENOSPC: "le disque est plein",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.ELOOP: "ce lien tourne en rond",
}


def raison(cause: OSError) -> str:
    """Pourquoi le système a refusé, en quelques mots."""
    return _RAISONS.get(cause.errno or 0, "le système a refusé")
