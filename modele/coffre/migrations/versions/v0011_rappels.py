"""Onzième schéma : chaque date d'un dossier a sa ligne, que l'accueil lit sans relire un document."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Passe du schéma 10 au schéma 11 : ``migration`` remplit la table des documents."""
    textes = ("nature", "le", "fin", "depuis", "objet", "libelle")
    op.create_table(
        "rappel",
        sa.Column("dossier", sa.String, sa.ForeignKey("dossier.id"), primary_key=True, nullable=False),
        sa.Column("cle", sa.String, primary_key=True, nullable=False),
        *(sa.Column(nom, sa.String, nullable=False) for nom in textes),
        sa.Column("commun", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("rappel_du_jour", "rappel", ["commun", "nature", "le", "fin", "depuis"])
    # Les délais des voies se relisent d'un bilan.
    op.execute("DELETE FROM echeance")
