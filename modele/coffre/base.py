"""La connexion : SQLAlchemy sur SQLCipher, réglée pour qu'une ligne dite enregistrée le soit vraiment.

Ne s'importe qu'à l'ouverture d'un coffre : SQLAlchemy coûte à charger.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from modele.coffre import copies, nue, regard
from modele.coffre.fichiers import pannes_du_disque
from modele.regles.fautes import ErreurUtilisateur

ATTENTE_MS: Final = 5000
CACHE_KIO: Final = 64 * 1024


class Base:
    """Un fichier SQLCipher ouvert. ``lecture()`` et ``ecriture()`` donnent une transaction chacune.

    ``agent`` : qui lit, et ne voit rien de ce dont il est écarté (``regard``) ; ``None``, tout se voit.
    """

    def __init__(self, chemin: Path, cle: bytes, mode: str = nue.ECRITURE) -> None:
        self.chemin, self._cle = chemin, cle
        self.agent: Callable[[], str | None] = _personne
        self._moteur = _moteur(chemin, cle, mode, vues=False)
        # Ne se connecte que pour un agent écarté de quelque chose : personne d'autre n'en paie rien.
        self._moteur_filtre = _moteur(chemin, cle, mode, vues=True)

    @contextmanager
    def lecture(self, *, entiere: bool = False) -> Iterator[Connection]:
        """Une vue stable de ce que l'agent voit, qui ne bloque personne ; ``entiere`` : de tout, pour le mécanisme."""
        agent = None if entiere else self.agent()
        with _pannes_de_la_base(self.chemin):
            with self._moteur.connect() as connexion, _lue(connexion):
                if not regard.situer(connexion, agent):
                    yield connexion
                    return
            with self._moteur_filtre.connect() as connexion, _lue(connexion):
                regard.situer(connexion, agent)
                yield connexion

    @contextmanager
    def ecriture(self, *, entiere: bool = False) -> Iterator[Connection]:
        """Une transaction d'écriture : durable en sortant, annulée si une exception en sort.

        Elle lit tout ; ``regard.visible`` et ``lignes.ouvert`` y disent ce que l'agent voit, ``entiere`` : tout.
        """
        with _pannes_de_la_base(self.chemin), self._moteur.connect() as connexion:
            # Prendre le verrou dès le début : une lecture promue en écriture échouerait au lieu d'attendre.
            connexion.execution_options(immediate=True)
            try:
                with connexion.begin():
                    regard.situer(connexion, None if entiere else self.agent())
                    yield connexion
            finally:
                regard.oublier(connexion)

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

    def copier(self, neuve: Path) -> None:
        """Copie la base, vérifiée, dans un fichier neuf, sans arrêter une écriture. Lève ``ErreurUtilisateur``."""
        copies.copier_la_base(self.chemin, self._cle, neuve)
        copies.exiger_saine(neuve, self._cle, f"{self.chemin} est resté comme il était")

    def fermer(self) -> None:
        """Rend les connexions ; la dernière rendue vide le journal WAL dans la base."""
        self._moteur_filtre.dispose()
        self._moteur.dispose()


def creer_fichier(chemin: Path) -> None:
    """Crée le fichier vide d'une base, lisible du seul compte de l'agent."""
    with pannes_du_disque(chemin):
        os.close(os.open(chemin, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _personne() -> None:
    return None


@contextmanager
def _lue(connexion: Connection) -> Iterator[None]:
    try:
        with connexion.begin():
            yield
    except BaseException:
        # Ce que la transaction cachait s'est défait avec elle.
        regard.oublier(connexion)
        raise


def _moteur(chemin: Path, cle: bytes, mode: str, vues: bool) -> Engine:
    moteur = create_engine(
        "sqlite://",
        creator=partial(_connecter, chemin, cle, mode, vues),
        module=sqlcipher3.dbapi2,
        # Le pool par défaut prête la même connexion à tout un fil : l'annulation d'une transaction
        # y emporterait les lignes d'une autre.
        poolclass=QueuePool,
    )
    event.listen(moteur, "begin", _commencer)
    return moteur


def _connecter(chemin: Path, cle: bytes, mode: str, vues: bool) -> Any:
    connexion = nue.ouvrir(chemin, cle, mode)
    try:
        for reglage in (
            # L'index se déchiffre page par page : le garder en mémoire divise par deux une recherche.
            f"cache_size = {-CACHE_KIO}",
            f"busy_timeout = {ATTENTE_MS}",
            # Un fichier qui ne fait que se lire garde le sien.
            *(["journal_mode = WAL"] if mode == nue.ECRITURE else []),
            "synchronous = FULL",
            "foreign_keys = ON",
        ):
            connexion.execute(f"PRAGMA {reglage}")
        regard.preparer(connexion, vues)
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
    except (DBAPIError, nue.Erreur) as panne:
        # La recherche se sert du curseur nu : ses pannes n'ont pas d'enveloppe.
        phrase = nue.dire(getattr(panne, "orig", panne), chemin)
        if phrase:
            raise ErreurUtilisateur(phrase) from panne
        raise
