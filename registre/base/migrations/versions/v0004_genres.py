"""Quatrième schéma : des objets de plusieurs genres, et ceux qui suivent le sort d'un dossier."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Passe du schéma 3 au schéma 4 : tout ce que la base tient est un dossier."""
    op.add_column("dossier", sa.Column("genre", sa.Text, nullable=False, server_default="dossier"))
    # Une valeur par défaut cacherait un oubli : chaque écriture dit le sien.
    op.alter_column("dossier", "genre", server_default=None)
    op.add_column("dossier", sa.Column("rattache", sa.Text))
    op.create_index(
        "dossier_rattache", "dossier", ["territoire", "rattache"], postgresql_where=sa.text("rattache IS NOT NULL")
    )
    # Un poste sans rôle faisait tout ce que fait un agent ; désormais, ce qu'aucun rôle ne dit est refusé.
    for table in ("poste", "code_enrolement"):
        op.execute(f"UPDATE {table} SET roles = ARRAY['agent'] WHERE roles = '{{}}'")
