"""Les tables du registre, à leur dernière version. Leur création et leurs changements sont dans ``migrations``.

``territoire`` est la première colonne de toute clé, contrainte et index : la base se distribue par territoire sans
changer le code. Seule exception : ``numero_unique``, dont l'unicité est nationale. Ni compteur global, ni déclencheur.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadonnees = MetaData()


def _territoire() -> Column[str]:
    return Column("territoire", Text, primary_key=True)


def _cle(nom: str) -> Column[str]:
    return Column(nom, Text, primary_key=True)


def _texte(nom: str) -> Column[str]:
    return Column(nom, Text, nullable=False)


def _octets(nom: str) -> Column[bytes]:
    return Column(nom, LargeBinary, nullable=False)


def _instant(nom: str) -> Column[Any]:
    return Column(nom, DateTime(timezone=True), nullable=False)


def _peut_etre(nom: str, type_: Any) -> Column[Any]:
    return Column(nom, type_, nullable=True)


def _nombre(nom: str) -> Column[int]:
    return Column(nom, BigInteger, nullable=False)


def _vers(table: str, *colonnes: str) -> ForeignKeyConstraint:
    """Seulement entre tables froides : une opération reçue ne paie aucune vérification."""
    cibles = ("territoire",) if table == "territoire" else ("territoire", "id")
    return ForeignKeyConstraint(colonnes, [f"{table}.{cible}" for cible in cibles])


# ``seq`` avance dans la transaction qui écrit : l'ordre des séquences est celui des validations.
# ``poignee`` change quand la base est restaurée : les postes repartent alors de zéro.
territoire = Table(
    "territoire",
    metadonnees,
    _territoire(),
    _texte("nom"),
    _nombre("seq"),
    _texte("poignee"),
    _instant("cree_le"),
)

guichet = Table(
    "guichet",
    metadonnees,
    _territoire(),
    _cle("id"),
    _texte("nom"),
    _vers("territoire", "territoire"),
)

# ``roles`` : parmi ceux de ``droits.toml``. La base a été restaurée : ``absent``, ce poste n'est pas encore revenu ;
# ``attendu``, il n'a pas encore tout renvoyé (``registre.service.retours``).
poste = Table(
    "poste",
    metadonnees,
    _territoire(),
    _cle("id"),
    _texte("guichet"),
    _texte("nom"),
    _octets("cle_signature"),
    _octets("cle_scellement"),
    Column("roles", ARRAY(Text), nullable=False),
    _instant("enrole_le"),
    _peut_etre("revoque_le", DateTime(timezone=True)),
    Column("absent", Boolean, nullable=False),
    Column("attendu", Boolean, nullable=False),
    _vers("guichet", "territoire", "guichet"),
    Index("poste_guichet", "territoire", "guichet"),
)

# Du code, seule l'empreinte est gardée. ``poste`` : qui l'a utilisé ; lui seul peut redemander la réponse perdue.
code_enrolement = Table(
    "code_enrolement",
    metadonnees,
    _territoire(),
    Column("empreinte", LargeBinary, primary_key=True),
    _texte("guichet"),
    Column("roles", ARRAY(Text), nullable=False),
    _instant("expire_le"),
    _peut_etre("utilise_le", DateTime(timezone=True)),
    _peut_etre("poste", Text),
    _vers("guichet", "territoire", "guichet"),
)

# Les défis déjà servis : un défi signé ne donne qu'un jeton.
defi = Table(
    "defi",
    metadonnees,
    _territoire(),
    _cle("valeur"),
    _instant("expire_le"),
    Index("defi_expiration", "territoire", "expire_le"),
)

# Du jeton, seule l'empreinte est gardée.
jeton = Table(
    "jeton",
    metadonnees,
    _territoire(),
    Column("empreinte", LargeBinary, primary_key=True),
    _texte("poste"),
    _instant("expire_le"),
    Index("jeton_expiration", "territoire", "expire_le"),
)

# Une époque appartient au premier poste enrôlé qui l'envoie. ``tete`` : empreinte de sa dernière opération.
chaine = Table(
    "chaine",
    metadonnees,
    _territoire(),
    _cle("epoque"),
    _texte("poste"),
    _nombre("rang"),
    _peut_etre("tete", LargeBinary),
)

# La purge efface ``sel`` et ``contenu`` ; l'en-tête garde leur empreinte et la chaîne reste vérifiable.
operation = Table(
    "operation",
    metadonnees,
    _territoire(),
    _cle("id"),
    _texte("epoque"),
    _nombre("rang"),
    _texte("poste"),
    _texte("dossier"),
    _octets("entete"),
    _octets("signature"),
    _peut_etre("sel", LargeBinary),
    _peut_etre("contenu", LargeBinary),
    _octets("issue"),
    _nombre("sequence"),
    _instant("recue_le"),
    UniqueConstraint("territoire", "epoque", "rang", name="operation_chaine"),
    Index("operation_dossier", "territoire", "dossier"),
)

# Un objet, de quelque genre qu'il soit. ``tombe`` : « purge », ou « absorbe:<dossier> ». ``poste`` et ``guichet`` : qui
# l'a ouvert. ``rattache`` : le dossier dont il suit le sort, celui où il a été fondu compris.
dossier = Table(
    "dossier",
    metadonnees,
    _territoire(),
    _cle("id"),
    _peut_etre("etat", LargeBinary),
    _nombre("version"),
    _nombre("sequence"),
    Column("discret", Boolean, nullable=False),
    _peut_etre("tombe", Text),
    _texte("poste"),
    _texte("guichet"),
    _instant("recu_le"),
    _texte("genre"),
    _peut_etre("rattache", Text),
    Index("dossier_guichet", "territoire", "guichet"),
    Index("dossier_rattache", "territoire", "rattache", postgresql_where=text("rattache IS NOT NULL")),
)

# Les bases dont celle-ci est la suite : chaque restauration en ajoute une, et la séquence jusqu'où elle la connaît.
lignee = Table(
    "lignee",
    metadonnees,
    _territoire(),
    _cle("poignee"),
    _nombre("sequence"),
    _instant("remise_le"),
)

# Les dossiers repris de ce qu'un poste en tenait, et jusqu'à quelle séquence de quelle base perdue.
repris = Table(
    "repris",
    metadonnees,
    _territoire(),
    _cle("dossier"),
    _cle("poignee"),
    _nombre("sequence"),
)

# Les dossiers qu'un poste en est sorti pour avoir vus devenir discrets, dans une base perdue ; à qui ils étaient alors.
discretion_sue = Table(
    "discretion_sue",
    metadonnees,
    _territoire(),
    _cle("dossier"),
    _cle("poignee"),
    _nombre("sequence"),
    _texte("poste"),
    _texte("guichet"),
)

# Qui tient quel dossier. Chaque opération acceptée y écrit sa séquence pour chaque poste : le journal d'un poste
# se lit dans un seul index. ``sorti`` : une tombe locale à lui envoyer.
perimetre = Table(
    "perimetre",
    metadonnees,
    _territoire(),
    _cle("poste"),
    _cle("dossier"),
    _nombre("sequence"),
    Column("sorti", Boolean, nullable=False),
    Index("perimetre_journal", "territoire", "poste", "sequence"),
    Index("perimetre_dossier", "territoire", "dossier"),
)

# Une ligne par personne cherchable ; jamais une personne d'un dossier discret. ``sons`` : ce qu'on entend de ses mots.
personne = Table(
    "personne",
    metadonnees,
    _territoire(),
    _cle("dossier"),
    Column("rang", Integer, primary_key=True),
    _texte("role"),
    _texte("noms"),
    _texte("prenoms"),
    _texte("naissance"),
    _texte("telephone"),
    _texte("numero"),
    Column("sons", ARRAY(Text), nullable=False),
    Index("personne_naissance", "territoire", "naissance"),
    Index("personne_telephone", "territoire", "telephone", postgresql_where=text("telephone <> ''")),
    Index("personne_numero", "territoire", "numero", postgresql_where=text("numero <> ''")),
)

# Un nom et un prénom tels qu'on les entend, et le dossier où ils sont : un arbre ordinaire, qui se distribue.
terme = Table(
    "terme",
    metadonnees,
    _territoire(),
    _cle("terme"),
    _cle("dossier"),
    Index("terme_dossier", "territoire", "dossier"),
)

# « Ce n'est pas la même personne » : ``a`` précède ``b``.
doublon_ecarte = Table(
    "doublon_ecarte",
    metadonnees,
    _territoire(),
    _cle("a"),
    _cle("b"),
    _texte("poste"),
    _texte("agent"),
    _instant("quand"),
)

# Le journal des accès : qui a lu quoi, quand, par quel geste. Aucun contenu.
consultation = Table(
    "consultation",
    metadonnees,
    _territoire(),
    _cle("id"),
    _texte("poste"),
    _texte("agent"),
    _instant("quand"),
    _texte("action"),
    Column("dossiers", ARRAY(Text), nullable=False),
    Index("consultation_date", "territoire", "quand"),
)

referentiel = Table(
    "referentiel",
    metadonnees,
    _territoire(),
    _cle("nom"),
    Column("version", BigInteger, primary_key=True),
    _octets("contenu"),
    _nombre("taille"),
    _octets("empreinte"),
    _octets("signature"),
    _instant("publie_le"),
)

# Ce qui se compte par territoire, hors des séquences : les numéros d'exemple donnés.
compteur = Table("compteur", metadonnees, _territoire(), _cle("nom"), _nombre("valeur"))

# La seule table nationale : un numéro unique ne désigne qu'un dossier, tous territoires confondus.
# ``donne_le`` : quand ce registre l'a fabriqué (territoire d'exemple) ; vide pour un numéro officiel, saisi ou reçu.
numero_unique = Table(
    "numero_unique",
    metadonnees,
    Column("numero", Text, primary_key=True),
    _texte("territoire"),
    _texte("dossier"),
    _peut_etre("donne_le", DateTime(timezone=True)),
    Index("numero_unique_dossier", "territoire", "dossier"),
)

# Les clés du registre, par territoire : signature (Ed25519), scellement (X25519), défis (HMAC).
cle_registre = Table(
    "cle_registre",
    metadonnees,
    _territoire(),
    _cle("nom"),
    _octets("valeur"),
    _vers("territoire", "territoire"),
)

# Ce qu'il faut, avec le mot de passe d'un agent, pour lire une copie de secours emportée ; détruite à trente jours.
part_de_copie = Table(
    "part_de_copie",
    metadonnees,
    _territoire(),
    _cle("poste"),
    _cle("nom"),
    _texte("code"),
    _instant("deposee_le"),
)

# Les comptes d'un poste, tels qu'il les déclare : chaque état, jamais retiré. ``depuis`` : à l'heure du poste.
compte = Table(
    "compte",
    metadonnees,
    _territoire(),
    _cle("poste"),
    _cle("id"),
    _texte("nom"),
    Column("roles", ARRAY(Text), nullable=False),
    Column("ferme", Boolean, nullable=False),
    _instant("depuis"),
    _instant("recu_le"),
)

# Les comptes fermés au registre, et rouverts ; à son heure. Aucune ligne ne s'efface.
fermeture = Table(
    "fermeture",
    metadonnees,
    _territoire(),
    _cle("poste"),
    _cle("nom"),
    Column("ferme_le", DateTime(timezone=True), primary_key=True),
    _peut_etre("rouvert_le", DateTime(timezone=True)),
)

# Ce que chaque poste a dit tenir de ce que le territoire publie : qui est en retard.
information_tenue = Table(
    "information_tenue",
    metadonnees,
    _territoire(),
    _cle("poste"),
    _cle("nom"),
    Column("version", BigInteger, nullable=False),
    _instant("dite_le"),
)

# Ce qu'un essai de formation a donné, étape par étape : ni auteur, ni poste, ni date. ``lot`` : avec quels autres il se
# montre, jamais seul ; ``jeton`` : pour ne pas le compter deux fois.
compte_de_formation = Table(
    "compte_de_formation",
    metadonnees,
    _territoire(),
    _cle("cas"),
    _cle("version"),
    _cle("jeton"),
    _cle("etape"),
    *(_nombre(nom) for nom in ("lot", "justes", "oublis", "a_discuter")),
)
