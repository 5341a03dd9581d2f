"""Sixième schéma : la liste des dossiers se trie par échéance, et se compte par jour."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Passe du schéma 5 au schéma 6 : aucune échéance n'est encore connue, la liste les lira."""
    op.create_index("dossier_du_jour", "dossier", ["cree_le", "etat", "genre", "discret"])
    op.create_table(
        "echeance",
        sa.Column("dossier", sa.String, sa.ForeignKey("dossier.id"), primary_key=True, nullable=False),
        sa.Column("le", sa.String),
        sa.Column("lue_le", sa.String, nullable=False),
    )
    op.create_index("ix_echeance_le", "echeance", ["le"])
