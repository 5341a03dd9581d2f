"""Premier schéma : accès, opérations et dossiers, périmètres, personnes, consultations, référentiels."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Crée les tables du schéma 1."""
    _acces()
    _dossiers()
    _personnes()
    _annexes()


def _acces() -> None:
    """Territoires, guichets, postes et ce qui les fait entrer."""
    op.create_table(
        "defi",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("valeur", sa.Text, primary_key=True),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=False),
        sa.Index("defi_expiration", "territoire", "expire_le"),
    )
    op.create_table(
        "jeton",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("empreinte", sa.LargeBinary, primary_key=True),
        sa.Column("poste", sa.Text, nullable=False),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=False),
        sa.Index("jeton_expiration", "territoire", "expire_le"),
    )
    op.create_table(
        "territoire",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("nom", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("poignee", sa.Text, nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "cle_registre",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("nom", sa.Text, primary_key=True),
        sa.Column("valeur", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["territoire"], ["territoire.territoire"]),
    )
    op.create_table(
        "guichet",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("nom", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["territoire"], ["territoire.territoire"]),
    )
    op.create_table(
        "code_enrolement",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("empreinte", sa.LargeBinary, primary_key=True),
        sa.Column("guichet", sa.Text, nullable=False),
        sa.Column("roles", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("utilise_le", sa.DateTime(timezone=True)),
        sa.Column("poste", sa.Text),
        sa.ForeignKeyConstraint(["territoire", "guichet"], ["guichet.territoire", "guichet.id"]),
    )
    op.create_table(
        "poste",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("guichet", sa.Text, nullable=False),
        sa.Column("nom", sa.Text, nullable=False),
        sa.Column("cle_signature", sa.LargeBinary, nullable=False),
        sa.Column("cle_scellement", sa.LargeBinary, nullable=False),
        sa.Column("roles", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("enrole_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoque_le", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["territoire", "guichet"], ["guichet.territoire", "guichet.id"]),
        sa.Index("poste_guichet", "territoire", "guichet"),
    )


def _dossiers() -> None:
    """Les chaînes, leurs opérations, les dossiers et qui les tient."""
    op.create_table(
        "chaine",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("epoque", sa.Text, primary_key=True),
        sa.Column("poste", sa.Text, nullable=False),
        sa.Column("rang", sa.BigInteger, nullable=False),
        sa.Column("tete", sa.LargeBinary),
    )
    op.create_table(
        "dossier",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("etat", sa.LargeBinary),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("discret", sa.Boolean, nullable=False),
        sa.Column("tombe", sa.Text),
        sa.Column("poste", sa.Text, nullable=False),
        sa.Column("guichet", sa.Text, nullable=False),
        sa.Column("recu_le", sa.DateTime(timezone=True), nullable=False),
        sa.Index("dossier_guichet", "territoire", "guichet"),
    )
    op.create_table(
        "operation",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("epoque", sa.Text, nullable=False),
        sa.Column("rang", sa.BigInteger, nullable=False),
        sa.Column("poste", sa.Text, nullable=False),
        sa.Column("dossier", sa.Text, nullable=False),
        sa.Column("entete", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        sa.Column("sel", sa.LargeBinary),
        sa.Column("contenu", sa.LargeBinary),
        sa.Column("issue", sa.LargeBinary, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("recue_le", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("territoire", "epoque", "rang", name="operation_chaine"),
        sa.Index("operation_dossier", "territoire", "dossier"),
    )
    op.create_table(
        "perimetre",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("poste", sa.Text, primary_key=True),
        sa.Column("dossier", sa.Text, primary_key=True),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("sorti", sa.Boolean, nullable=False),
        sa.Index("perimetre_dossier", "territoire", "dossier"),
        sa.Index("perimetre_journal", "territoire", "poste", "sequence"),
    )


def _personnes() -> None:
    """Les personnes cherchables, les ressemblances écartées, les numéros uniques."""
    op.create_table(
        "compteur",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("nom", sa.Text, primary_key=True),
        sa.Column("valeur", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "doublon_ecarte",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("a", sa.Text, primary_key=True),
        sa.Column("b", sa.Text, primary_key=True),
        sa.Column("poste", sa.Text, nullable=False),
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("quand", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "numero_unique",
        sa.Column("numero", sa.Text, primary_key=True),
        sa.Column("territoire", sa.Text, nullable=False),
        sa.Column("dossier", sa.Text, nullable=False),
        sa.Column("donne_le", sa.DateTime(timezone=True)),
        sa.Index("numero_unique_dossier", "territoire", "dossier"),
    )
    op.create_table(
        "personne",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("dossier", sa.Text, primary_key=True),
        sa.Column("rang", sa.Integer, primary_key=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("noms", sa.Text, nullable=False),
        sa.Column("prenoms", sa.Text, nullable=False),
        sa.Column("naissance", sa.Text, nullable=False),
        sa.Column("telephone", sa.Text, nullable=False),
        sa.Column("numero", sa.Text, nullable=False),
        sa.Column("sons", sa.ARRAY(sa.Text), nullable=False),
        sa.Index("personne_naissance", "territoire", "naissance"),
        sa.Index("personne_telephone", "territoire", "telephone", postgresql_where=sa.text("telephone <> ''")),
        sa.Index("personne_numero", "territoire", "numero", postgresql_where=sa.text("numero <> ''")),
    )
    op.create_table(
        "terme",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("terme", sa.Text, primary_key=True),
        sa.Column("dossier", sa.Text, primary_key=True),
        sa.Index("terme_dossier", "territoire", "dossier"),
    )


def _annexes() -> None:
    """Les consultations et les référentiels publiés."""
    op.create_table(
        "consultation",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("poste", sa.Text, nullable=False),
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("quand", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("dossiers", sa.ARRAY(sa.Text), nullable=False),
        sa.Index("consultation_date", "territoire", "quand"),
    )
    op.create_table(
        "referentiel",
        sa.Column("territoire", sa.Text, primary_key=True),
        sa.Column("nom", sa.Text, primary_key=True),
        sa.Column("version", sa.BigInteger, primary_key=True),
        sa.Column("contenu", sa.LargeBinary, nullable=False),
        sa.Column("taille", sa.BigInteger, nullable=False),
        sa.Column("empreinte", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        sa.Column("publie_le", sa.DateTime(timezone=True), nullable=False),
    )
