"""Les migrations : une base ancienne s'ouvre et garde tout, une base plus récente se refuse."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from outils_coffre import AGENT, creer, ouvrir
from outils_migrations import Repetition, migrer_vraiment
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex

from modele.coffre import Coffre, migration
from modele.coffre.base import Base, creer_fichier
from modele.coffre.migration import SCHEMA_BASE, mettre_a_jour
from modele.coffre.schema import metadonnees
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

CLE = b"\x09" * 32
EXEMPLES = Path(__file__).parent / "exemples"


def _schema_0(chemin: Path, table: str) -> Base:
    """Une base d'avant le premier schéma, où quelque chose vit déjà."""
    creer_fichier(chemin)
    base = Base(chemin, CLE)
    with base.ecriture() as connexion:
        connexion.exec_driver_sql(f"CREATE TABLE {table} (texte)")
        connexion.exec_driver_sql(f"INSERT INTO {table} VALUES ('gardé')")
    return base


def _textes(base: Base, table: str) -> list[str]:
    with base.lecture() as connexion:
        return [ligne.texte for ligne in connexion.exec_driver_sql(f"SELECT texte FROM {table}")]


def test_schema_0_migre_et_garde_tout(tmp_path: Path) -> None:
    """Une base au schéma 0 passe au dernier ; ses données restent ; une copie d'avant est à côté."""
    base = _schema_0(tmp_path / "vieux 100 %.perron", "ancienne")
    mettre_a_jour(base)
    assert _textes(base, "ancienne") == ["gardé"]
    with base.lecture() as connexion:
        assert connexion.exec_driver_sql("SELECT count(*) FROM dossier").scalar_one() == 0
    base.fermer()
    copie = Base(tmp_path / "vieux 100 %.perron.schema-0", CLE)
    assert _textes(copie, "ancienne") == ["gardé"]
    with copie.lecture() as connexion:
        assert connexion.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all() == ["ancienne"]
    copie.fermer()


def test_migration_qui_echoue_ne_change_rien(tmp_path: Path) -> None:
    """Une migration coupée par une erreur : phrase, base intacte, copie gardée, et l'on peut recommencer."""
    base = _schema_0(tmp_path / "vieux.perron", "brouillon")
    for _ in range(2):
        with pytest.raises(ErreurUtilisateur, match=r"resté comme il était .*vieux\.perron\.schema-0"):
            mettre_a_jour(base)
    with base.lecture() as connexion:
        tables = connexion.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    assert tables == ["brouillon"]
    with base.ecriture() as connexion:
        connexion.exec_driver_sql("ALTER TABLE brouillon RENAME TO ancienne")
    mettre_a_jour(base)
    assert _textes(base, "ancienne") == ["gardé"]
    base.fermer()


def test_sauvegarde_impossible_pas_de_migration(tmp_path: Path) -> None:
    """Si la copie d'avant ne peut pas s'écrire, la base n'est pas migrée."""
    base = _schema_0(tmp_path / "vieux.perron", "ancienne")
    (tmp_path / "vieux.perron.schema-0").mkdir()
    with pytest.raises(ErreurUtilisateur, match="ne peut être ni lu ni écrit"):
        mettre_a_jour(base)
    with base.lecture() as connexion:
        assert connexion.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all() == ["ancienne"]
    base.fermer()


def test_une_base_vide_n_est_pas_une_base_neuve(tmp_path: Path) -> None:
    """Un fichier vidé par une panne ne se migre pas : il cacherait la perte."""
    creer_fichier(tmp_path / "vide.perron")
    base = Base(tmp_path / "vide.perron", CLE)
    with pytest.raises(ErreurUtilisateur, match="abîmé"):
        mettre_a_jour(base)
    base.fermer()


def test_la_copie_d_avant_migration_a_ses_cles(tmp_path: Path) -> None:
    """Avec son trousseau, elle s'ouvre et se restaure comme une autre."""
    base = _schema_0(tmp_path / "vieux.perron", "ancienne")
    (tmp_path / "vieux.perron.cles").write_bytes(b"cles")
    mettre_a_jour(base)
    base.fermer()
    assert (tmp_path / "vieux.perron.schema-0.cles").read_bytes() == b"cles"


def test_base_plus_recente_refusee(coffre: Coffre, chemin: Path) -> None:
    """Une base d'un Perron plus récent : une phrase, et rien n'y est changé."""
    with coffre._base.ecriture() as connexion:
        connexion.exec_driver_sql("UPDATE alembic_version SET version_num = '0099'")
    with pytest.raises(ErreurUtilisateur, match=r"version plus récente de Perron \(schéma 99"):
        ouvrir(chemin)
    with coffre._base.lecture() as connexion:
        assert connexion.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == "0099"


