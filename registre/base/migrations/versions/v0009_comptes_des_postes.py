"""Neuvième schéma : les comptes des postes, et ceux que le registre a fermés."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Passe du schéma 8 au schéma 9 : aucun poste n'a encore déclaré de compte, et tous continuent comme avant."""
    op.create_table(
        "compte",
        *(sa.Column(nom, sa.Text, primary_key=True) for nom in ("territoire", "poste", "id")),
        sa.Column("nom", sa.Text, nullable=False),
        sa.Column("roles", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("ferme", sa.Boolean, nullable=False),
        sa.Column("depuis", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recu_le", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "fermeture",
        *(sa.Column(nom, sa.Text, primary_key=True) for nom in ("territoire", "poste", "nom")),
        sa.Column("ferme_le", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("rouvert_le", sa.DateTime(timezone=True)),
    )
