"""La connexion nue à un fichier SQLCipher, sans SQLAlchemy : celle du coffre, de ses copies, de ce qui se vérifie."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2

from modele.coffre.fichiers import PLEIN
from modele.regles.fautes import ErreurUtilisateur

ABIME: Final = (
    "Le coffre {} ne se lit pas : il est abîmé, ou le fichier de clés à côté n'est pas le sien. "
    "Gardez ces fichiers, et remettez ceux de la dernière sauvegarde."
)
_PHRASES: Final = {
    "SQLITE_FULL": PLEIN,
    "SQLITE_NOTADB": ABIME,
    "SQLITE_CORRUPT": ABIME,
    "SQLITE_BUSY": "Le coffre {} est occupé par un autre programme. Fermez-le, puis recommencez.",
    "SQLITE_READONLY": "Le coffre {} est en lecture seule. Vérifiez les droits du fichier et du dossier.",
    "SQLITE_CANTOPEN": "Le coffre {} ne s'ouvre pas. Vérifiez qu'il existe et que vous avez accès à son dossier.",
    "SQLITE_IOERR": "Le disque n'a pas pu écrire ou lire {} : rien n'a été enregistré. Vérifiez la place et le disque.",
}
# Un fichier absent est une erreur, pas une base vide de plus.
ECRITURE: Final = "mode=rw"
LECTURE: Final = "mode=ro"
FIGEE: Final = "immutable=1"
"""Personne d'autre ne tient ce fichier : il se lit sans rien poser à côté de lui."""
Erreur = sqlcipher3.dbapi2.Error
_TENU: Final = 128
"""L'octet de l'index du journal que toute connexion verrouille tant qu'elle vit (SQLite, ``UNIX_SHM_DMS``)."""


def pour_lire(chemin: Path) -> str:
    """Comment lire ce fichier sans rien y changer : qui le tient, ou l'a lâché en mourant, a laissé son journal."""
    return LECTURE if chemin.with_name(chemin.name + "-wal").exists() else FIGEE


def occupe(chemin: Path) -> bool:
    """Un autre programme tient ce coffre ouvert. Jamais à demander de celui qui le tient : son verrou tomberait."""
    index = chemin.with_name(chemin.name + "-shm")
    if sys.platform == "win32" or not index.exists():
        return False
    import fcntl

    with index.open("rb+") as ouvert:
        try:
            fcntl.lockf(ouvert, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _TENU)
        except BlockingIOError:
            return True
    return False


def ouvrir(chemin: Path, cle: bytes, mode: str) -> Any:
    """Une connexion à ``chemin``, à fermer. Lève l'erreur de SQLCipher si le fichier ne s'ouvre pas."""
    connexion = sqlcipher3.dbapi2.connect(
        f"{chemin.resolve().as_uri()}?{mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    # SQLCipher écrirait ses erreurs sur la sortie d'erreur.
    connexion.execute("PRAGMA cipher_log_level = NONE")
    # La clé brute évite une dérivation de 0,3 s à chaque connexion.
    connexion.execute(f"PRAGMA key = \"x'{cle.hex()}'\"")
    return connexion


@contextmanager
def ouverte(chemin: Path, cle: bytes, mode: str) -> Iterator[Any]:
    """La même, fermée en sortant. Lève ``ErreurUtilisateur`` pour toute panne du monde."""
    with pannes(chemin):
        connexion = ouvrir(chemin, cle, mode)
        try:
            yield connexion
        finally:
            connexion.close()


@contextmanager
def pannes(chemin: Path) -> Iterator[None]:
    """Rend une panne du monde, dite par SQLCipher, en ``ErreurUtilisateur`` ; laisse les nôtres telles quelles."""
    try:
        yield
    except sqlcipher3.dbapi2.Error as panne:
        phrase = dire(panne, chemin)
        if phrase:
            raise ErreurUtilisateur(phrase) from panne
        raise


def dire(panne: object, chemin: Path) -> str:
    """La phrase de cette panne ; vide si ce n'en est pas une du monde."""
    nom = getattr(panne, "sqlite_errorname", "")
    return next((phrase.format(chemin) for prefixe, phrase in _PHRASES.items() if nom.startswith(prefixe)), "")


def est_abime(panne: object) -> bool:
    """Cette panne dit un fichier abîmé, plutôt qu'un disque ou des droits."""
    return str(getattr(panne, "sqlite_errorname", "")).startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_IOERR"))


def est_l_index(panne: object) -> bool:
    """Cette panne dit l'index de recherche abîmé, et lui seul."""
    nue = getattr(panne, "orig", panne)
    return getattr(nue, "sqlite_errorname", "") == "SQLITE_CORRUPT_VTAB" or "fts5" in str(nue)
