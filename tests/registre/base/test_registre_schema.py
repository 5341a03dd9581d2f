"""Le schéma, lu dans le catalogue de PostgreSQL : le territoire mène partout, rien n'est global."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from registre.base.migration import SCHEMA_BASE, mettre_a_jour, version
from registre.base.schema import metadonnees

# Clés, contraintes d'unicité et index sont tous des index au catalogue.
_INDEX = text(
    "SELECT t.relname AS table, i.relname AS index, a.attname AS premiere "
    "FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid "
    "JOIN pg_namespace n ON n.oid = t.relnamespace "
    "LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0] "
    "WHERE n.nspname = 'public'"
)
_CLES_ETRANGERES = text(
    "SELECT conname, (SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]) "
    "FROM pg_constraint WHERE contype = 'f'"
)


def test_le_territoire_mene_chaque_cle_chaque_contrainte_chaque_index(moteur: Engine) -> None:
    with moteur.connect() as connexion:
        index = connexion.execute(_INDEX).all()
        etrangeres = connexion.execute(_CLES_ETRANGERES).all()
    assert {ligne.index for ligne in index if ligne.premiere != "territoire"} == {"numero_unique_pkey"}
    assert {ligne.table for ligne in index} == set(metadonnees.tables)
    assert etrangeres
    assert {premiere for _, premiere in etrangeres} == {"territoire"}


@pytest.mark.parametrize(
    "requete",
    [
        "SELECT relname FROM pg_class WHERE relkind = 'S'",
        "SELECT attname FROM pg_attribute WHERE attidentity <> '' AND attrelid >= 16384",
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid >= 16384",
    ],
)
def test_ni_sequence_ni_identite_ni_declencheur_ni_valeur_par_defaut(moteur: Engine, requete: str) -> None:
    with moteur.connect() as connexion:
        assert connexion.execute(text(requete)).all() == []


def test_les_migrations_donnent_le_schema_declare(moteur: Engine) -> None:
    with moteur.connect() as connexion:
        contexte = MigrationContext.configure(connexion, opts={"compare_type": True})
        assert compare_metadata(contexte, metadonnees) == []
        assert version(connexion) == SCHEMA_BASE


def test_mettre_a_jour_une_base_a_jour_ne_fait_rien(moteur: Engine) -> None:
    mettre_a_jour(moteur)
    with moteur.connect() as connexion:
        assert version(connexion) == SCHEMA_BASE
