"""Huitième schéma : les mêmes tables ; ``migration`` refait l'index, où toute écriture se cherche à plat."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Passe du schéma 7 au schéma 8 : rien ne change de forme, seul ce qui est indexé se refait des documents."""
