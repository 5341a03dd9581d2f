"""Lire l'agenda, en SQL : ce qui est pris, ce que l'auteur a le droit d'en lire. Dans la transaction donnée."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, func, literal_column, or_, select
from sqlalchemy.dialects import sqlite

from modele.coffre import avis, comptes, schema
from modele.coffre.lignes import OUVERT
from modele.dossier.codes import reference_courte
from modele.droits import Auteur
from modele.protection.referents import meme_agent
from modele.rendez_vous import Creneau, Evitement, designe, lire_heure, qui_se_genent
from modele.rendez_vous.lignes import ANNULE, DONNE, Conflit, LigneDAgenda, RendezVous

_OBJET: Final = schema.dossier.c
_SUIVI: Final = schema.dossier.alias("suivi")
_PORTE: Final = schema.porte_discrete.c
_RATTACHE: Final = 16
"""Le rang, dans une ligne de rendez-vous, du dossier qu'il suit."""
_PLACES: Final = schema.dossier.alias("place")


def champ(nom: str, table: Any = _OBJET) -> ColumnElement[Any]:
    """Ce champ du document, tel que l'index du jour le range."""
    # Un littéral : l'index s'exprime ainsi, et un paramètre ne le trouverait pas.
    return func.json_extract(table.document, literal_column(f"'$.{nom}'"))


def du_genre(genre: str, table: Any = _OBJET) -> tuple[ColumnElement[bool], ...]:
    """Les objets de ce genre que ce poste tient."""
    return table.genre == literal_column(f"'{genre}'"), table.etat == OUVERT


def _dit(nom: str, sinon: Any = "") -> ColumnElement[Any]:
    return func.coalesce(champ(nom), literal_column(repr(sinon))).label(nom)


# L'ordre de ces colonnes est celui que lisent ``_creneau`` et ``_rendez_vous`` : par rang, cinq mille lignes à la fois.
_QUAND: Final = (_dit("date", "0001-01-01"), _dit("heure", "00:00"), _dit("duree", 30), _dit("lieu"), _dit("avec"))
_DITS: Final = tuple(
    _dit(nom)
    for nom in (
        "type",
        "etat",
        "objet",
        "langue",
        "interprete",
        "motif",
        "passage",
        "occupation",
        "deplace_le",
        "rappele_pour",
    )
)
_RENDEZ_VOUS: Final = (
    select(
        *(_OBJET.id, *_QUAND, *_DITS, _OBJET.rattache, _OBJET.discret, _SUIVI.c.titre.label("nom")),
        *(_SUIVI.c.reference.label("ref"), _PORTE.referent, _PORTE.suppleant),
    )
    .select_from(schema.dossier)
    .outerjoin(_SUIVI, _SUIVI.c.id == _OBJET.rattache)
    .outerjoin(schema.porte_discrete, _PORTE.dossier == _OBJET.rattache)
    .where(*du_genre("rendez_vous"))
)
_OCCUPES: Final = select(_OBJET.id, *_QUAND, champ("garde_avec").label("garde_avec")).where(
    *du_genre("occupation"), champ("etat") == literal_column("'occupe'")
)


def lignes(connexion: Connection, lieu: str, du: date, au: date, auteur: Auteur) -> list[LigneDAgenda]:
    """Ce qui est pris dans ce lieu, dans l'ordre : les rendez-vous qu'il lit, « occupé » pour le reste."""
    lus = _lire_nu(connexion, "rendez_vous", lieu, du, au)
    permis = _permis(connexion, lus, auteur)
    prises, siennes = [], set()
    for ligne in lus:
        if ligne[0] in permis:
            tenu = _rendez_vous(ligne)
            siennes.add(tenu.occupation)
            prises.append(LigneDAgenda(tenu.creneau, tenu.occupation or tenu.id, tenu))
    occupees = _lire_nu(connexion, "occupation", lieu, du, au)
    prises += [LigneDAgenda(_creneau(un), un[0]) for un in occupees if un[0] not in siennes]
    return sorted(prises, key=_par_creneau)


