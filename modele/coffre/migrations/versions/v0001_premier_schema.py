"""Premier schéma : dossiers, journal d'opérations, brouillons, accès, réglages, recherche."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Crée les tables du schéma 1."""
    op.create_table(
        "dossier",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("document", sa.String, nullable=False),
        sa.Column("creation", sa.String, nullable=False),
        sa.Column("titre", sa.String, nullable=False),
        sa.Column("detail", sa.String, nullable=False),
        sa.Column("reference", sa.String, nullable=False, index=True),
        sa.Column("discret", sa.Boolean, nullable=False),
        sa.Column("etat", sa.String, nullable=False),
        sa.Column("cree_le", sa.String, nullable=False),
        sa.Column("modifie_le", sa.String, nullable=False, index=True),
        sa.Column("agent", sa.String, nullable=False),
    )
    op.create_table(
        "operation",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("territoire", sa.String, nullable=False),
        sa.Column("poste", sa.String, nullable=False),
        sa.Column("epoque", sa.String, nullable=False),
        sa.Column("rang", sa.Integer, nullable=False),
        sa.Column("dossier", sa.String, sa.ForeignKey("dossier.id"), nullable=False),
        sa.Column("entete", sa.LargeBinary, nullable=False),
        sa.Column("empreinte", sa.LargeBinary, nullable=False),
        sa.Column("sel", sa.LargeBinary),
        sa.Column("contenu", sa.LargeBinary),
        sa.Index("operation_chaine", "territoire", "poste", "epoque", "rang", unique=True),
        sa.Index("operation_dossier", "dossier"),
    )
    op.create_table(
        "pose",
        sa.Column("dossier", sa.String, sa.ForeignKey("dossier.id"), primary_key=True),
        sa.Column("chemin", sa.String, primary_key=True),
        sa.Column("operation", sa.String, sa.ForeignKey("operation.id"), nullable=False),
    )
    op.create_table(
        "brouillon",
        sa.Column("dossier", sa.String, sa.ForeignKey("dossier.id"), primary_key=True),
        sa.Column("chemin", sa.String, primary_key=True),
        sa.Column("texte", sa.String, nullable=False),
        sa.Column("quand", sa.String, nullable=False),
    )
    op.create_table(
        "acces",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("agent", sa.String, nullable=False),
        sa.Column("quand", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("dossier", sa.String),
        sa.Index("acces_dossier", "dossier"),
    )
    op.create_table(
        "reglage",
        sa.Column("cle", sa.String, primary_key=True),
        sa.Column("valeur", sa.String, nullable=False),
    )
    _recherche()
    _ajout_seul()


def _recherche() -> None:
    op.create_table(
        "personne",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("dossier", sa.String, sa.ForeignKey("dossier.id"), nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("noms", sa.String, nullable=False),
        sa.Column("prenoms", sa.String, nullable=False),
        sa.Column("naissance", sa.String, nullable=False),
        sa.Column("telephone", sa.String, nullable=False),
        sa.Column("numero", sa.String, nullable=False),
        sa.Index("personne_dossier", "dossier"),
    )
    op.create_table(
        "frequence",
        sa.Column("terme", sa.String, primary_key=True),
        sa.Column("nombre", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "porte_discrete",
        sa.Column("dossier", sa.String, sa.ForeignKey("dossier.id"), primary_key=True),
        sa.Column("cle", sa.String, primary_key=True, index=True),
    )
    op.execute(
        "CREATE VIRTUAL TABLE terme USING fts5(termes, content='', contentless_delete=1, detail=none, tokenize='ascii')"
    )


def _ajout_seul() -> None:
    op.execute(
        "CREATE TRIGGER operation_gardee BEFORE DELETE ON operation "
        "BEGIN SELECT RAISE(ABORT, 'operation : ajout seul'); END"
    )
    op.execute(
        "CREATE TRIGGER operation_figee BEFORE UPDATE ON operation "
        "BEGIN SELECT RAISE(ABORT, 'operation : ajout seul'); END"
    )
