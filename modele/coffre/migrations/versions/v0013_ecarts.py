"""Treizième schéma : de quoi savoir, avant chaque lecture, qui est écarté de quoi."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Passe du schéma 12 au schéma 13."""
    partiels = (("dossier_rattache_du_genre", "genre", "rattache"), ("dossier_absorbe", "absorbe_par", "absorbe_par"))
    for nom, colonne, dite in partiels:
        op.create_index(nom, "dossier", [colonne], if_not_exists=True, sqlite_where=sa.text(f"{dite} IS NOT NULL"))