def _par_creneau(ligne: LigneDAgenda) -> tuple[Creneau, str]:
    return ligne.creneau, ligne.occupation


@cache
def _nue(genre: str) -> tuple[str, tuple[str, ...], dict[str, Any]]:
    """La requête d'un lieu entre deux jours, telle que SQLite la lit, et l'ordre de ses paramètres."""
    tout = _RENDEZ_VOUS if genre == "rendez_vous" else _OCCUPES
    entre = champ("date").between(bindparam("du"), bindparam("au"))
    ecrite = tout.where(entre, champ("lieu") == bindparam("lieu")).compile(dialect=sqlite.dialect())
    return str(ecrite), tuple(ecrite.positiontup or ()), dict(ecrite.params)


def _lire_nu(connexion: Connection, genre: str, lieu: str, du: date, au: date) -> list[Any]:
    # Le curseur nu : une ligne enveloppée par SQLAlchemy coûte autant que la lire.
    requete, ordre, sinon = _nue(genre)
    valeurs = {**sinon, "du": du.isoformat(), "au": au.isoformat(), "lieu": lieu}
    lus: list[Any] = connexion.connection.cursor().execute(requete, [valeurs[nom] for nom in ordre]).fetchall()
    return lus


def du_dossier(connexion: Connection, dossier: str) -> list[RendezVous]:
    """Tous ceux de ce dossier, dans l'ordre de leurs dates."""
    lus = connexion.execute(_RENDEZ_VOUS.where(_OBJET.rattache == dossier, champ("date").is_not(None)))
    return sorted(map(_rendez_vous, lus), key=lambda un: (un.creneau, un.id))


def un(connexion: Connection, rendez_vous: str) -> RendezVous:
    """Celui-ci, tel qu'il est."""
    return _rendez_vous(connexion.execute(_RENDEZ_VOUS.where(_OBJET.id == rendez_vous)).one())


def pris(connexion: Connection, du: date, au: date, *, sauf: str = "") -> list[Creneau]:
    """Les créneaux pris, dans tous les lieux, sans personne. ``sauf`` : cette occupation."""
    return [_creneau(un) for un in connexion.execute(_OCCUPES.where(_entre(du, au), _OBJET.id != sauf))]


def conflits(connexion: Connection, lieu: str, du: date, auteur: Auteur) -> list[Conflit]:
    """Les paires à venir dont l'une au moins est de ce lieu, et que nul n'a choisi de garder ensemble."""
    lus = {un.id: un for un in connexion.execute(_OCCUPES.where(champ("date") >= du.isoformat()))}
    paires = [
        (une, autre)
        for une, autre in qui_se_genent((_creneau(un), un.id) for un in lus.values())
        if lieu in (une[0].lieu, autre[0].lieu) and not _gardes(lus[une[1]], lus[autre[1]])
    ]
    siens = _par_occupation(connexion, {cle for paire in paires for _, cle in paire}, auteur)
    return [Conflit(*(LigneDAgenda(creneau, cle, siens.get(cle)) for creneau, cle in paire)) for paire in paires]


def desaccordes(connexion: Connection) -> list[str]:
    """Les rendez-vous dont l'occupation ne dit pas l'heure, le lieu ou la fin."""
    differe = [champ(nom).is_distinct_from(champ(nom, _PLACES.c)) for nom in ("date", "heure", "duree", "lieu", "avec")]
    annule = (champ("etat") == ANNULE).is_distinct_from(champ("etat", _PLACES.c) == literal_column("'libre'"))
    requete = (
        select(_OBJET.id)
        .select_from(schema.dossier)
        .join(_PLACES, _PLACES.c.id == champ("occupation"))
        .where(*du_genre("rendez_vous"), *du_genre("occupation", _PLACES.c), or_(*differe, annule))
    )
    return list(connexion.scalars(requete.order_by(_OBJET.id)))


