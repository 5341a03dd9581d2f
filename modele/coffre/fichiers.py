"""Le disque : écrire un fichier d'un coup ou pas du tout, et dire ses pannes en français."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from modele.regles.fautes import ErreurUtilisateur

PLEIN = "Le disque est plein : rien n'a été enregistré dans {}. Libérez de la place, puis recommencez."
_PHRASES = {
    errno.ENOSPC: PLEIN,
    errno.EDQUOT: PLEIN,
    errno.EFBIG: PLEIN,
    errno.ENOENT: "Le fichier {} est introuvable. Vérifiez que le dossier existe et que le disque est branché.",
    errno.EACCES: "Perron n'a pas le droit de lire ou d'écrire {}. Demandez l'accès à ce dossier.",
    errno.EROFS: "Le disque qui contient {} est en lecture seule. Choisissez un autre emplacement.",
}
_AUTRE = "Le fichier {} ne peut être ni lu ni écrit ({}). Vérifiez le disque, puis recommencez."


@contextmanager
def pannes_du_disque(chemin: Path) -> Iterator[None]:
    """Rend toute ``OSError`` sur ``chemin`` en ``ErreurUtilisateur``."""
    try:
        yield
    except OSError as panne:
        phrase = _PHRASES.get(panne.errno or 0, _AUTRE)
        raise ErreurUtilisateur(phrase.format(chemin, panne.strerror)) from panne


def ecrire_durable(chemin: Path, octets: bytes) -> None:
    """Écrit ``chemin`` par temporaire, fsync et remplacement ; lisible du seul compte de l'agent.

    Lève ``ErreurUtilisateur`` si le disque refuse ; l'ancien contenu est alors intact.
    """
    temporaire = chemin.with_name(chemin.name + ".ecriture")
    with pannes_du_disque(chemin):
        try:
            with os.fdopen(os.open(temporaire, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as sortie:
                sortie.write(octets)
                sortie.flush()
                os.fsync(sortie.fileno())
            remplacer(temporaire, chemin)
        except OSError:
            temporaire.unlink(missing_ok=True)
            raise


def remplacer(source: Path, destination: Path) -> None:
    """Donne à ``source`` le nom ``destination``, durablement."""
    source.replace(destination)
    # Sans fsync du dossier, le nouveau nom peut disparaître à la coupure ; Windows n'ouvre pas un dossier.
    if os.name == "posix":
        descripteur = os.open(destination.parent, os.O_RDONLY)
        try:
            os.fsync(descripteur)
        finally:
            os.close(descripteur)
