"""Un PostgreSQL jetable, durable comme en service : celui que le registre livre, sous Perron et sous sa référence."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from registre.base.embarque import Grappe

_DURABLES = ("fsync", "synchronous_commit", "full_page_writes")


class Postgres:
    """Une grappe en marche, où chaque essai prend une base neuve."""

    def __init__(self, adresse: str) -> None:
        self._adresse = adresse
        for reglage in _DURABLES:
            if self._jouer(f"SHOW {reglage}") != "on":
                raise RuntimeError(f"PostgreSQL peut perdre une écriture confirmée : {reglage} n'est pas à « on ».")

    @contextmanager
    def base_neuve(self, nom: str) -> Iterator[str]:
        """L'adresse ``postgresql://…`` d'une base vide, effacée à la fin du bloc."""
        self._jouer(f"CREATE DATABASE {nom}")
        self._jouer(f"ALTER DATABASE {nom} SET timezone TO 'UTC'")
        try:
            yield make_url(self._adresse).set(database=nom).render_as_string(hide_password=False)
        finally:
            self._jouer(f"DROP DATABASE {nom} WITH (FORCE)")
            # L'essai suivant ne paie pas les écritures en retard de celui-ci.
            self._jouer("CHECKPOINT")

    def _jouer(self, requete: str) -> str | None:
        with psycopg.connect(self._adresse, autocommit=True) as connexion:
            curseur = connexion.execute(requete.encode())
            ligne = curseur.fetchone() if curseur.description else None
        return str(ligne[0]) if ligne else None


@contextmanager
def postgres() -> Iterator[Postgres]:
    """La grappe, le temps du bloc. Lève ``RuntimeError`` si elle n'est pas durable."""
    # Un dossier du système : PostgreSQL, mené par un compte à part sous root, doit pouvoir le traverser.
    donnees = Path(tempfile.mkdtemp(prefix="perron-mesure-"))
    grappe = Grappe(donnees)
    try:
        yield Postgres(grappe.demarrer())
    finally:
        grappe.arreter()
        shutil.rmtree(donnees)
