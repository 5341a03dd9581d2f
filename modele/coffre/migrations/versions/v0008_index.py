"""Huitième schéma : l'index garde aussi une naissance connue au mois ou à l'année."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Passe du schéma 7 au schéma 8 : aucune table ne change ; ``migration`` refait l'index des documents."""
