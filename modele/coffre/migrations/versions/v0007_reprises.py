"""Septième schéma : ce que le registre a dit de chaque objet, et ce qui se met de côté quand il est restauré."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Passe du schéma 6 au schéma 7 : aucun titre n'est encore tenu, le prochain échange les demande."""
    op.create_table(
        "titre",
        sa.Column("dossier", sa.String, primary_key=True),
        sa.Column("texte", sa.String, nullable=False),
    )
    op.create_table(
        "mise_de_cote",
        sa.Column("titre", sa.String, primary_key=True),
        sa.Column("dossier", sa.String, nullable=False, index=True),
        sa.Column("etat", sa.LargeBinary),
        sa.Column("sort", sa.String, nullable=False),
    )
    op.add_column("envoi", sa.Column("comprise", sa.Boolean, nullable=False, server_default=sa.false()))
