"""Les petites tables : brouillons, accès, réglages, listes. Dans la transaction qu'on leur donne."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, or_, select
from uuid_utils import uuid7

from modele.coffre import schema
from modele.coffre.instants import en_utc
from modele.coffre.lignes import OUVERT, resumables, resume
from modele.coffre.listes import AccesNote, Brouillon, Recent, Reprise, SansNom
from modele.dossier.acces import Acces, Geste, relire
from modele.dossier.operations import DOSSIER

_UNE_MINUTE: Final = timedelta(minutes=1)
_UN_AN: Final = timedelta(days=365)
"""Ce que dure au plus la trace d'une voie ouverte, ou d'une recherche « seul à seul »."""
_PASSENT: Final = tuple(acces.ecrire() for acces in (Acces.VOIE_OUVERTE, Acces.SEUL_A_SEUL))


def garder_brouillon(connexion: Connection, dossier: str, chemin: str, texte: str, quand: datetime) -> None:
    """Garde, ou remplace, le texte en cours d'un champ."""
    connexion.execute(
        insert(schema.brouillon).prefix_with("OR REPLACE"),
        {"dossier": dossier, "chemin": chemin, "texte": texte, "quand": en_utc(quand)},
    )


def brouillons(connexion: Connection, dossier: str) -> list[Brouillon]:
    """Les brouillons d'un dossier, du plus ancien au plus récent."""
    table = schema.brouillon
    requete = select(table).where(table.c.dossier == dossier).order_by(table.c.quand)
    return [
        Brouillon(ligne.chemin, ligne.texte, datetime.fromisoformat(ligne.quand))
        for ligne in connexion.execute(requete)
    ]


def reprises(connexion: Connection, discrets: bool) -> list[Reprise]:
    """Les brouillons de tous les dossiers, le plus récent d'abord ; d'un dossier discret, ni champ ni texte.

    ``discrets`` : qui les lit a le droit de lire un dossier discret.
    """
    colonnes = schema.brouillon.c
    requete = (
        resumables()
        .add_columns(colonnes.chemin, colonnes.texte, colonnes.quand)
        .join(schema.brouillon)
        .where(schema.dossier.c.etat == OUVERT, schema.dossier.c.genre == DOSSIER)
        .order_by(colonnes.quand.desc())
    )
    if not discrets:
        requete = requete.where(schema.dossier.c.discret.is_(False))
    return [
        Reprise(
            ligne.id,
            resume(ligne),
            "" if ligne.discret else ligne.chemin,
            "" if ligne.discret else ligne.texte,
            datetime.fromisoformat(ligne.quand),
        )
        for ligne in connexion.execute(requete)
    ]


def recents(connexion: Connection, limite: int) -> list[Recent]:
    """Les derniers dossiers modifiés."""
    table = schema.dossier
    ouverts = resumables().where(table.c.etat == OUVERT, table.c.genre == DOSSIER)
    # L'accueil les lit par lots : à égalité (un import), un ordre qui changerait avec la limite en sauterait un.
    lignes = connexion.execute(ouverts.order_by(table.c.modifie_le.desc(), table.c.id.desc()).limit(limite))
    return [Recent(ligne.id, resume(ligne)) for ligne in lignes]


def sans_nom(connexion: Connection, agent: str, limite: int) -> list[SansNom]:
    """Les dossiers que cet agent a créés ici et qui n'ont pas de nom, discrets compris, le dernier d'abord.

    Discret ou non, rien ne les distingue : c'est la liste de cet agent, et un autre peut la lire par-dessus son épaule.
    """
    table, acces = schema.dossier.c, schema.acces.c
    cree_ici = select(acces.dossier).where(acces.action == Acces.CREER.ecrire(), acces.agent == agent)
    nommes = [func.json_type(table.document, f"$.demandeur.{nom}") for nom in ("nom", "nom_usage")]
    requete = (
        select(table.id, table.reference, table.cree_le)
        .where(table.etat == OUVERT, table.genre == DOSSIER, table.id.in_(cree_ici))
        .where(*(func.coalesce(un, "") != "text" for un in nommes))
        .order_by(table.cree_le.desc())
        .limit(limite)
    )
    lignes = connexion.execute(requete)
    return [SansNom(ligne.id, ligne.reference, datetime.fromisoformat(ligne.cree_le)) for ligne in lignes]


