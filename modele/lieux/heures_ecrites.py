"""Les heures telles qu'elles s'écrivent, dans ``lieux.toml`` comme dans un tableur : la même écriture, lue une fois.

« lundi-vendredi 09:00-12:00 13:30-17:00 » ; « 2026-12-24 09:00-12:00 » ; « 2026-12-25..2027-01-01 fermé : congés ».
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from modele.lieux.heures import MINUIT, Heures, JourAPart, JoursFeries, Plage, Plages, chevauchement, deux_fois, reunies

JOURS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_COURTS: Final = {jour[:3]: rang for rang, jour in enumerate(JOURS)}
_JOUR: Final = re.compile(r"[a-z]+")
_PLAGE: Final = re.compile(r"(\d{1,2})[:h](\d{2})?-(\d{1,2})[:h](\d{2})?")
_DATES: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?")
_MODELE: Final = "« lundi-vendredi 09:00-12:00 13:30-17:00 »"
_MODELE_A_PART: Final = "« 2026-12-24 09:00-12:00 » ou « 2026-12-25..2027-01-01 fermé : congés »"


class HeuresFautives(Exception):
    """Pourquoi ces heures ne se lisent pas : une phrase, qui cite ce qui était écrit."""


def lire_semaine(lignes: Iterable[str]) -> tuple[Plages, ...]:
    """Les sept jours que disent ces lignes ; aucune ligne : on ne sait pas (vide). Lève ``HeuresFautives``."""
    jours: list[list[Plage]] = [[] for _ in JOURS]
    vues = False
    for ligne in lignes:
        vues = True
        quand, plages = _ligne(ligne)
        for jour in quand:
            jours[jour] += plages
    return tuple(_sans_chevauchement(JOURS[rang], plages) for rang, plages in enumerate(jours)) if vues else ()


def _ligne(ligne: str) -> tuple[Iterable[int], list[Plage]]:
    mots = _nu(ligne).split()
    if len(mots) < 2:
        raise HeuresFautives(f"« {ligne} » : attendu des jours, puis des heures, par exemple {_MODELE}")
    return _jours(mots[0], ligne), [_plage(mot, ligne) for mot in mots[1:]]


def _jours(mot: str, ligne: str) -> Iterator[int]:
    for morceau in mot.split(","):
        bornes = [_jour(un, ligne) for un in morceau.split("-")]
        if len(bornes) > 2 or bornes[0] > bornes[-1]:
            raise HeuresFautives(f"« {ligne} » : « {morceau} » n'est pas une suite de jours, comme lundi-vendredi")
        yield from range(bornes[0], bornes[-1] + 1)


def _jour(mot: str, ligne: str) -> int:
    rang = _COURTS.get(mot[:3])
    if not _JOUR.fullmatch(mot) or rang is None or not JOURS[rang].startswith(mot):
        raise HeuresFautives(f"« {ligne} » : « {mot} » n'est pas un jour ; attendu {', '.join(JOURS)}")
    return rang


def _plage(mot: str, ligne: str) -> Plage:
    trouve = _PLAGE.fullmatch(mot)
    if not trouve:
        raise HeuresFautives(f"« {ligne} » : « {mot} » n'est pas une plage ; attendu {_MODELE}")
    heures = [int(un or 0) for un in trouve.groups()]
    de, a = heures[0] * 60 + heures[1], heures[2] * 60 + heures[3]
    if max(heures[1], heures[3]) > 59 or a > MINUIT:
        raise HeuresFautives(f"« {ligne} » : « {mot} » n'est pas une heure du jour (de 00:00 à 24:00)")
    if de >= a:
        raise HeuresFautives(f"« {ligne} » : « {mot} » finit avant de commencer ; après minuit, écrivez le lendemain")
    return Plage(de, a)


def _sans_chevauchement(quand: str, plages: Iterable[Plage]) -> Plages:
    lues = list(plages)
    if fautives := chevauchement(lues):
        dites = " et ".join(map(ecrire_plage, fautives))
        raise HeuresFautives(f"{quand} : {dites} se chevauchent ; gardez une seule plage")
    return reunies(lues)


def lire_a_part(lignes: Iterable[str]) -> tuple[JourAPart, ...]:
    """Les jours à part, dans l'ordre du calendrier. Lève ``HeuresFautives`` : illisibles, ou dits deux fois."""
    jours = sorted(map(_a_part, lignes), key=lambda un: un.du)
    for un, autre in deux_fois(jours):
        raise HeuresFautives(f"le {max(un.du, autre.du):%d/%m/%Y} est dit deux fois ; gardez une seule ligne")
    return tuple(jours)


def _a_part(ligne: str) -> JourAPart:
    quand, _, reste = ligne.strip().partition(" ")
    trouve = _DATES.fullmatch(quand)
    try:
        if not trouve:
            raise ValueError
        du = date.fromisoformat(trouve[1])
        au = date.fromisoformat(trouve[2]) if trouve[2] else du
    except ValueError:
        raise HeuresFautives(f"« {ligne} » : attendu une date, par exemple {_MODELE_A_PART}") from None
    if au < du:
        raise HeuresFautives(f"« {ligne} » : la fin est avant le début")
    dit, _, motif = reste.partition(":") if _nu(reste).startswith("ferme") else (reste, "", "")
    if _nu(dit).strip() == "ferme":
        return JourAPart(du, au, motif=motif.strip())
    plages = [_plage(mot, ligne) for mot in _nu(reste).split()]
    if not plages:
        raise HeuresFautives(f"« {ligne} » : dites « fermé », ou des heures, par exemple {_MODELE_A_PART}")
    return JourAPart(du, au, _sans_chevauchement(quand, plages))


def memes_heures(semaine: Sequence[Plages]) -> dict[Plages, list[int]]:
    """Par plages, les rangs des jours qui les ont (lundi : 0), dans l'ordre ; les jours fermés n'en sont pas."""
    groupes: dict[Plages, list[int]] = {}
    for rang, plages in enumerate(semaine):
        if plages:
            groupes.setdefault(plages, []).append(rang)
    return groupes


def ecrire_semaine(semaine: Sequence[Plages]) -> list[str]:
    """Les lignes que ``lire_semaine`` relit à l'identique ; les jours de mêmes heures, ensemble."""
    return [
        f"{','.join(JOURS[rang] for rang in rangs)} {' '.join(map(ecrire_plage, plages))}"
        for plages, rangs in memes_heures(semaine).items()
    ]


def ecrire_a_part(jours: Iterable[JourAPart]) -> list[str]:
    """Les lignes que ``lire_a_part`` relit à l'identique."""
    return [f"{_quand(un)} {_quoi(un)}" for un in jours]


def _quand(un: JourAPart) -> str:
    return f"{un.du}" if un.du == un.au else f"{un.du}..{un.au}"


def _quoi(un: JourAPart) -> str:
    return " ".join(map(ecrire_plage, un.plages)) if un.plages else f"fermé : {un.motif}" if un.motif else "fermé"


def ecrire_plage(plage: Plage) -> str:
    """« 09:00-12:30 »."""
    return "-".join(f"{minutes // 60:02d}:{minutes % 60:02d}" for minutes in plage)


def lire_heures(semaine: Iterable[str], a_part: Iterable[str], feries: str) -> Heures:
    """Toutes les heures d'un lieu. Lève ``HeuresFautives``."""
    return Heures(lire_semaine(semaine), lire_a_part(a_part), JoursFeries(feries))


def _nu(texte: str) -> str:
    decompose = unicodedata.normalize("NFD", texte.casefold())
    return "".join(signe for signe in decompose if not unicodedata.combining(signe))
