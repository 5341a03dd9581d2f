"""Septième schéma : l'index des personnes retient plus (naissance à l'année, nom seul) ; l'ancien est à refaire."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Passe du schéma 6 au schéma 7 : chaque territoire déjà là attend que son index se refasse, au démarrage."""
    op.execute("INSERT INTO compteur (territoire, nom, valeur) SELECT territoire, 'index_a_refaire', 1 FROM territoire")
