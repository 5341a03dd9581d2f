"""Dix-septième schéma : ce qu'un agent remet à plus tard, et qui répond de chaque date."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Passe du schéma 16 au schéma 17."""
    op.create_table(
        "report",
        sa.Column("dossier", sa.String, sa.ForeignKey("dossier.id"), primary_key=True, nullable=False),
        sa.Column("cle", sa.String, primary_key=True),
        sa.Column("jusqu_au", sa.String, nullable=False),
        sa.Column("motif", sa.String, nullable=False),
        sa.Column("agent", sa.String, nullable=False),
        sa.Column("le", sa.String, nullable=False),
        if_not_exists=True,
    )
    # Refaits des documents juste après : la colonne peut naître vide.
    op.add_column("rappel", sa.Column("qui", sa.String, nullable=False, server_default=""))
    op.drop_index("rappel_du_jour", "rappel", if_exists=True)
    op.create_index("rappel_du_jour", "rappel", ["commun", "nature", "le", "fin", "qui"])
    op.create_index("dossier_par_agent", "dossier", ["agent", "id"], if_not_exists=True)
