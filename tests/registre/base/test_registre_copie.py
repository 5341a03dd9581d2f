"""La copie en bloc écrit ce que la table garde, et ses erreurs sont celles des autres requêtes : rejouées, ou dites."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DataError, IntegrityError

from registre.base.copie import copier
from registre.base.moteur import Reprises, unite_de_travail
from registre.base.schema import compteur, consultation, metadonnees, operation

SANS_ATTENTE = Reprises(dormir=lambda _: None)
QUAND = datetime(2026, 11, 22, 9, tzinfo=UTC)


def _lignes(moteur: Engine, table: Any) -> list[tuple[Any, ...]]:
    with moteur.connect() as connexion:
        return [tuple(ligne) for ligne in connexion.execute(select(table))]


@pytest.fixture
def refus_une_fois(moteur: Engine) -> Iterator[None]:
    """PostgreSQL refuse la première ligne copiée dans ``compteur``, avec 40001."""
    corps = (
        "CREATE SEQUENCE essai_refus; CREATE FUNCTION essai_refuser() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF nextval('essai_refus') = 1 THEN RAISE EXCEPTION 'refus' USING ERRCODE = '40001'; END IF; "
        "RETURN NEW; END $$; "
        "CREATE TRIGGER essai BEFORE INSERT ON compteur FOR EACH ROW EXECUTE FUNCTION essai_refuser()"
    )
    with moteur.begin() as connexion:
        connexion.execute(text(corps))
    yield
    with moteur.begin() as connexion:
        connexion.execute(
            text("DROP TRIGGER essai ON compteur; DROP FUNCTION essai_refuser; DROP SEQUENCE essai_refus")
        )


def test_toutes_les_sortes_de_colonnes_reviennent_telles_quelles(moteur: Engine) -> None:
    une = ("t", "1", "e", 2**60, "p", "d", b"\0\xff", b"s", None, b"c", b"{}", 0, QUAND)
    consultee = ("t", "1", "p", "Mme « K »\n", QUAND, "journal", ["a", "é,\"'"])
    with moteur.begin() as connexion:
        copier(connexion, operation, [une])
        copier(connexion, consultation, iter([consultee]))
        copier(connexion, compteur, [])
    assert _lignes(moteur, operation) == [une]
    assert _lignes(moteur, consultation) == [consultee]
    assert _lignes(moteur, compteur) == []


def test_chaque_table_sait_se_copier(moteur: Engine) -> None:
    with moteur.begin() as connexion:
        for table in metadonnees.sorted_tables:
            with pytest.raises((IntegrityError, DataError)), connexion.begin_nested():
                copier(connexion, table, [[None] * len(table.columns)])


@pytest.mark.usefixtures("refus_une_fois")
def test_un_refus_de_postgresql_pendant_la_copie_rejoue_toute_l_unite(moteur: Engine) -> None:
    essais: list[int] = []

    def copier_deux(connexion: Connection) -> None:
        essais.append(1)
        copier(connexion, compteur, [("t", "a", 1), ("t", "b", 2)])

    unite_de_travail(moteur, copier_deux, reprises=SANS_ATTENTE)
    assert len(essais) == 2
    assert _lignes(moteur, compteur) == [("t", "a", 1), ("t", "b", 2)]


def test_une_connexion_coupee_pendant_la_copie_se_rejoue(moteur: Engine) -> None:
    essais: list[int] = []

    def couper(connexion: Connection) -> None:
        essais.append(connexion.execute(text("SELECT pg_backend_pid()")).scalar_one())
        if len(essais) == 1:
            with moteur.connect() as autre:
                autre.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": essais[0]})
        copier(connexion, compteur, [("t", "a", 1)])

    unite_de_travail(moteur, couper, reprises=SANS_ATTENTE)
    assert len(essais) == 2
    assert _lignes(moteur, compteur) == [("t", "a", 1)]


def test_une_ligne_deja_la_est_une_erreur_d_integrite_qui_ne_recopie_pas_les_valeurs(moteur: Engine) -> None:
    with pytest.raises(IntegrityError) as erreur, moteur.begin() as connexion:
        copier(connexion, compteur, [("secret", "a", 1), ("secret", "a", 1)])
    assert "[SQL: COPY compteur" in str(erreur.value)
    assert _lignes(moteur, compteur) == []
