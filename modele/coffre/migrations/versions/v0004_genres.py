"""Quatrième schéma : des objets de plusieurs genres, et ceux qui suivent le sort d'un dossier."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Passe du schéma 3 au schéma 4 : tout ce que le coffre tient est un dossier."""
    op.add_column("dossier", sa.Column("genre", sa.String, nullable=False, server_default="dossier"))
    op.add_column("dossier", sa.Column("rattache", sa.String))
    op.create_index("ix_dossier_rattache", "dossier", ["rattache"])
