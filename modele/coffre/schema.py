"""Les tables du coffre, à leur dernière version. Leur création et leurs changements sont dans ``migrations``."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    literal_column,
)

metadonnees = MetaData()


def _du_dossier(cle: bool = False) -> Column[str]:
    return Column("dossier", String, ForeignKey("dossier.id"), primary_key=cle, nullable=False)


dossier = Table(
    "dossier",
    metadonnees,
    Column("id", String, primary_key=True),
    Column("document", String, nullable=False),
    # L'opération qui l'a créé : elle a posé tout champ que la table pose ne nomme pas.
    Column("creation", String, nullable=False),
    Column("titre", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("reference", String, nullable=False, index=True),
    Column("discret", Boolean, nullable=False),
    Column("etat", String, nullable=False),
    Column("cree_le", String, nullable=False),
    Column("modifie_le", String, nullable=False, index=True),
    Column("agent", String, nullable=False),
)

operation = Table(
    "operation",
    metadonnees,
    Column("id", String, primary_key=True),
    Column("territoire", String, nullable=False),
    Column("poste", String, nullable=False),
    Column("epoque", String, nullable=False),
    Column("rang", Integer, nullable=False),
    _du_dossier(),
    Column("entete", LargeBinary, nullable=False),
    Column("empreinte", LargeBinary, nullable=False),
    # La purge effacera contenu et sel ; l'en-tête garde leur empreinte et la chaîne reste vérifiable.
    Column("sel", LargeBinary),
    Column("contenu", LargeBinary),
    Index("operation_chaine", "territoire", "poste", "epoque", "rang", unique=True),
    Index("operation_dossier", "dossier"),
)

pose = Table(
    "pose",
    metadonnees,
    _du_dossier(cle=True),
    Column("chemin", String, primary_key=True),
    Column("operation", String, ForeignKey("operation.id"), nullable=False),
)

# L'ordre d'écriture dans ce fichier : un identifiant UUIDv7 suit l'horloge, qui peut reculer.
ordre_des_operations: ColumnElement[int] = literal_column("operation.rowid")
ordre_des_poses: ColumnElement[int] = literal_column("pose.rowid")

brouillon = Table(
    "brouillon",
    metadonnees,
    _du_dossier(cle=True),
    Column("chemin", String, primary_key=True),
    Column("texte", String, nullable=False),
    Column("quand", String, nullable=False),
)

acces = Table(
    "acces",
    metadonnees,
    Column("id", String, primary_key=True),
    Column("agent", String, nullable=False),
    Column("quand", String, nullable=False),
    Column("action", String, nullable=False),
    Column("dossier", String),
    Index("acces_dossier", "dossier"),
)

reglage = Table(
    "reglage",
    metadonnees,
    Column("cle", String, primary_key=True),
    Column("valeur", String, nullable=False),
)

# Une ligne par personne cherchable ; jamais une personne d'un dossier discret.
personne = Table(
    "personne",
    metadonnees,
    Column("id", Integer, primary_key=True),
    _du_dossier(),
    Column("role", String, nullable=False),
    Column("noms", String, nullable=False),
    Column("prenoms", String, nullable=False),
    Column("naissance", String, nullable=False),
    Column("telephone", String, nullable=False),
    Column("numero", String, nullable=False),
    Index("personne_dossier", "dossier"),
)

# Combien de personnes portent chaque terme de l'index : on cherche d'abord par les plus rares.
frequence = Table(
    "frequence",
    metadonnees,
    Column("terme", String, primary_key=True),
    Column("nombre", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# La seule porte d'un dossier discret dans la recherche : nom complet et date de naissance, exacts.
porte_discrete = Table(
    "porte_discrete",
    metadonnees,
    _du_dossier(cle=True),
    Column("cle", String, primary_key=True, index=True),
)
