"""Lire une date qu'on ne connaît qu'à peu près : « 12/03/2026 », « 03/2026 », « mars 2026 », « 2026 ». Sans Qt.

« 00/00/1980 » et « 00/03/1975 », écrits sur de vraies pièces, se lisent comme l'année ou le mois qu'ils disent.

Essais : ``tests/ui/saisies/test_dates.py``.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date
from typing import Any, Final

from modele.mots.ecriture import MOIS, dire_date
from ui.composants import SaisieInvalide
from ui.saisies.lecture import lire_date

_MOIS_CHIFFRES: Final = re.compile(r"\s*(\d{1,2})\s*[/. -]\s*(\d{4})\s*")
_MOIS_MOTS: Final = re.compile(r"\s*([^\W\d]{3,})\.?\s+(\d{4})\s*")
_ANNEE: Final = re.compile(r"\s*((?:19|20)\d\d)\s*")
_ZEROS: Final = re.compile(r"\s*(?:00?[/. -]+00?[/. -]+|0000)(\d{4})\s*|\s*00?[/. -]+(\d{1,2}[/. -]+\d{4})\s*")
_QUOI: Final = "Écrivez 14/05/2026 ; si le jour n'est pas connu, 05/2026 ou 2026."

DateDite = date | tuple[date, date]
"""Une date exacte, ou ses deux bornes."""


def lire_date_dite(saisie: str, aujourdhui: date, passee: bool = False) -> DateDite:
    """La date tapée, ou ses bornes si seul le mois ou l'année est connu.

    ``passee`` : la date ne peut pas être dans l'avenir ; ses bornes s'arrêtent à ``aujourdhui``. Lève
    ``SaisieInvalide``.
    """
    bornes = _bornes(saisie)
    if bornes is None:
        try:
            return lire_date(saisie, aujourdhui)
        except SaisieInvalide:
            if re.search(r"\d\D+\d+\D+\d|\d{8}", saisie):
                raise
            raise SaisieInvalide(_QUOI) from None
    debut, fin = bornes
    return (debut, aujourdhui) if passee and debut <= aujourdhui < fin else (debut, fin)


def ecrire_date_dite(dite: DateDite) -> str:
    """Ce qui se retape : « 14/05/2026 », « 05/2026 » ou « 2026 »."""
    if isinstance(dite, date):
        return dire_date(dite)
    debut, fin = dite
    return f"{debut:%m/%Y}" if (debut.year, debut.month) == (fin.year, fin.month) else f"{debut:%Y}"


def vers_reponse(dite: DateDite) -> Any:
    """Ce qui s'écrit dans le document : une date ISO, ou ``{"entre": [début, fin]}``."""
    if isinstance(dite, date):
        return dite.isoformat()
    return {"entre": [borne.isoformat() for borne in dite]}


def depuis_reponse(reponse: Any) -> DateDite | None:
    """La date que dit une réponse du document ; ``None`` si elle n'en dit pas."""
    try:
        if isinstance(reponse, str):
            return date.fromisoformat(reponse)
        if isinstance(reponse, dict) and len(reponse.get("entre", ())) == 2:
            debut, fin = (date.fromisoformat(borne) for borne in reponse["entre"])
            return debut, fin
    except (TypeError, ValueError):
        return None
    return None


def dire_ecart(dite: DateDite, aujourdhui: date) -> str:
    """« soit 6 mois révolus », « dans 3 mois », « entre le 01/03/2026 et le 31/03/2026 »."""
    if not isinstance(dite, date):
        return f"entre le {dire_date(dite[0])} et le {dire_date(dite[1])}"
    if dite == aujourdhui:
        return "aujourd'hui"
    if dite > aujourdhui:
        return f"dans {_duree(aujourdhui, dite, '')}"
    return f"soit {_duree(dite, aujourdhui, ' révolu')}"


def _duree(debut: date, fin: date, revolu: str) -> str:
    mois = (fin.year - debut.year) * 12 + fin.month - debut.month - (fin.day < debut.day)
    if mois < 1:
        jours = (fin - debut).days
        return f"{jours} jour{'s' if jours > 1 else ''}"
    if mois < 24:
        return f"{mois} mois{revolu}{'s' if revolu and mois > 1 else ''}"
    return f"{mois // 12} ans"


def _bornes(saisie: str) -> tuple[date, date] | None:
    saisie = _sans_zeros(saisie)
    if trouve := _ANNEE.fullmatch(saisie):
        annee = int(trouve[1])
        return date(annee, 1, 1), date(annee, 12, 31)
    mois, annee = _mois(saisie)
    if not mois:
        return None
    return date(annee, mois, 1), date(annee, mois, monthrange(annee, mois)[1])


def _sans_zeros(saisie: str) -> str:
    """« 00/00/1980 » : « 1980 » ; « 00/03/1975 » : « 03/1975 ». Toute autre saisie, telle quelle."""
    trouve = _ZEROS.fullmatch(saisie)
    return trouve[1] or trouve[2] if trouve else saisie


def _mois(saisie: str) -> tuple[int, int]:
    """Le mois et l'année ; zéro si ce n'en est pas."""
    if trouve := _MOIS_CHIFFRES.fullmatch(saisie):
        mois, annee = int(trouve[1]), int(trouve[2])
        return (mois if 1 <= mois <= 12 and annee else 0), annee
    if trouve := _MOIS_MOTS.fullmatch(saisie):
        mot = _nu(trouve[1])
        possibles = [rang for rang, nom in enumerate(MOIS, 1) if _nu(nom).startswith(mot)]
        return (possibles[0] if len(possibles) == 1 else 0), int(trouve[2]) or 1
    return 0, 0


def _nu(mot: str) -> str:
    decompose = unicodedata.normalize("NFD", mot.casefold())
    return "".join(signe for signe in decompose if not unicodedata.combining(signe))
