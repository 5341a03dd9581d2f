"""Dixième schéma : l'index croise chaque mot d'un nom avec le début des autres ; l'apostrophe n'y coupe plus un mot."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Passe du schéma 9 au schéma 10 : aucune table ne change ; ``migration`` refait l'index des documents."""
