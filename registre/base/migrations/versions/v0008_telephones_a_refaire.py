"""Huitième schéma : l'index des personnes retient le téléphone de qui les aide ; l'ancien est à refaire."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Passe du schéma 7 au schéma 8 : chaque territoire attend que son index se refasse, s'il ne l'attend déjà."""
    op.execute(
        "INSERT INTO compteur (territoire, nom, valeur) SELECT territoire, 'index_a_refaire', 1 FROM territoire "
        "ON CONFLICT DO NOTHING"
    )
