"""De vrais PostgreSQL pour les épreuves : le 18 livré et celui de Debian, démarrés une fois par session."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from registre.base.embarque import Grappe
from registre.base.migration import mettre_a_jour
from registre.base.moteur import creer_moteur
from registre.base.schema import metadonnees

DEBIAN = "15"
LIVRE = "18"
# Une épreuve perdue par une coupure se rejoue : le disque n'a pas à être attendu.
_REGLAGES = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}
_REQUETES = ("do_execute", "do_executemany", "do_execute_no_params")
# Effacer quelques lignes coûte dix fois moins que refaire les fichiers de toutes les tables.
_VIDER = ";".join(f'DELETE FROM "{table.name}"' for table in reversed(metadonnees.sorted_tables))


class Postgresql:
    """Une grappe jetable, à jour, et son moteur."""

    def __init__(self, version: str) -> None:
        self.version = version
        # Pas le dossier de pytest : il est fermé au compte qui mène PostgreSQL sous root.
        self._donnees = Path(tempfile.mkdtemp(prefix=f"perron-essais-{version}-"))
        self.grappe = Grappe(self._donnees, executables_de(version), _REGLAGES)
        self.adresse = self.grappe.demarrer()
        self.moteur: Engine = creer_moteur(self.adresse)
        mettre_a_jour(self.moteur)

    def vider(self) -> None:
        """Retire toutes les lignes."""
        with self.moteur.begin() as connexion:
            connexion.exec_driver_sql(_VIDER)

    def fermer(self) -> None:
        """Arrête et efface."""
        self.moteur.dispose()
        self.grappe.arreter()
        shutil.rmtree(self._donnees)


class Grappes:
    """Les grappes de la session, démarrées à la demande."""

    def __init__(self) -> None:
        self._ouvertes: dict[str, Postgresql] = {}

    def prendre(self, version: str) -> Postgresql:
        """Celle de cette version ; l'épreuve est passée, avec sa raison, si elle n'est pas installée."""
        if version != LIVRE and executables_de(version) is None:
            pytest.skip(f"PostgreSQL {version} de Debian n'est pas installé (postgresql-{version})")
        if version not in self._ouvertes:
            self._ouvertes[version] = Postgresql(version)
        return self._ouvertes[version]

    def fermer(self) -> None:
        """Les arrête toutes."""
        for postgresql in self._ouvertes.values():
            postgresql.fermer()


def executables_de(version: str) -> Path | None:
    """Les programmes du PostgreSQL de Debian ; ``None`` pour la version livrée, ou s'il manque."""
    dossier = Path(f"/usr/lib/postgresql/{version}/bin")
    return dossier if version != LIVRE and (dossier / "initdb").exists() else None


@contextmanager
def refus_injecte(moteur: Engine, avant: int, code: str = "40001") -> Iterator[list[str]]:
    """PostgreSQL refuse, une fois, la ``avant``-ième requête (0 : la première) ; rend les requêtes vues depuis.

    L'erreur vient de PostgreSQL lui-même : la transaction est réellement annulée.
    """
    vues: list[str] = []
    faits: list[str] = []

    def intercepter(curseur: Any, requete: str, *reste: object) -> None:
        vues.append(requete)
        if len(vues) - 1 == avant and not faits:
            faits.append(requete)
            curseur.execute(f"DO $$ BEGIN RAISE EXCEPTION 'refus injecté' USING ERRCODE = '{code}'; END $$")

    for quoi in _REQUETES:
        event.listen(moteur, quoi, intercepter)
    try:
        yield vues
    finally:
        for quoi in _REQUETES:
            event.remove(moteur, quoi, intercepter)
