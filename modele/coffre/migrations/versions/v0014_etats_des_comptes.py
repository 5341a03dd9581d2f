"""Quatorzième schéma : ce que chaque compte a été, pour le dire au registre."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Passe du schéma 13 au schéma 14 : la première ouverture remplit la table des comptes qui sont déjà là."""
    op.create_table(
        "etat_de_compte",
        sa.Column("id", sa.String, primary_key=True, nullable=False),
        *(sa.Column(nom, sa.String, nullable=False) for nom in ("nom", "roles")),
        sa.Column("ferme", sa.Boolean, nullable=False),
        sa.Column("depuis", sa.String, nullable=False),
    )
