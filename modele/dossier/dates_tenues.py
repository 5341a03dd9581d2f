"""Les échéances que le document dit seul, sans bilan : une réponse attendue, un renouvellement, la fin d'un papier.

Ce qui en est déclaré est dans ``ressources/national/echeances.toml``. Une date connue à peu près compte à sa borne la
plus proche pour agir, à la plus tardive pour finir. Essais : ``tests/modele/dossier/test_dates_tenues.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from modele.dossier.chemins import lire
from modele.dossier.faits.calendrier import ajouter_mois
from modele.dossier.situation import elements
from modele.dossier.voies_ephemeres import SUITES
from modele.regles.lecture import Lecteur, lire_toml
from ressources import RESSOURCES

_NATIONAL: Final = RESSOURCES / "national"
_RECUE: Final = "demande.date_reception"
_RENOUVELEE: Final = "demande.date_renouvellement"
_RADIEE: Final = "demande.radiee"
ORDONNANCE: Final = "protection.ordonnance_fin"
_UN_JOUR: Final = timedelta(days=1)


class Nature(StrEnum):
    """De quelle sorte est une échéance : les identifiants de ``echeances.toml``."""

    REPONSE = "reponse"
    EXPIRATION = "expiration"
    RENOUVELLEMENT = "renouvellement"
    ORDONNANCE = "ordonnance"
    VOIE = "voie"
    RENDEZ_VOUS = "rendez_vous"


@dataclass(frozen=True, slots=True)
class Declaree:
    """Une sorte d'échéance : son libellé, ses rappels (jours avant), combien de jours après elle se dit encore.

    ``droit`` : la laisser passer fait perdre quelque chose.
    """

    libelle: str
    rappels: tuple[int, ...]
    montre: int | None
    parametre: str
    droit: bool = False


@dataclass(frozen=True, slots=True)
class DateTenue:
    """Une échéance datée. ``le`` : agissez avant. ``fin`` : la lecture la plus tardive, si elle diffère.

    ``cle`` : elle, dans son dossier. ``depuis`` : d'une réponse, quand elle a été demandée ; d'un délai de voie arrêté,
    depuis quand. ``objet`` : la voie. ``libelle`` : d'un délai de voie, ce que c'est.
    """

    nature: Nature
    cle: str
    le: date
    fin: date | None = None
    depuis: date | None = None
    objet: str = ""
    libelle: str = ""


def dates_tenues(document: Mapping[str, Any]) -> tuple[DateTenue, ...]:
    """Toutes celles de ce document."""
    return (*_suites(document), *_renouvellement(document), *_ordonnance(document))


def attend_une_reponse(suite: Mapping[str, Any]) -> bool:
    """Vrai d'une suite transmise dont rien n'est encore venu : ni issue, ni réponse notée."""
    return not (suite.get("issue") or suite.get("reponse")) and isinstance(suite.get("orientation"), str)


def reste_a_faire(une: DateTenue, jour: date) -> bool:
    """Vrai tant que la date n'est pas derrière ; une réponse, un renouvellement restent jusqu'à ce qu'ils viennent."""
    if une.nature in (Nature.REPONSE, Nature.RENOUVELLEMENT):
        return True
    return (une.fin or une.le) >= jour


@lru_cache(maxsize=1)
def declarees() -> Mapping[Nature, Declaree]:
    """Ce que dit le fichier, livré avec Perron. Lève ``FichierFautif`` avec toutes les fautes."""
    return lire_declarees(lire_toml(_NATIONAL / "echeances.toml"))


@lru_cache(maxsize=1)
def report_au_plus() -> timedelta:
    """Combien de temps une date se reporte, au plus."""
    declarees()
    return timedelta(lire_toml(_NATIONAL / "echeances.toml").brut("report_au_plus"))


def jusqu_ou_reporter(une: DateTenue, jour: date) -> date | None:
    """Le dernier jour jusqu'où elle se reporte ; ``None`` : elle ne se reporte pas.

    Une date de droit revient au plus tard le jour d'« agissez avant » ; un rendez-vous se déplace.
    """
    if une.nature is Nature.RENDEZ_VOUS:
        return None
    au_plus = jour + report_au_plus()
    dernier = min(une.le, au_plus) if declarees()[une.nature].droit else au_plus
    return dernier if dernier > jour else None


