"""Lire l'agenda, en SQL : ce qui est pris, ce que l'auteur a le droit d'en lire. Dans la transaction donnée."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, literal_column, or_, select

from modele.coffre import avis, schema
from modele.coffre.lignes import OUVERT
from modele.dossier.codes import reference_courte
from modele.droits import Auteur
from modele.rendez_vous import Creneau, Evitement, designe, lire_heure, qui_se_genent
from modele.rendez_vous.lignes import ANNULE, DONNE, Conflit, LigneDAgenda, RendezVous

_OBJET: Final = schema.dossier.c
_SUIVI: Final = schema.dossier.alias("suivi")
_PLACES: Final = schema.dossier.alias("place")


def champ(nom: str, table: Any = _OBJET) -> ColumnElement[Any]:
    """Ce champ du document, tel que l'index du jour le range."""
    # Un littéral : l'index s'exprime ainsi, et un paramètre ne le trouverait pas.
    return func.json_extract(table.document, literal_column(f"'$.{nom}'"))


def du_genre(genre: str, table: Any = _OBJET) -> tuple[ColumnElement[bool], ...]:
    """Les objets de ce genre que ce poste tient."""
    return table.genre == literal_column(f"'{genre}'"), table.etat == OUVERT


_QUAND: Final = tuple(champ(nom).label(nom) for nom in ("date", "heure", "duree", "lieu", "avec"))
_DITS: Final = tuple(
    champ(nom).label(nom)
    for nom in ("type", "objet", "langue", "interprete", "motif", "passage", "occupation", "deplace_le")
)
_RENDEZ_VOUS: Final = (
    select(
        *(_OBJET.id, _OBJET.rattache, _OBJET.discret, *_QUAND, *_DITS, champ("etat").label("issue")),
        *(_SUIVI.c.titre.label("nom"), _SUIVI.c.reference.label("ref")),
    )
    .outerjoin(_SUIVI, _SUIVI.c.id == _OBJET.rattache)
    .where(*du_genre("rendez_vous"))
)
_OCCUPES: Final = select(_OBJET.id, *_QUAND, champ("garde_avec").label("garde_avec")).where(
    *du_genre("occupation"), champ("etat") == literal_column("'occupe'")
)


def lignes(connexion: Connection, lieu: str, du: date, au: date, auteur: Auteur) -> list[LigneDAgenda]:
    """Ce qui est pris dans ce lieu, dans l'ordre : les rendez-vous qu'il lit, « occupé » pour le reste."""
    ici = (_entre(du, au), champ("lieu") == lieu)
    lus = [*connexion.execute(_RENDEZ_VOUS.where(*ici))]
    permis = _permis(connexion, lus, auteur)
    siens = {ligne.occupation or ligne.id: _rendez_vous(ligne) for ligne in lus if ligne.id in permis}
    prises = [LigneDAgenda(un.creneau, cle, un) for cle, un in siens.items()]
    occupees = connexion.execute(_OCCUPES.where(*ici))
    prises += [LigneDAgenda(_creneau(un), un.id) for un in occupees if un.id not in siens]
    return sorted(prises, key=lambda une: (une.creneau, une.occupation))


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
    tous = list(lus)
    ouverts = {un.id for un in tous if not un.discret}
    discrets = [un for un in tous if un.discret]
    if discrets:
        siens = {suivi.dossier for suivi in avis.suivis(connexion, auteur)}
        ouverts |= {un.id for un in discrets if un.rattache in siens}
    return ouverts


def _par_occupation(connexion: Connection, lesquelles: Collection[str], auteur: Auteur) -> dict[str, RendezVous]:
    if not lesquelles:
        return {}
    lus = connexion.execute(_RENDEZ_VOUS.where(champ("occupation").in_(lesquelles))).all()
    permis = _permis(connexion, lus, auteur)
    return {un.occupation: _rendez_vous(un) for un in lus if un.id in permis}


def _gardes(une: Any, autre: Any) -> bool:
    return autre.id in (une.garde_avec or "") or une.id in (autre.garde_avec or "")


def _rendez_vous(ligne: Any) -> RendezVous:
    return RendezVous(
        ligne.id,
        ligne.rattache,
        ligne.ref or reference_courte(ligne.rattache),
        _creneau(ligne),
        type=ligne.type or "",
        etat=ligne.issue or DONNE,
        **{nom: getattr(ligne, nom) or "" for nom in ("objet", "langue", "interprete", "motif", "passage")},
        occupation=ligne.occupation or "",
        deplace_le=ligne.deplace_le or "",
        discret=ligne.discret,
        titre="" if ligne.discret else ligne.nom or "",
    )


def _creneau(ligne: Any) -> Creneau:
    """Le créneau d'une ligne. Un objet d'une autre version peut n'en dire qu'une partie."""
    jour = date.fromisoformat(ligne.date or "0001-01-01")
    return Creneau(jour, lire_heure(ligne.heure or "00:00"), ligne.duree or 30, ligne.lieu or "", ligne.avec or "")
