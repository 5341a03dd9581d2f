"""Dix-huitième schéma : ce qu'une commission lit de chaque demande, tiré d'un bilan et gardé."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Passe du schéma 17 au schéma 18. Vide : chaque demande se relit, quelques-unes à la fois."""
    op.create_table(
        "candidature",
        sa.Column("dossier", sa.String, sa.ForeignKey("dossier.id"), primary_key=True, nullable=False),
        sa.Column("sous", sa.String, nullable=False),
        sa.Column("lue_le", sa.String, nullable=False),
        sa.Column("points", sa.Float),
        sa.Column("minimum", sa.Float),
        sa.Column("maximum", sa.Float),
        sa.Column("recue", sa.String),
        sa.Column("faits", sa.String, nullable=False),
        sa.Column("nombres", sa.String, nullable=False),
        sa.Column("secteurs", sa.String, nullable=False),
        sa.Column("raisons", sa.String, nullable=False),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