def lire_declarees(lecteur: Lecteur) -> Mapping[Nature, Declaree]:
    """Lit et vérifie le fichier : chaque sorte y est, une fois. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur.exiger_format()
    vus: set[str] = set()
    lues = dict(_declaree(table, vus) for table in lecteur.tables("echeance", obligatoire=True))
    if (au_plus := lecteur.entier("report_au_plus", obligatoire=True)) is not None and au_plus < 1:
        lecteur.signaler("report_au_plus", "attendu : un nombre de jours, 1 ou plus")
    if manquent := sorted(set(Nature) - vus):
        lecteur.signaler("echeance", f"il manque : {', '.join(manquent)}")
    lecteur.finir()
    return {Nature(nature): lue for nature, lue in lues.items()}


def _declaree(table: Lecteur, vus: set[str]) -> tuple[str, Declaree]:
    nature = table.identifiant(vus)
    if nature not in set(Nature):
        table.signaler("id", f"attendu : {', '.join(Nature)}")
    rappels = table.brut("rappels", obligatoire=True)
    if not (isinstance(rappels, list) and rappels and all(type(un) is int and un >= 0 for un in rappels)):
        table.signaler("rappels", "attendu : des nombres de jours, 0 ou plus")
        rappels = [0]
    libelle, montre = table.texte("libelle", obligatoire=True), table.entier("montre")
    lue = Declaree(libelle, tuple(rappels), montre, table.texte("parametre"), table.booleen("droit"))
    table.clore()
    return nature, lue


def _suites(document: Mapping[str, Any]) -> Iterator[DateTenue]:
    for qui, suite in elements(document, SUITES).items():
        if not attend_une_reponse(suite):
            continue
        faite, attendue, expire = (_bornes(suite.get(nom)) for nom in ("faite_le", "attendue_le", "expire_le"))
        objet, depuis = suite["orientation"], faite[0] if faite else None
        # Sans jour dit, on la sait sans réponse dès le lendemain : aucun délai ne s'invente.
        if le := attendue[0] if attendue else _lendemain(depuis):
            yield DateTenue(Nature.REPONSE, f"{Nature.REPONSE}:{qui}", le, depuis=depuis, objet=objet)
        if expire:
            yield DateTenue(Nature.EXPIRATION, f"{Nature.EXPIRATION}:{qui}", expire[0], _fin(expire), depuis, objet)


def _lendemain(jour: date | None) -> date | None:
    return None if jour is None or jour == date.max else jour + _UN_JOUR


def _renouvellement(document: Mapping[str, Any]) -> Iterator[DateTenue]:
    departs = [bornes for chemin in (_RECUE, _RENOUVELEE) if (bornes := _bornes(lire(document, chemin)))]
    if not departs or lire(document, _RADIEE) is True:
        return
    mois = _mois(declarees()[Nature.RENOUVELLEMENT].parametre)
    tot, tard = (ajouter_mois(max(un[rang] for un in departs), mois) for rang in (0, 1))
    yield DateTenue(Nature.RENOUVELLEMENT, Nature.RENOUVELLEMENT, tot, _fin((tot, tard)))


def _ordonnance(document: Mapping[str, Any]) -> Iterator[DateTenue]:
    if bornes := _bornes(lire(document, ORDONNANCE)):
        yield DateTenue(Nature.ORDONNANCE, Nature.ORDONNANCE, bornes[0], _fin(bornes))


def _fin(bornes: tuple[date, date]) -> date | None:
    return bornes[1] if bornes[1] != bornes[0] else None


def _bornes(dite: Any) -> tuple[date, date] | None:
    """La date au plus tôt, au plus tard ; ``None`` si rien n'en est dit, ou rien qui se lise."""
    entre: Any = dite.get("entre") if isinstance(dite, Mapping) else [dite, dite]
    try:
        debut, fin = map(date.fromisoformat, entre)
    except (TypeError, ValueError):
        return None
    return debut, fin


@lru_cache(maxsize=4)
def _mois(parametre: str) -> int:
    """La valeur nationale de ce paramètre."""
    tables = lire_toml(_NATIONAL / "parametres.toml").tables("parametre")
    valeurs = next(table.brut("valeurs") for table in tables if table.texte("id") == parametre)
    return int(valeurs[-1]["valeur"])
