"""Seizième schéma : rendez-vous, créneaux occupés et passages se lisent par jour."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Passe du schéma 15 au schéma 16."""
    for genre in ("rendez_vous", "occupation", "passage"):
        op.create_index(
            f"{genre}_du_jour",
            "dossier",
            [sa.text("json_extract(document, '$.date')"), sa.text("json_extract(document, '$.heure')")],
            sqlite_where=sa.text(f"genre = '{genre}'"),
            if_not_exists=True,
        )
