"""Sixième schéma : la part qui manque à une copie de secours emportée."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Passe du schéma 5 au schéma 6 : aucune copie n'est encore scellée."""
    op.create_table(
        "part_de_copie",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("poste", sa.Text, primary_key=True),
        sa.Column("nom", sa.Text, primary_key=True),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("deposee_le", sa.DateTime(timezone=True), nullable=False),
    )