def publies(connexion: Connection, dossier: str) -> list[Evitement]:
    """Ce que d'autres rendez-vous rendent indisponible à ce dossier, sans dire lesquels."""
    requete = select(_OBJET.id, *_QUAND, champ("pour").label("pour")).where(
        *du_genre("occupation"), champ("etat") == literal_column("'indisponible'")
    )
    lus = [un for un in connexion.execute(requete) if designe(un.pour or "", dossier)]
    return [Evitement(_creneau(un).demi_journees, un.lieu or "") for un in lus]


def poses_par(connexion: Connection, dossier: str) -> list[Evitement]:
    """Ce que ce dossier évite lui-même : les rendez-vous connus ici des dossiers à tenir à part."""
    requete = select(champ("autre").label("autre"), champ("meme_lieu").label("meme_lieu")).where(
        *du_genre("evitement"), _OBJET.rattache == dossier, champ("leve_le").is_(None)
    )
    return [
        Evitement.de(un.creneau, meme_lieu=bool(pose.meme_lieu))
        for pose in connexion.execute(requete).all()
        for un in du_dossier(connexion, pose.autre)
        if un.etat == DONNE
    ]


def _entre(du: date, au: date) -> ColumnElement[bool]:
    return champ("date").between(du.isoformat(), au.isoformat())


def _permis(connexion: Connection, lus: Iterable[Any], auteur: Auteur) -> set[str]:
    """Ceux qu'il lit : d'un dossier ordinaire que ce poste tient, ou d'un discret dont il répond."""
    permis, de_nul, moi = set(), [], meme_agent(auteur.nom)
    absents: set[str] | None = None
    for ligne in lus:
        *_, discret, _nom, _ref, referent, suppleant = ligne
        if not discret or moi in (referent, suppleant):
            permis.add(ligne[0])
            continue
        if absents is None:
            absents = {"", *map(meme_agent, comptes.partis(connexion))}
        if {referent or "", suppleant or ""} <= absents:
            de_nul.append(ligne)
    if de_nul:
        # Nul n'en répond, ou n'est plus là : la même règle que pour ses échéances.
        suivis = {suivi.dossier for suivi in avis.suivis(connexion, auteur)}
        permis |= {ligne[0] for ligne in de_nul if ligne[_RATTACHE] in suivis}
    return permis


def _par_occupation(connexion: Connection, lesquelles: Collection[str], auteur: Auteur) -> dict[str, RendezVous]:
    if not lesquelles:
        return {}
    lus = connexion.execute(_RENDEZ_VOUS.where(champ("occupation").in_(lesquelles))).all()
    permis = _permis(connexion, lus, auteur)
    return {un.occupation: _rendez_vous(un) for un in lus if un.id in permis}


def est_pour(avec: str, agent: str) -> bool:
    """Ce créneau n'est à personne en propre, ou à cet agent : « Nora » est « Nora Benali »."""
    return set(meme_agent(avec).split()) <= set(meme_agent(agent).split())


def _gardes(une: Any, autre: Any) -> bool:
    return autre.id in (une.garde_avec or "") or une.id in (autre.garde_avec or "")


def _rendez_vous(ligne: Any) -> RendezVous:
    id_, _, _, _, _, _, type_, etat, objet, langue, interprete, motif, passage, occupation, deplace_le, rappele = ligne[
        :16
    ]
    dossier, discret, nom, reference = ligne[_RATTACHE:20]
    return RendezVous(
        id_, dossier, reference or reference_courte(dossier), _creneau(ligne), type_, etat or DONNE, objet, langue,
        interprete, motif, passage, occupation, deplace_le, rappele, bool(discret), "" if discret else nom or "",
    )  # fmt: skip


def _creneau(ligne: Any) -> Creneau:
    """Le créneau d'une ligne. Un objet d'une autre version peut n'en dire qu'une partie."""
    jour, heure, duree, lieu, avec = ligne[1:6]
    return Creneau(date.fromisoformat(jour), lire_heure(heure), duree, lieu, avec)
