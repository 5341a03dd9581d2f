"""Les tables du coffre, à leur dernière version. Leur création et leurs changements sont dans ``migrations``."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    false,
    literal_column,
    text,
)

metadonnees = MetaData()


def _du_dossier(cle: bool = False) -> Column[str]:
    return Column("dossier", String, ForeignKey("dossier.id"), primary_key=cle, nullable=False)


def _du_jour(genre: str) -> Index:
    colonnes = (text("json_extract(document, '$.date')"), text("json_extract(document, '$.heure')"))
    return Index(f"{genre}_du_jour", *colonnes, sqlite_where=text(f"genre = '{genre}'"))


# Un objet, de quelque genre qu'il soit.
dossier = Table(
    "dossier",
    metadonnees,
    Column("id", String, primary_key=True),
    Column("document", String, nullable=False),
    # L'opération qui l'a créé ici : elle a posé tout champ que la table pose ne nomme pas. Vide s'il vient du registre.
    Column("creation", String, nullable=False),
    Column("titre", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("reference", String, nullable=False, index=True),
    Column("discret", Boolean, nullable=False),
    Column("etat", String, nullable=False),
    Column("cree_le", String, nullable=False),
    Column("modifie_le", String, nullable=False),
    Column("agent", String, nullable=False),
    # Le dossier où celui-ci a été fondu.
    Column("absorbe_par", String),
    # Le numéro provisoire, tel qu'il se cherche ; jamais celui d'un dossier discret.
    Column("provisoire", String, index=True),
    Column("genre", String, nullable=False),
    # Le dossier dont il suit le sort, celui où il a été fondu compris.
    Column("rattache", String, index=True),
    # Tout ce qu'il faut pour compter ceux d'un jour sans lire leurs documents.
    Index("dossier_du_jour", "cree_le", "etat", "genre", "discret"),
    # Les derniers changés, dans leur ordre : la première chose que montre l'accueil.
    Index("dossier_recents", "modifie_le", "id", "genre", "etat"),
    # Avant chaque lecture : qui est écarté de quoi, et ce qui s'est fondu dans ce qui ne s'ouvre pas.
    Index("dossier_rattache_du_genre", "genre", sqlite_where=text("rattache IS NOT NULL")),
    Index("dossier_absorbe", "absorbe_par", sqlite_where=text("absorbe_par IS NOT NULL")),
    # « Mes dossiers » : le dernier à y avoir écrit, sans lire un document.
    Index("dossier_par_agent", "agent", "id"),
    # Un jour, une semaine, un mois d'un lieu : ce qui s'y lit ne parcourt ni les dossiers, ni les autres jours.
    *(_du_jour(genre) for genre in ("rendez_vous", "occupation", "passage")),
)

# La prochaine échéance d'un dossier, telle qu'un bilan l'a dite ; ``le`` vide : il n'y en a pas. Elle part dès que le
# document change, et un dossier discret n'en a jamais.
echeance = Table(
    "echeance",
    metadonnees,
    _du_dossier(cle=True),
    Column("le", String, index=True),
    Column("lue_le", String, nullable=False),
)

# Tout ce qui a une date dans un dossier ouvert : ce que son document dit seul, refait à chaque écriture, et les délais
# de ses voies, tels qu'un bilan les a dits. Un dossier discret n'en a jamais. ``commun`` : une liste commune peut le
# lire ; jamais ce qui dirait une violence. ``qui`` : les agents nommés qui en répondent, chacun entre deux barres.
rappel = Table(
    "rappel",
    metadonnees,
    _du_dossier(cle=True),
    Column("cle", String, primary_key=True),
    Column("nature", String, nullable=False),
    Column("le", String, nullable=False),
    Column("fin", String, nullable=False),
    Column("depuis", String, nullable=False),
    Column("objet", String, nullable=False),
    Column("libelle", String, nullable=False),
    Column("commun", Boolean, nullable=False),
    Column("qui", String, nullable=False, server_default=""),
    # Compter ce qui presse ne lit que cet index.
    Index("rappel_du_jour", "commun", "nature", "le", "fin", "qui"),
    sqlite_with_rowid=False,
)

# Ce qu'une commission lira de la demande officielle d'un dossier, discret ou non : les mêmes colonnes pour tous, dont
# aucune ne dit pourquoi. Elle part dès que le document change ; ``sous`` : les règles dont elle est tirée, hors
# desquelles elle ne vaut plus.
candidature = Table(
    "candidature",
    metadonnees,
    _du_dossier(cle=True),
    Column("sous", String, nullable=False),
    Column("lue_le", String, nullable=False),
    Column("points", Float),
    Column("minimum", Float),
    Column("maximum", Float),
    Column("recue", String),
    Column("faits", String, nullable=False),
    Column("nombres", String, nullable=False),
    Column("secteurs", String, nullable=False),
    Column("raisons", String, nullable=False),
    sqlite_with_rowid=False,
)

# Une date que quelqu'un a remise à plus tard, et pourquoi. De ce poste seul : ailleurs, la date se dit encore.
report = Table(
    "report",
    metadonnees,
    _du_dossier(cle=True),
    Column("cle", String, primary_key=True),
    Column("jusqu_au", String, nullable=False),
    Column("motif", String, nullable=False),
    Column("agent", String, nullable=False),
    Column("le", String, nullable=False),
)

operation = Table(
    "operation",
    metadonnees,
    Column("id", String, primary_key=True),
    Column("territoire", String, nullable=False),
    Column("poste", String, nullable=False),
    Column("epoque", String, nullable=False),
    Column("rang", Integer, nullable=False),
    _du_dossier(),
    Column("entete", LargeBinary, nullable=False),
    Column("empreinte", LargeBinary, nullable=False),
    # La purge efface contenu et sel ; l'en-tête garde leur empreinte et la chaîne reste vérifiable.
    Column("sel", LargeBinary),
    Column("contenu", LargeBinary),
    Index("operation_chaine", "territoire", "poste", "epoque", "rang", unique=True),
    Index("operation_dossier", "dossier"),
)

pose = Table(
    "pose",
    metadonnees,
    _du_dossier(cle=True),
    Column("chemin", String, primary_key=True),
    Column("operation", String, ForeignKey("operation.id"), nullable=False),
)

# L'ordre d'écriture dans ce fichier : un identifiant UUIDv7 suit l'horloge, qui peut reculer.
ordre_des_operations: ColumnElement[int] = literal_column("operation.rowid")
ordre_des_poses: ColumnElement[int] = literal_column("pose.rowid")

brouillon = Table(
    "brouillon",
    metadonnees,
    _du_dossier(cle=True),
    Column("chemin", String, primary_key=True),
    Column("texte", String, nullable=False),
    Column("quand", String, nullable=False),
)

acces = Table(
    "acces",
    metadonnees,
    Column("id", String, primary_key=True),
    Column("agent", String, nullable=False),
    Column("quand", String, nullable=False),
    Column("action", String, nullable=False),
    Column("dossier", String),
    Index("acces_dossier", "dossier"),
)

reglage = Table(
    "reglage",
    metadonnees,
    Column("cle", String, primary_key=True),
    Column("valeur", String, nullable=False),
)

# Les agents de ce poste. Leur mot de passe est dans le trousseau ; ``raison`` (pourquoi il est fermé ; vide,
# il est ouvert) décide, quoi que le trousseau tienne encore. ``roles`` : séparés par une espace. ``provisoire`` : son
# mot de passe a été choisi par quelqu'un d'autre.
compte = Table(
    "compte",
    metadonnees,
    Column("nom", String, primary_key=True),
    Column("prenom", String, nullable=False),
    Column("service", String, nullable=False),
    Column("roles", String, nullable=False),
    Column("raison", String, nullable=False),
    Column("provisoire", Boolean, nullable=False),
    Column("ouvert_le", String, nullable=False),
    Column("ferme_le", String),
)

# Ce que chaque compte a été, et depuis quand, tel que ce poste le dit au registre. Rien ne s'en efface.
etat_de_compte = Table(
    "etat_de_compte",
    metadonnees,
    Column("id", String, primary_key=True),
    Column("nom", String, nullable=False),
    Column("roles", String, nullable=False),
    Column("ferme", Boolean, nullable=False),
    Column("depuis", String, nullable=False),
)

# Une ligne par personne cherchable ; jamais une personne d'un dossier discret.
personne = Table(
    "personne",
    metadonnees,
    Column("id", Integer, primary_key=True),
    _du_dossier(),
    Column("role", String, nullable=False),
    Column("noms", String, nullable=False),
    Column("prenoms", String, nullable=False),
    Column("naissance", String, nullable=False),
    Column("telephone", String, nullable=False),
    Column("numero", String, nullable=False),
    Index("personne_dossier", "dossier"),
)

# Combien de personnes portent chaque terme de l'index : on cherche d'abord par les plus rares.
frequence = Table(
    "frequence",
    metadonnees,
    Column("terme", String, primary_key=True),
    Column("nombre", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Un dossier discret n'a que cette ligne, à part de l'index : ce que la porte « seul à seul » compare, un motif écrit
# d'abord (``modele.ressemblance.porte``), et les agents qui en reçoivent les avis.
porte_discrete = Table(
    "porte_discrete",
    metadonnees,
    _du_dossier(cle=True),
    Column("noms", String, nullable=False),
    Column("prenoms", String, nullable=False),
    Column("du", String, nullable=False),
    Column("au", String, nullable=False),
    Column("referent", String, nullable=False, index=True),
    Column("suppleant", String, nullable=False, index=True),
)

# Ce qui se dit avec le registre

# La boîte d'envoi. ``etat`` : « attente », ou « envoyee » (reçu tenu, réception pas encore appliquée).
# ``epoque`` et ``rang`` : la place sous laquelle l'opération part, qui peut n'être plus celle où elle est née.
envoi = Table(
    "envoi",
    metadonnees,
    Column("operation", String, ForeignKey("operation.id"), primary_key=True),
    Column("epoque", String, nullable=False),
    Column("rang", Integer, nullable=False),
    Column("etat", String, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("essais", Integer, nullable=False),
    Column("depuis", String, nullable=False),
    # Renvoyée à une base restaurée, elle est dans ce que ce poste en repropose.
    Column("comprise", Boolean, nullable=False, server_default=false()),
    Index("envoi_chaine", "epoque", "rang", unique=True),
)

ordre_des_envois: ColumnElement[int] = literal_column("envoi.rowid")

# L'en-tête d'une opération passée dans une époque neuve. En ajout seul, comme ``operation``.
rechaine = Table(
    "rechaine",
    metadonnees,
    Column("epoque", String, primary_key=True),
    Column("rang", Integer, primary_key=True),
    Column("operation", String, ForeignKey("operation.id"), nullable=False),
    Column("entete", LargeBinary, nullable=False),
    Column("empreinte", LargeBinary, nullable=False),
)

# Le dernier état convenu avec le registre. ``sequence`` 0 : à relire.
miroir = Table(
    "miroir",
    metadonnees,
    _du_dossier(cle=True),
    Column("etat", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sequence", Integer, nullable=False, index=True),
)

# Ce que le registre a dit en dernier d'un objet, scellé par lui ; il le relit s'il est restauré.
titre = Table(
    "titre",
    metadonnees,
    Column("dossier", String, primary_key=True),
    Column("texte", String, nullable=False),
)

# Ce que ce poste tenait d'une base que le registre a perdue. ``sort`` : ce qu'il en a répondu ; vide, rien encore.
mise_de_cote = Table(
    "mise_de_cote",
    metadonnees,
    Column("titre", String, primary_key=True),
    Column("dossier", String, nullable=False, index=True),
    Column("etat", LargeBinary),
    Column("sort", String, nullable=False),
)

divergence = Table(
    "divergence",
    metadonnees,
    _du_dossier(cle=True),
    Column("unite", String, primary_key=True),
)

curseur = Table(
    "curseur",
    metadonnees,
    Column("territoire", String, primary_key=True),
    Column("jusque", Integer, nullable=False),
    Column("poignee", String, nullable=False),
)

quarantaine = Table(
    "quarantaine",
    metadonnees,
    Column("operation", String, ForeignKey("operation.id"), primary_key=True),
    Column("code", String, nullable=False),
    Column("cause", String, nullable=False),
    Column("depuis", String, nullable=False),
    Column("classee_le", String),
)

# Ce que le registre a répondu, pour toujours. ``champs`` : liste JSON.
recu = Table(
    "recu",
    metadonnees,
    Column("operation", String, ForeignKey("operation.id"), primary_key=True),
    Column("issue", String, nullable=False),
    Column("champs", String, nullable=False),
    Column("quand", String, nullable=False, index=True),
)

# ``raisons`` : liste JSON. ``ecarte`` : une personne a dit que ce n'est pas la même.
doublon = Table(
    "doublon",
    metadonnees,
    _du_dossier(cle=True),
    Column("autre", String, primary_key=True),
    Column("guichet", String, nullable=False),
    Column("raisons", String, nullable=False),
    Column("score", Float, nullable=False),
    Column("ecarte", Boolean, nullable=False),
)

referentiel = Table(
    "referentiel",
    metadonnees,
    Column("nom", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("contenu", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("recu_le", String, nullable=False),
)

# Un dossier créé par erreur. ``mots`` : vide dès qu'il est effacé ; il n'en reste alors que cette ligne, sans contenu.
suppression = Table(
    "suppression",
    metadonnees,
    _du_dossier(cle=True),
    Column("le", String, nullable=False),
    Column("raison", String, nullable=False),
    Column("mots", String, nullable=False),
    Column("jusqu_au", String, nullable=False, index=True),
)

# Le nom des autres postes, pour dire d'où vient une valeur.
poste_connu = Table(
    "poste_connu",
    metadonnees,
    Column("id", String, primary_key=True),
    Column("nom", String, nullable=False),
    Column("guichet", String, nullable=False),
)
