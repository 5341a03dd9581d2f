"""Les délais : des pas de mois et de jours, chacun ajouté au résultat du précédent, et le report au jour ouvrable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from modele.dossier.faits.calendrier import ajouter_mois
from modele.regles.feries import est_ferie
from modele.regles.lecture import Lecteur

REPORTS: Final = ("aucun", "jour_ouvrable")


@dataclass(frozen=True, slots=True)
class Pas:
    """Un pas d'un délai : les mois d'abord, les jours ensuite ; 3 mois ne sont pas 90 jours.

    Négatif, il remonte : un mois avant la fin de validité.
    """

    mois: int = 0
    jours: int = 0


Duree = tuple[Pas, ...]


def ajouter(depart: date, duree: Iterable[Pas], report: str) -> date | None:
    """``depart`` plus chaque pas, l'un après l'autre ; ``None`` au-delà du calendrier."""
    le = depart
    try:
        for pas in duree:
            le = ajouter_mois(le, pas.mois) + timedelta(days=pas.jours)
        return jour_ouvrable(le) if report == "jour_ouvrable" else le
    except OverflowError:
        return None


def jour_ouvrable(jour: date) -> date:
    """Ce jour, ou le premier jour suivant qui n'est ni samedi, ni dimanche, ni férié en métropole."""
    while jour.weekday() >= 5 or est_ferie(jour):
        jour += timedelta(days=1)
    return jour


def lire_duree(table: Lecteur) -> Duree:
    """``duree`` : un pas ``{ mois = …, jours = … }``, ou une liste de pas qui s'ajoutent."""
    if isinstance(table.brut("duree", obligatoire=True), list):
        pas = table.tables("duree")
        if not pas:
            table.signaler("duree", "attendu : au moins un pas, par exemple { mois = 3 }")
    else:
        seul = table.table("duree")
        pas = [] if seul is None else [seul]
    lus = tuple(map(_pas, pas))
    if any(une < 0 for un in lus for une in (un.mois, un.jours)) and not _remonte(lus):
        table.signaler("duree", "un délai qui remonte le temps a un seul pas, en mois ou en jours")
    return lus


def _pas(table: Lecteur) -> Pas:
    mois, jours = table.entier("mois"), table.entier("jours")
    if mois is None and jours is None:
        table.signaler("", "attendu : { mois = … } ou { jours = … }")
    table.clore()
    return Pas(mois or 0, jours or 0)


def _remonte(duree: Duree) -> bool:
    return len(duree) == 1 and 0 in (duree[0].mois, duree[0].jours)
