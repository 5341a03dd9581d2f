"""Lire une date qu'on ne connaît qu'à peu près : « 12/03/2026 », « 03/2026 », « mars 2026 » ou « 2026 ». Sans Qt.

Essais : ``tests/ui/saisies/test_dates.py``.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from modele.dossier import dates_dites
from modele.dossier.dates_dites import DateDite
from modele.mots.ecriture import dire_date
from ui.composants import SaisieInvalide


def lire_date_dite(saisie: str, aujourdhui: date, passee: bool = False) -> DateDite:
    """La date tapée, ou ses bornes si seul le mois ou l'année est connu.

    ``passee`` : la date ne peut pas être dans l'avenir ; ses bornes s'arrêtent à ``aujourdhui``. Lève
    ``SaisieInvalide``.
    """
    try:
        lue = dates_dites.lire(saisie, aujourdhui)
    except ValueError as faute:
        raise SaisieInvalide(str(faute)) from None
    if isinstance(lue, date):
        return lue
    debut, fin = lue
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
