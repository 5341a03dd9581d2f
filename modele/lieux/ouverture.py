"""Un lieu est-il ouvert, jusqu'à quand, et sinon quand rouvre-t-il. Inconnu n'est jamais « fermé »."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Final

from modele.lieux.heures import MINUIT, Heures, Plage, Plages

# Au-delà, mieux vaut appeler : un lieu fermé deux mois n'est plus une adresse où envoyer quelqu'un.
_JOURS: Final = 62
_SEMAINE: Final = 8


class Ouvert(IntEnum):
    """L'ordre est celui où l'on propose : ouvert, puis ce qu'il faut appeler pour savoir, puis fermé."""

    OUI = 0
    INCONNU = 1
    NON = 2


@dataclass(frozen=True, slots=True)
class Ouverture:
    """Un lieu à un instant. ``jusqu_a`` : s'il est ouvert (``None`` : jour et nuit) ; ``prochaine`` : sinon, si l'on
    sait ; ``motif`` : pourquoi il est fermé.
    """

    ouvert: Ouvert
    jusqu_a: datetime | None = None
    prochaine: datetime | None = None
    motif: str = ""


def ouvert_a(heures: Heures, instant: datetime) -> Ouvert:
    """S'il est ouvert à cet instant : de quoi trier, sans chercher jusqu'à quand."""
    plages = heures.du_jour(instant.date())
    if plages is None:
        return Ouvert.INCONNU
    minutes = instant.hour * 60 + instant.minute
    return Ouvert.OUI if any(une.de <= minutes < une.a for une in plages) else Ouvert.NON


def ouverture(heures: Heures, instant: datetime) -> Ouverture:
    """Ce qu'il en est à cet instant, à la pendule du lieu : de quel fuseau que ce soit, seule l'heure lue compte."""
    ici = instant.replace(tzinfo=None, fold=0)
    plages = heures.du_jour(ici.date())
    if plages is None:
        return Ouverture(Ouvert.INCONNU, prochaine=_prochaine(heures, ici))
    minutes = ici.hour * 60 + ici.minute
    if (en_cours := next((une for une in plages if une.de <= minutes < une.a), None)) is not None:
        return Ouverture(Ouvert.OUI, jusqu_a=_jusqu_a(heures, ici.date(), en_cours))
    a_part = heures.jour_a_part(ici.date())
    return Ouverture(Ouvert.NON, prochaine=_prochaine(heures, ici), motif=a_part.motif if a_part else "")


def _jusqu_a(heures: Heures, jour: date, plage: Plage) -> datetime | None:
    """La fermeture ; une plage qui va à minuit se poursuit si l'on ouvre à minuit. ``None`` : jour et nuit."""
    for jours in range(_SEMAINE):
        ensuite = jour + timedelta(days=jours)
        if plage.a < MINUIT:
            return _instant(ensuite, plage.a)
        demain = heures.du_jour(ensuite + timedelta(days=1)) or ()
        suite = next((une for une in demain if une.de == 0), None)
        if suite is None:
            return _instant(ensuite, plage.a)
        plage = suite
    return None


def ouvre_ce_jour(heures: Heures, jour: date) -> Ouvert:
    """S'il ouvre ce jour-là, à une heure ou une autre."""
    plages = heures.du_jour(jour)
    return Ouvert.INCONNU if plages is None else Ouvert.OUI if plages else Ouvert.NON


def _prochaine(heures: Heures, ici: datetime) -> datetime | None:
    """La première ouverture sûre après cet instant ; un jour dont on ne sait rien ne se promet pas."""
    for jours in range(min(_JOURS, (date.max - ici.date()).days)):
        jour = ici.date() + timedelta(days=jours)
        apres = ici.hour * 60 + ici.minute if jours == 0 else -1
        sures: Plages = heures.du_jour(jour) or ()
        for une in sures:
            if une.de > apres:
                return _instant(jour, une.de)
    return None


def _instant(jour: date, minutes: int) -> datetime:
    return datetime.combine(jour, time()) + timedelta(minutes=minutes)
