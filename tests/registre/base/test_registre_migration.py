"""Une base plus récente ne s'ouvre pas ; deux registres qui démarrent ensemble ne se gênent pas."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from outils_postgresql import Postgresql
from sqlalchemy import Engine, inspect, text

from modele.regles.fautes import ErreurUtilisateur
from registre.base.migration import MIS_DE_COTE, SCHEMA_BASE, mettre_a_jour, version
from registre.base.moteur import creer_moteur
from registre.base.schema import metadonnees

_MIGRER = """
import sys
from registre.base.migration import mettre_a_jour
from registre.base.moteur import creer_moteur
mettre_a_jour(creer_moteur(sys.argv[1]))
"""


@pytest.fixture
def base_vide(postgresql: Postgresql) -> Iterator[Engine]:
    """Une base sans aucune table, dans la même grappe."""
    with postgresql.moteur.connect().execution_options(isolation_level="AUTOCOMMIT") as connexion:
        connexion.execute(text("CREATE DATABASE vide"))
    moteur = creer_moteur(postgresql.adresse.replace("/postgres?", "/vide?"))
    yield moteur
    moteur.dispose()
    with postgresql.moteur.connect().execution_options(isolation_level="AUTOCOMMIT") as connexion:
        connexion.execute(text("DROP DATABASE vide"))


def test_deux_registres_qui_migrent_ensemble_la_meme_base_vide_reussissent(base_vide: Engine) -> None:
    # Deux processus : Alembic ne sait pas migrer deux fois dans le même.
    adresse = base_vide.url.render_as_string(hide_password=False)
    registres = [subprocess.Popen([sys.executable, "-c", _MIGRER, adresse], stderr=subprocess.PIPE) for _ in range(2)]
    assert [(registre.communicate(timeout=60)[1], registre.returncode) for registre in registres] == [(b"", 0)] * 2
    assert set(metadonnees.tables) <= set(inspect(base_vide).get_table_names())


def test_une_base_plus_recente_refuse_de_s_ouvrir(base_vide: Engine) -> None:
    mettre_a_jour(base_vide)
    with base_vide.begin() as connexion:
        connexion.execute(text("UPDATE alembic_version SET version_num = '0099'"))
        assert version(connexion) == 99
    with pytest.raises(ErreurUtilisateur, match=f"schéma 99, connu {SCHEMA_BASE}"):
        mettre_a_jour(base_vide)


def test_une_restauration_interrompue_se_dit_avant_tout(base_vide: Engine) -> None:
    with base_vide.begin() as connexion:
        connexion.execute(text(f"CREATE SCHEMA {MIS_DE_COTE}"))
    with pytest.raises(ErreurUtilisateur, match="restauration de cette base a été interrompue"):
        mettre_a_jour(base_vide)
    assert inspect(base_vide).get_table_names() == []
