"""Quinzième schéma : les derniers dossiers se lisent dans leur ordre, sans relire tous les autres."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Passe du schéma 14 au schéma 15."""
    # Le neuf commence par la même colonne.
    op.drop_index("ix_dossier_modifie_le", "dossier", if_exists=True)
    op.create_index("dossier_recents", "dossier", ["modifie_le", "id", "genre", "etat"], if_not_exists=True)
