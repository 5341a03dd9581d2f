"""Dixième schéma : quelle version de chaque publication tient chaque poste."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Passe du schéma 9 au schéma 10 : chaque poste le dira à son prochain échange ; d'ici là, on ne le sait pas."""
    op.create_table(
        "information_tenue",
        *(sa.Column(nom, sa.Text, primary_key=True) for nom in ("territoire", "poste", "nom")),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("dite_le", sa.DateTime(timezone=True), nullable=False),
    )
