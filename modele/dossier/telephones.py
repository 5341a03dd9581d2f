"""Lire un téléphone dans toute écriture, l'écrire d'une seule, et la clé sous laquelle il se cherche.

Un numéro sans indicatif est de France ou d'un de ses territoires : « 0692… » se garde tel qu'il se dit à Toulouse. Les
dix chiffres d'un territoire ne sont ceux d'aucun autre : son indicatif n'y ajoute rien.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

# L'Hexagone, puis les territoires dont les numéros courts ne sont pas à dix chiffres (UIT, E.164 et plans nationaux).
REGIONS: Final = ("FR", "PM", "PF", "NC", "WF")
CHIFFRES: Final = 9
"""Chiffres gardés d'un téléphone pour le chercher : les derniers, sans indicatif ni zéro de tête."""
PAS_UN_NUMERO: Final = "ce n'est pas un numéro de téléphone"
INCOMPLET: Final = "ce numéro de téléphone n'existe pas ; relisez-le, indicatif compris s'il est étranger"
NON_ATTRIBUE: Final = "ce numéro de téléphone n'est pas d'une tranche connue ; relisez-le avec la personne"
LEQUEL: Final = "plusieurs territoires ont ce numéro : ajoutez l'indicatif, +508, +681, +687 ou +689"
# De l'Hexagone, écrit comme d'habitude : rien à charger pour le lire.
_COURANT: Final = re.compile(r"(?:(?:\+33|0033)0?|0)([1-9][0-9]{8})")
_INDICATIF: Final = re.compile(r"^(?:\+|00)(?:33|262|508|590|594|596|681|687|689)(?=\d)")
# Moins de dix chiffres après un zéro : un numéro qui commence. Sans le zéro, ce serait Saint-Pierre ou Nouméa.
_COMMENCE: Final = re.compile(r"0((?!0)[0-9]{0,8})")
# Hexagone, Réunion et Mayotte, Guadeloupe et ses voisines, Guyane, Martinique : un seul plan à dix chiffres.
_A_DIX_CHIFFRES: Final = frozenset({33, 262, 590, 594, 596, 508})
_SAINT_PIERRE: Final = 508
_SEULS: Final = re.compile(r"[+\d\s().,/\-\u2010-\u2015]+")
_LIAISONS: Final = re.compile(r"[\s().,/\-\u2010-\u2015]+")
_HORS_CHIFFRES: Final = re.compile(r"\D+")


def faute(texte: str) -> str:
    """Ce qui fait que ce n'est pas un téléphone, dit à l'agent ; vide si c'en est un."""
    if _lus(texte):
        return ""
    return INCOMPLET if _HORS_CHIFFRES.sub("", texte) else PAS_UN_NUMERO


def doute(texte: str) -> str:
    """Ce qui est à relire d'un téléphone, qui se garde pourtant : des tranches s'ouvrent chaque année. Vide : rien."""
    import phonenumbers

    lus = _lus(texte)
    if len(lus) > 1:
        return LEQUEL
    # Les plans d'outre-mer sont dans celui de l'Hexagone, que leur indicatif ne dit pas.
    return "" if any(phonenumbers.is_valid_number(un) for lu in lus for un in (lu, *_ailleurs(lu))) else NON_ATTRIBUE


def une_ecriture(texte: str) -> str:
    """Le téléphone, d'une seule écriture : « 0612345678 », « 0692123456 », « +32470123456 ».

    Tel quel s'il ne se lit pas, ou si autre chose y est écrit (« le soir »).
    """
    if not _SEULS.fullmatch(texte):
        return texte
    if courant := _COURANT.fullmatch(_LIAISONS.sub("", texte)):
        return f"0{courant[1]}"
    lus = _lus(texte)
    if not lus:
        return texte
    import phonenumbers

    if len(lus) > 1:
        return str(lus[0].national_number)
    return _dix_chiffres(lus[0]) or phonenumbers.format_number(lus[0], phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=10_000)
def cle(texte: str) -> str:
    """Sous quoi un téléphone se cherche : ses derniers chiffres, sans indicatif ni zéro de tête ; vide : aucun."""
    if courant := _COURANT.fullmatch(_LIAISONS.sub("", texte)):
        return courant[1]
    if debut := _COMMENCE.fullmatch(_LIAISONS.sub("", texte)):
        return debut[1].lstrip("0")
    lus = _lus(texte)
    if len(lus) == 1:
        return (_dix_chiffres(lus[0]) or str(lus[0].national_number)).lstrip("0")[-CHIFFRES:]
    # Un numéro qui commence par son indicatif : les premiers chiffres d'après lui.
    nus = _HORS_CHIFFRES.sub("", _INDICATIF.sub("", _LIAISONS.sub("", texte)))
    return nus.lstrip("0")[-CHIFFRES:]


@lru_cache(maxsize=1_000)
def _lus(texte: str) -> tuple[PhoneNumber, ...]:
    """Les numéros que ce texte peut être : aucun, un, ou un par territoire qui a ces chiffres-là."""
    import phonenumbers

    lus: list[PhoneNumber] = []
    for region in REGIONS:
        try:
            lu = phonenumbers.parse(texte, region)
        except phonenumbers.NumberParseException:
            continue
        # De l'Hexagone, la longueur suffit : une tranche neuve n'est pas une faute. D'ailleurs, il faut le reconnaître.
        juger = phonenumbers.is_possible_number if region == REGIONS[0] else phonenumbers.is_valid_number
        if lu.national_number and lu not in lus and juger(lu):
            lus.append(lu)
        if lus and region == REGIONS[0]:
            break
    return tuple(lus)


def _ailleurs(lu: PhoneNumber) -> list[PhoneNumber]:
    """Le même numéro à dix chiffres, sous l'indicatif de chaque territoire qui peut l'avoir."""
    import phonenumbers

    if not _dix_chiffres(lu):
        return []
    return [phonenumbers.PhoneNumber(indicatif, lu.national_number) for indicatif in _A_DIX_CHIFFRES]


def _dix_chiffres(lu: PhoneNumber) -> str:
    """Les dix chiffres d'un numéro de France ou d'outre-mer ; vide s'il n'en a pas."""
    national = str(lu.national_number)
    if lu.country_code == _SAINT_PIERRE and len(national) < CHIFFRES:
        national = f"{_SAINT_PIERRE}{national}"
    return f"0{national}" if lu.country_code in _A_DIX_CHIFFRES and len(national) == CHIFFRES else ""