def compter(connexion: Connection) -> int:
    """Le nombre de dossiers que ce poste tient."""
    colonnes = schema.dossier.c
    ouverts = select(func.count()).where(colonnes.etat == OUVERT, colonnes.genre == DOSSIER)
    return connexion.execute(ouverts).scalar_one()


def noter(
    connexion: Connection, agent: str, quand: datetime, acces: Acces, dossier: str | None, motif: str = ""
) -> None:
    """Ajoute une ligne au journal des accès."""
    ecrit = acces.ecrire(motif)
    connexion.execute(
        insert(schema.acces),
        {"id": str(uuid7()), "agent": agent, "quand": en_utc(quand), "action": ecrit, "dossier": dossier},
    )


def noter_sans_dossier(connexion: Connection, agent: str, quand: datetime, note: Geste | None) -> None:
    """Ce geste du poste, qui ne touche aucun dossier ; rien, s'il n'y a rien à en garder."""
    if note is not None and note.acces is not None:
        noter(connexion, agent, quand, note.acces, None, note.motif)


def noter_une_voie(connexion: Connection, agent: str, quand: datetime) -> None:
    """Une voie immédiate s'est ouverte : qui, quand, et rien d'autre. Jamais deux fois pour la même minute."""
    oublier_les_anciens(connexion, quand)
    colonnes = schema.acces.c
    deja = select(colonnes.id).where(
        colonnes.action == Acces.VOIE_OUVERTE.ecrire(),
        colonnes.agent == agent,
        colonnes.quand > en_utc(quand - _UNE_MINUTE),
    )
    if connexion.execute(deja).first() is None:
        noter(connexion, agent, quand, Acces.VOIE_OUVERTE, None)


def oublier_les_anciens(connexion: Connection, quand: datetime) -> None:
    """Efface du journal les voies ouvertes et les recherches « seul à seul » d'il y a un an ou plus."""
    colonnes = schema.acces.c
    passees = (colonnes.action.in_(_PASSENT), colonnes.quand <= en_utc(quand - _UN_AN))
    connexion.execute(delete(schema.acces).where(*passees))


def acces(connexion: Connection, dossier: str | None) -> list[AccesNote]:
    """Le journal des accès, du plus ancien au plus récent."""
    requete = select(schema.acces).order_by(schema.acces.c.quand, schema.acces.c.id)
    lignes = connexion.execute(requete if dossier is None else requete.where(schema.acces.c.dossier == dossier))
    return [_note(ligne) for ligne in lignes]


def _note(ligne: Row[Any]) -> AccesNote:
    return AccesNote(ligne.agent, datetime.fromisoformat(ligne.quand), relire(ligne.action), ligne.dossier)


def derniers(connexion: Connection, lesquels: Collection[Acces], au_plus: int) -> list[AccesNote]:
    """Les dernières lignes du journal des accès qui disent l'un de ces gestes, la plus récente d'abord."""
    colonnes = schema.acces.c
    # Le motif, quand il y en a un, suit le mot.
    ecrits = [colonnes.action == un.ecrire() for un in lesquels]
    motives = [colonnes.action.startswith(un.debut, autoescape=True) for un in lesquels]
    requete = select(schema.acces).where(or_(*ecrits, *motives)).order_by(colonnes.quand.desc(), colonnes.id.desc())
    return [_note(ligne) for ligne in connexion.execute(requete.limit(au_plus))]


def reglage(connexion: Connection, cle: str, defaut: str = "") -> str:
    """La valeur d'un réglage."""
    table = schema.reglage
    trouve = connexion.execute(select(table.c.valeur).where(table.c.cle == cle)).scalar()
    return defaut if trouve is None else trouve


def reglages(connexion: Connection, prefixe: str) -> dict[str, str]:
    """Les réglages dont la clé commence ainsi."""
    table = schema.reglage
    requete = select(table).where(table.c.cle.startswith(prefixe, autoescape=True))
    return {ligne.cle: ligne.valeur for ligne in connexion.execute(requete)}


def regler(connexion: Connection, cle: str, valeur: str) -> None:
    """Pose un réglage."""
    connexion.execute(insert(schema.reglage).prefix_with("OR REPLACE"), {"cle": cle, "valeur": valeur})
