"""Une naissance connue au jour, au mois ou à l'année : « 1980-06-15 », « 1975-03 », « 1980 ». La lire, la comparer.

Ne savoir que l'année n'est pas être d'un autre avis : elle va avec toute date de cette année, et d'abord le 01/01,
que bien des pièces portent quand le jour n'est pas connu.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import takewhile
from typing import Any, Final, NamedTuple

from rapidfuzz.distance import OSA

_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_PARTIELLE: Final = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")
_INCONNU: Final = r"(?:00?|xx|\?\??)"
# « 00/00/1980 » et « 00/03/1975 », qu'on lit sur de vraies pièces ; « 03/1975 » et « 1975-03 ».
_DITES: Final = tuple(
    re.compile(motif, re.IGNORECASE)
    for motif in (
        rf"(?<![\w/.\-])(?<!\d ){_INCONNU}([/.\- ]){_INCONNU}\1(?P<annee>(?:19|20)\d\d)(?!\d)",
        r"(?<!\w)0000(?P<annee>(?:19|20)\d\d)(?!\w)",
        rf"(?<![\w/.\-])(?:{_INCONNU}[/.\- ])?(?P<mois>0?[1-9]|1[0-2])[/.\-](?P<annee>(?:19|20)\d\d)(?![\d/.\-])",
        r"(?<![\w/.\-])(?P<annee>(?:19|20)\d\d)-(?P<mois>0[1-9]|1[0-2])(?![\w\-])",
    )
)
_RAISONS: Final = ("", "même année de naissance", "même mois de naissance", "même date de naissance")
# Ce que prouve la même année, le même mois, le même jour.
_PREUVES: Final = (0.0, 0.4, 0.6, 1.0)
_COMPATIBLE: Final = 0.95
_INVERSEE: Final = 0.9
_PROCHE: Final = 0.7
# Selon ce qu'il y reste de pareil : rien, une partie, deux.
_LOINTAINE: Final = (0.0, 0.3, 0.5)


class Accord(NamedTuple):
    """À quel point deux naissances s'accordent, de 0 à 1 ; ce que cela prouve, de 0 à 1 ; la raison, en français."""

    accord: float
    preuve: float
    raison: str


def naissance_ecrite(valeur: Any) -> str:
    """La naissance que dit une réponse du document : jour, mois ou année ; rien si elle n'en dit pas tant."""
    if isinstance(valeur, str):
        return valeur
    bornes = valeur.get("entre") if isinstance(valeur, Mapping) else None
    if not isinstance(bornes, list | tuple) or len(bornes) != 2:
        return ""
    if not all(isinstance(borne, str) and _ISO.fullmatch(borne) for borne in bornes):
        return ""
    parties = zip(*(borne.split("-") for borne in bornes), strict=True)
    return "-".join(une for une, _ in takewhile(lambda deux: deux[0] == deux[1], parties))


def est_une_naissance(texte: str) -> bool:
    """Vrai si ce texte est une naissance telle qu'on les garde : « aaaa-mm-jj », « aaaa-mm » ou « aaaa »."""
    return bool(_ISO.fullmatch(texte) or _PARTIELLE.fullmatch(texte))


def dire(naissance: str) -> str:
    """« 15/06/1980 », « 03/1975 » ou « 1980 »."""
    return "/".join(reversed(naissance.split("-")))


def prendre_partielle(texte: str) -> tuple[str, str]:
    """Le mois ou l'année dits dans un texte comme une date incomplète, et ce qui reste du texte."""
    for motif in _DITES:
        if trouve := motif.search(texte):
            dits = trouve.groupdict()
            mois = f"-{int(dits['mois']):02d}" if dits.get("mois") else ""
            return f"{dits['annee']}{mois}", motif.sub(" ", texte, count=1)
    return "", texte


@lru_cache(maxsize=1000)
def jour_et_mois_inverses(naissance: str) -> str:
    """La date lue à l'américaine, si elle existe et diffère ; sinon rien."""
    parties = naissance.split("-")
    if len(parties) != 3 or parties[1] == parties[2]:
        return ""
    return iso(parties[0], parties[2], parties[1])


def iso(annee: str, mois: str, jour: str) -> str:
    """La date ISO, ou rien si elle n'existe pas."""
    try:
        return date(int(annee), int(mois), int(jour)).isoformat()
    except ValueError:
        return ""


def comparer(cherchee: str, connue: str) -> Accord:
    """Ce que deux naissances connues disent l'une de l'autre, à la précision de la moins précise."""
    parties, autres = cherchee.split("-"), connue.split("-")
    commun = min(len(parties), len(autres))
    if parties[:commun] == autres[:commun]:
        return Accord(1.0 if len(parties) == len(autres) else _COMPATIBLE, _PREUVES[commun], _RAISONS[commun])
    precise, autre = (cherchee, connue) if len(parties) == 3 else (connue, cherchee)
    if autre == jour_et_mois_inverses(precise)[: len(autre)]:
        return Accord(_INVERSEE, _PREUVES[commun], "jour et mois inversés ?")
    pareilles = sum(une == autre for une, autre in zip(parties, autres, strict=False))
    if commun == 3 and pareilles == 2 and _glisse(parties, autres):
        return Accord(_PROCHE, _PREUVES[2], "date de naissance proche")
    if commun == 3 and parties[0] == autres[0] and ["01", "01"] in (parties[1:], autres[1:]):
        return Accord(_PROCHE, _PREUVES[1], _RAISONS[1])
    # Une faute de frappe dans l'année et le mois à la fois reste plus proche qu'une autre date.
    return Accord(_LOINTAINE[pareilles], 0.0, "")


def _glisse(parties: Sequence[str], autres: Sequence[str]) -> bool:
    """La seule partie qui diffère est à un chiffre près, ou à un : 12 et 21, 1984 et 1994, 09 et 10.

    Deux fois le 01/01 ne prouve rien : bien des pièces le portent quand le jour n'est pas connu.
    """
    une, autre = next((une, autre) for une, autre in zip(parties, autres, strict=True) if une != autre)
    return OSA.distance(une, autre) == 1 or abs(int(une) - int(autre)) == 1


def compatibles(naissance: str) -> Iterator[str]:
    """Les écritures d'une naissance qui va avec celle-ci, moins précises ou plus ; pas elle-même."""
    annee, *reste = naissance.split("-")
    mois = f"{annee}-{reste[0]}" if reste else ""
    if len(reste) == 2:
        yield from (annee, mois, f"{annee}-01-01")
    elif mois:
        yield annee
        yield from (f"{mois}-{jour:02d}" for jour in range(1, 32))
    else:
        for rang in range(1, 13):
            yield f"{annee}-{rang:02d}"
            yield from (f"{annee}-{rang:02d}-{jour:02d}" for jour in range(1, 32))
