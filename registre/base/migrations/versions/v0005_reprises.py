"""Cinquième schéma : de quelles bases celle-ci est la suite, et ce que les postes lui en ont rendu."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Passe du schéma 4 au schéma 5 : rien n'a été repris."""
    op.create_table(
        "lignee",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("poignee", sa.Text, primary_key=True),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("remise_le", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "discretion_sue",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("dossier", sa.Text, primary_key=True),
        sa.Column("poignee", sa.Text, primary_key=True),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("poste", sa.Text, nullable=False),
        sa.Column("guichet", sa.Text, nullable=False),
    )
    op.create_table(
        "repris",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("dossier", sa.Text, primary_key=True),
        sa.Column("poignee", sa.Text, primary_key=True),
        sa.Column("sequence", sa.BigInteger, nullable=False),
    )
