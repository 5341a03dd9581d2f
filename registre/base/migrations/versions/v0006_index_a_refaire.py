"""Sixième schéma : l'index des personnes retient plus (naissance à l'année, nom seul) ; celui d'avant est à refaire."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Passe du schéma 5 au schéma 6 : chaque territoire déjà là attend que son index se refasse, au démarrage."""
    op.execute("INSERT INTO compteur (territoire, nom, valeur) SELECT territoire, 'index_a_refaire', 1 FROM territoire")
