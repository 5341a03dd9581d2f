"""Douzième schéma : les comptes des agents du poste."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Passe du schéma 11 au schéma 12 : la première ouverture remplit la table des agents que le trousseau connaît."""
    textes = ("prenom", "service", "roles", "raison")
    op.create_table(
        "compte",
        sa.Column("nom", sa.String, primary_key=True, nullable=False),
        *(sa.Column(nom, sa.String, nullable=False) for nom in textes),
        sa.Column("provisoire", sa.Boolean, nullable=False),
        sa.Column("ouvert_le", sa.String, nullable=False),
        sa.Column("ferme_le", sa.String),
    )
