"""Deuxième schéma : boîte d'envoi, miroir, curseur, divergences, quarantaine, reçus, doublons, référentiels.

Rien n'est jamais parti d'un coffre du premier schéma : toutes ses opérations entrent dans la boîte d'envoi.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_FIGES = ("id", "territoire", "poste", "epoque", "rang", "dossier", "entete", "empreinte")


def upgrade() -> None:
    """Passe du schéma 1 au schéma 2."""
    op.add_column("dossier", sa.Column("absorbe_par", sa.String))
    op.add_column("dossier", sa.Column("provisoire", sa.String))
    op.create_index("ix_dossier_provisoire", "dossier", ["provisoire"])
    _envois()
    _reception()
    _annexes()
    _purge_permise()
    _tout_est_a_envoyer()


def _envois() -> None:
    op.create_table(
        "envoi",
        sa.Column("operation", sa.String, sa.ForeignKey("operation.id"), primary_key=True),
        sa.Column("epoque", sa.String, nullable=False),
        sa.Column("rang", sa.Integer, nullable=False),
        sa.Column("etat", sa.String, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("essais", sa.Integer, nullable=False),
        sa.Column("depuis", sa.String, nullable=False),
        sa.Index("envoi_chaine", "epoque", "rang", unique=True),
    )
    op.create_table(
        "rechaine",
        sa.Column("epoque", sa.String, primary_key=True),
        sa.Column("rang", sa.Integer, primary_key=True),
        sa.Column("operation", sa.String, sa.ForeignKey("operation.id"), nullable=False),
        sa.Column("entete", sa.LargeBinary, nullable=False),
        sa.Column("empreinte", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "quarantaine",
        sa.Column("operation", sa.String, sa.ForeignKey("operation.id"), primary_key=True),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("cause", sa.String, nullable=False),
        sa.Column("depuis", sa.String, nullable=False),
        sa.Column("classee_le", sa.String),
    )
    op.create_table(
        "recu",
        sa.Column("operation", sa.String, sa.ForeignKey("operation.id"), primary_key=True),
        sa.Column("issue", sa.String, nullable=False),
        sa.Column("champs", sa.String, nullable=False),
        sa.Column("quand", sa.String, nullable=False, index=True),
    )


def _reception() -> None:
    op.create_table(
        "miroir",
        sa.Column("dossier", sa.String, sa.ForeignKey("dossier.id"), primary_key=True),
        sa.Column("etat", sa.LargeBinary, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False, index=True),
    )
    op.create_table(
        "divergence",
        sa.Column("dossier", sa.String, sa.ForeignKey("dossier.id"), primary_key=True),
        sa.Column("unite", sa.String, primary_key=True),
    )
    op.create_table(
        "curseur",
        sa.Column("territoire", sa.String, primary_key=True),
        sa.Column("jusque", sa.Integer, nullable=False),
        sa.Column("poignee", sa.String, nullable=False),
    )


def _annexes() -> None:
    op.create_table(
        "doublon",
        sa.Column("dossier", sa.String, sa.ForeignKey("dossier.id"), primary_key=True),
        sa.Column("autre", sa.String, primary_key=True),
        sa.Column("guichet", sa.String, nullable=False),
        sa.Column("raisons", sa.String, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("ecarte", sa.Boolean, nullable=False),
    )
    op.create_table(
        "referentiel",
        sa.Column("nom", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("contenu", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        sa.Column("recu_le", sa.String, nullable=False),
    )
    op.create_table(
        "poste_connu",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("nom", sa.String, nullable=False),
        sa.Column("guichet", sa.String, nullable=False),
    )


def _purge_permise() -> None:
    """Une opération reste figée, sauf à perdre ensemble son contenu et son sel."""
    op.execute("DROP TRIGGER operation_figee")
    identique = " AND ".join(f"NEW.{colonne} IS OLD.{colonne}" for colonne in _FIGES)
    op.execute(
        "CREATE TRIGGER operation_figee BEFORE UPDATE ON operation "
        f"WHEN NOT (NEW.sel IS NULL AND NEW.contenu IS NULL AND {identique}) "
        "BEGIN SELECT RAISE(ABORT, 'operation : ajout seul'); END"
    )
    for geste in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER rechaine_{geste.lower()} BEFORE {geste} ON rechaine "
            "BEGIN SELECT RAISE(ABORT, 'rechaine : ajout seul'); END"
        )


def _tout_est_a_envoyer() -> None:
    op.execute(
        "INSERT INTO envoi(operation, epoque, rang, etat, sequence, essais, depuis) "
        "SELECT id, epoque, rang, 'attente', 0, 0, "
        "substr(json_extract(CAST(entete AS TEXT), '$.fait_le.utc'), 1, 19) || '.000000+00:00' "
        "FROM operation ORDER BY rowid"
    )
    op.execute("INSERT INTO reglage(cle, valeur) SELECT 'poste.nom', valeur FROM reglage WHERE cle = 'identite.poste'")
