"""La connexion : SQLAlchemy sur SQLCipher, réglée pour qu'une ligne dite enregistrée le soit vraiment.

Ne s'importe qu'à l'ouverture d'un coffre : SQLAlchemy coûte à charger.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from modele.coffre.fichiers import PLEIN, pannes_du_disque
from modele.regles.fautes import ErreurUtilisateur

ATTENTE_MS: Final = 5000
CACHE_KIO: Final = 64 * 1024
ABIME = (
    "Le coffre {} ne se lit pas : il est abîmé, ou le fichier de clés à côté n'est pas le sien. "
    "Gardez ces fichiers, et remettez ceux de la dernière sauvegarde."
)
_PHRASES = {
    "SQLITE_FULL": PLEIN,
    "SQLITE_NOTADB": ABIME,
    "SQLITE_CORRUPT": ABIME,
    "SQLITE_BUSY": "Le coffre {} est occupé par un autre programme. Fermez-le, puis recommencez.",
    "SQLITE_READONLY": "Le coffre {} est en lecture seule. Vérifiez les droits du fichier et du dossier.",
    "SQLITE_CANTOPEN": "Le coffre {} ne s'ouvre pas. Vérifiez qu'il existe et que vous avez accès à son dossier.",
    "SQLITE_IOERR": "Le disque n'a pas pu écrire ou lire {} : rien n'a été enregistré. Vérifiez la place et le disque.",
}


class Base:
    """Un fichier SQLCipher ouvert. ``lecture()`` et ``ecriture()`` donnent une transaction chacune."""

    def __init__(self, chemin: Path, cle: bytes) -> None:
        self.chemin = chemin
        self._moteur = _moteur(chemin, cle)

    @contextmanager
    def lecture(self) -> Iterator[Connection]:
        """Une vue stable de la base, qui ne bloque personne."""
        with _pannes_de_la_base(self.chemin), self._moteur.connect() as connexion, connexion.begin():
            yield connexion

    @contextmanager
    def ecriture(self) -> Iterator[Connection]:
        """Une transaction d'écriture : durable en sortant, annulée si une exception en sort."""
        with _pannes_de_la_base(self.chemin), self._moteur.connect() as connexion:
            # Prendre le verrou dès le début : une lecture promue en écriture échouerait au lieu d'attendre.
            connexion.execution_options(immediate=True)
            with connexion.begin():
                yield connexion

    def vider_journal(self) -> None:
        """Fait entrer le journal WAL dans le fichier de la base."""
        with _pannes_de_la_base(self.chemin), self._moteur.connect() as connexion:
            # Le curseur nu : SQLAlchemy ouvrirait une transaction, où un journal ne se vide pas.
            connexion.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def oublier_l_efface(self) -> None:
        """Récrit le fichier : ni page libre, ni terme de l'index, ni journal n'y gardent ce qui vient d'être effacé."""
        with _pannes_de_la_base(self.chemin), self._moteur.connect() as connexion:
            nu = connexion.connection.cursor()
            nu.execute("INSERT INTO terme(terme) VALUES ('optimize')")
            nu.execute("VACUUM")
        self.vider_journal()

    def fermer(self) -> None:
        """Rend les connexions ; la dernière rendue vide le journal WAL dans la base."""
        self._moteur.dispose()


def creer_fichier(chemin: Path) -> None:
    """Crée le fichier vide d'une base, lisible du seul compte de l'agent."""
    with pannes_du_disque(chemin):
        os.close(os.open(chemin, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _moteur(chemin: Path, cle: bytes) -> Engine:
    moteur = create_engine(
        "sqlite://",
        creator=partial(_connecter, chemin, cle),
        module=sqlcipher3.dbapi2,
        # Le pool par défaut prête la même connexion à tout un fil : l'annulation d'une transaction
        # y emporterait les lignes d'une autre.
        poolclass=QueuePool,
    )
    event.listen(moteur, "begin", _commencer)
    return moteur


def _connecter(chemin: Path, cle: bytes) -> Any:
    connexion = sqlcipher3.dbapi2.connect(
        # mode=rw : un fichier absent est une erreur, pas une base vide de plus.
        f"{chemin.resolve().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for reglage in (
            # SQLCipher écrirait ses erreurs sur la sortie d'erreur.
            "cipher_log_level = NONE",
            # La clé brute évite une dérivation de 0,3 s à chaque connexion.
            f"key = \"x'{cle.hex()}'\"",
            # L'index se déchiffre page par page : le garder en mémoire divise par deux une recherche.
            f"cache_size = {-CACHE_KIO}",
            f"busy_timeout = {ATTENTE_MS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
        ):
            connexion.execute(f"PRAGMA {reglage}")
    except sqlcipher3.dbapi2.Error:
        connexion.close()
        raise
    return connexion


def _commencer(connexion: Connection) -> None:
    immediate = connexion.get_execution_options().get("immediate", False)
    connexion.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def _pannes_de_la_base(chemin: Path) -> Iterator[None]:
    try:
        yield
    except DBAPIError as panne:
        nom = getattr(panne.orig, "sqlite_errorname", "")
        for prefixe, phrase in _PHRASES.items():
            if nom.startswith(prefixe):
                raise ErreurUtilisateur(phrase.format(chemin)) from panne
        raise