# Un index d'expressions ne se relit pas ; l'essai suivant compare son texte.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_tables_decrites_et_tables_migrees_sont_les_memes(chemin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """La description des tables et la suite des migrations ne peuvent pas diverger."""
    monkeypatch.setattr(migration, "_migrer", migrer_vraiment)
    coffre, _ = creer(chemin)
    propres = {"terme", "terme_data", "terme_idx", "terme_content", "terme_docsize", "terme_config", "alembic_version"}
    with coffre._base.lecture() as connexion:
        contexte = MigrationContext.configure(
            connexion, opts={"include_name": lambda nom, genre, _: genre != "table" or nom not in propres}
        )
        assert compare_metadata(contexte, metadonnees) == []
        assert connexion.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == f"{SCHEMA_BASE:04}"
    coffre.fermer()


def test_les_index_d_expressions_sont_les_memes(chemin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ceux des trois genres qui se lisent par jour : migrés, ils ont le texte que décrit ``schema``."""
    monkeypatch.setattr(migration, "_migrer", migrer_vraiment)
    coffre, _ = creer(chemin)
    decrits = {
        un.name: " ".join(str(CreateIndex(un).compile(dialect=sqlite.dialect())).split())
        for un in metadonnees.tables["dossier"].indexes
        if str(un.name).endswith("_du_jour") and un.name != "dossier_du_jour"
    }
    with coffre._base.lecture() as connexion:
        requete = "SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND name LIKE '%_du_jour'"
        migres = {nom: " ".join(sql.split()) for nom, sql in connexion.exec_driver_sql(requete)}
    assert {nom: sql for nom, sql in migres.items() if nom in decrits} == decrits
    assert len(decrits) == 3
    coffre.fermer()


def _tout(chemin: Path) -> dict[str, list[tuple[object, ...]]]:
    """Ce que porte une base : son schéma, et chaque ligne de chaque table."""
    base = Base(chemin, CLE)
    with base.lecture() as connexion:
        schema = connexion.exec_driver_sql(
            "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
        ).fetchall()
        tables = [ligne.name for ligne in schema if ligne.type == "table"]
        lignes = {nom: connexion.exec_driver_sql(f'SELECT * FROM "{nom}"').fetchall() for nom in tables}
    base.fermer()
    return {nom: [tuple(une) for une in trouvees] for nom, trouvees in {"": schema, **lignes}.items()}


def test_un_coffre_d_essai_est_celui_des_migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Répéter ce que la première création a écrit donne la même base, à la ligne près, que rejouer les migrations."""
    repetition = Repetition()
    for nom, migrer in (("vrai", migrer_vraiment), ("premier", repetition), ("suivant", repetition)):
        monkeypatch.setattr(migration, "_migrer", migrer)
        creer_fichier(tmp_path / nom)
        base = Base(tmp_path / nom, CLE)
        mettre_a_jour(base, neuve=True)
        base.fermer()
    assert _tout(tmp_path / "suivant") == _tout(tmp_path / "premier") == _tout(tmp_path / "vrai")
    assert repetition._retenues


@pytest.mark.parametrize("exemple", sorted(EXEMPLES.glob("*.perron")), ids=lambda exemple: exemple.stem)
def test_chaque_version_publiee_s_ouvre(exemple: Path, tmp_path: Path) -> None:
    """Un vrai fichier de chaque version s'ouvre, se lit, se vérifie, se cherche et s'écrit."""
    for fichier in (exemple, exemple.with_name(exemple.name + ".cles")):
        shutil.copy(fichier, tmp_path)
    coffre = ouvrir(tmp_path / exemple.name)
    (trouve,) = coffre.rechercher("nadia fatihi 12/03/1984")
    document = coffre.lire(trouve.dossier)
    assert document["demandeur"]["nom"] == "El Fatihi"
    assert len(coffre.operations(trouve.dossier)) == 2
    assert coffre.verifier_chaine() == []
    assert [reprise.texte for reprise in coffre.reprises()] == ["Rue des"]
    coffre.modifier(trouve.dossier, {"demandeur.nom": "Fatihi"}, Auteur(AGENT))
    assert coffre.verifier_chaine() == []
    coffre.fermer()


def test_il_y_a_un_exemple_de_la_version_courante() -> None:
    """Une nouvelle version de schéma vient avec son fichier d'exemple."""
    assert (EXEMPLES / f"schema-{SCHEMA_BASE}.perron").exists()


def fabriquer_l_exemple() -> None:
    """Écrit le fichier d'exemple de la version courante ; se lance à la main, une fois par version."""
    coffre, _ = creer(EXEMPLES / f"schema-{SCHEMA_BASE}.perron")
    document = coffre.creer_dossier(
        {"demandeur": {"nom": "Fatihi", "prenoms": "Nadia", "date_naissance": "1984-03-12"}}, Auteur(AGENT)
    )
    coffre.modifier(document["id"], {"demandeur.nom": "El Fatihi"}, Auteur(AGENT))
    coffre.brouillon(document["id"], "contact.adresse_courrier", "Rue des")
    coffre.fermer()


if __name__ == "__main__":
    fabriquer_l_exemple()
