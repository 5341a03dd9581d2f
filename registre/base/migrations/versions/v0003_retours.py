"""Troisième schéma : quels postes ne sont pas revenus depuis que la base a été restaurée."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Passe du schéma 2 au schéma 3 : aucun poste n'est attendu, rien n'a été restauré."""
    op.add_column("poste", sa.Column("attendu", sa.Boolean, nullable=False, server_default=sa.false()))
    # Une valeur par défaut cacherait un oubli : chaque écriture dit la sienne.
    op.alter_column("poste", "attendu", server_default=None)
