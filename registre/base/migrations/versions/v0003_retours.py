"""Troisième schéma : quels postes ne sont pas revenus, ou n'ont pas tout renvoyé, depuis une restauration."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Passe du schéma 2 au schéma 3 : aucun poste n'est attendu, rien n'a été restauré."""
    for colonne in ("absent", "attendu"):
        op.add_column("poste", sa.Column(colonne, sa.Boolean, nullable=False, server_default=sa.false()))
        # Une valeur par défaut cacherait un oubli : chaque écriture dit la sienne.
        op.alter_column("poste", colonne, server_default=None)
