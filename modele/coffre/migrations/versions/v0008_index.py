"""Huitième schéma : l'index garde une naissance au mois ou à l'année, et tout nom à plat, de quelque écriture."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Passe du schéma 7 au schéma 8 : aucune table ne change ; ``migration`` refait l'index des documents."""
