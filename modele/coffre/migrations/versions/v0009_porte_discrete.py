"""Neuvième schéma : la porte d'un dossier discret admet l'orthographe et l'année, et dit à qui vont ses avis."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Passe du schéma 8 au schéma 9 : la table des portes se refait ; ``migration`` la remplit des documents."""
    op.drop_table("porte_discrete")
    op.create_table(
        "porte_discrete",
        sa.Column("dossier", sa.String, sa.ForeignKey("dossier.id"), primary_key=True),
        *(sa.Column(nom, sa.String, nullable=False) for nom in ("noms", "prenoms", "du", "au")),
        *(sa.Column(nom, sa.String, nullable=False, index=True) for nom in ("referent", "suppleant")),
    )
