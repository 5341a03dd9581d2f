"""Onzième schéma : ce que des essais de formation ont donné, étape par étape, sans auteur, ni poste, ni date."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Passe du schéma 10 au schéma 11 : rien n'était compté, rien n'est à reprendre."""
    op.create_table(
        "compte_de_formation",
        *(sa.Column(nom, sa.Text, primary_key=True) for nom in ("territoire", "cas", "version", "jeton", "etape")),
        *(sa.Column(nom, sa.BigInteger, nullable=False) for nom in ("lot", "justes", "oublis", "a_discuter")),
    )
