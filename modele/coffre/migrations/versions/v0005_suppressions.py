"""Cinquième schéma : un dossier créé par erreur se supprime, se rend trente jours, puis s'efface.

Un Perron d'avant ne connaît pas ces états d'un dossier : il doit refuser ce coffre.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Passe du schéma 4 au schéma 5 : rien n'a encore été supprimé."""
    op.create_table(
        "suppression",
        sa.Column("dossier", sa.String, sa.ForeignKey("dossier.id"), primary_key=True),
        sa.Column("le", sa.String, nullable=False),
        sa.Column("raison", sa.String, nullable=False),
        sa.Column("mots", sa.String, nullable=False),
        sa.Column("jusqu_au", sa.String, nullable=False, index=True),
    )
