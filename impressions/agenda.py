"""Les dates d'un recours, un rendez-vous, pour un agenda (.ics) : une référence et « rendez-vous », rien d'autre.

Un agenda se partage et se lit par-dessus une épaule : ni recours, ni échéance, ni nom n'y entre. Jamais d'un dossier
discret : une date y serait déjà un signe. Essais : ``tests/impressions/test_agenda.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from modele.bilan import Bilan
from modele.dossier.codes import reference_courte
from modele.orientation.resultat import Echeance
from modele.protection.discretion import est_discret
from modele.regles.fautes import ErreurUtilisateur

if TYPE_CHECKING:
    from modele.rendez_vous import Creneau

REFUS: Final = (
    "Ce dossier est discret : ses dates ne sortent pas dans un agenda. Elles restent ici, sur l'écran du dossier."
)
SANS_DATE: Final = (
    "Aucune date à venir à mettre dans un agenda : notez d'abord la date de l'accusé de réception, ou de la décision."
)
TOUT_EST_PASSE: Final = (
    "Aucune date à venir à mettre dans un agenda : les dates notées sont derrière. Le calendrier dit quoi faire, étape "
    "par étape."
)
SANS_REFERENCE: Final = "Ce dossier n'a pas encore de référence : ouvrez-le dans Perron, puis recommencez."
_PRODUIT: Final = "-//Perron//Rendez-vous//FR"


def empechement_de_l_agenda(bilan: Bilan) -> str:
    """Pourquoi rien ne peut aller dans un agenda ; vide si rien ne l'empêche."""
    if bilan.a_taire:
        return REFUS
    if not dates_de_l_agenda(bilan):
        return TOUT_EST_PASSE if _dates(bilan) else SANS_DATE
    return "" if reference_de(bilan) else SANS_REFERENCE


def dates_de_l_agenda(bilan: Bilan) -> tuple[date, ...]:
    """Les dates à venir du calendrier, chacune une fois ; d'un délai en doute, ses deux dates."""
    return tuple(sorted(le for le in _dates(bilan) if le >= bilan.jour))


def _dates(bilan: Bilan) -> set[date]:
    echeances = [etape.echeance for etape in bilan.calendrier if etape.echeance is not None]
    return {le for une in echeances for le in _jours(une) if le is not None}


def _jours(echeance: Echeance) -> tuple[date | None, ...]:
    """Celui où agir, et les autres qu'une lecture laisse ; d'un délai arrêté, aucune réponse n'a de jour."""
    if echeance.suspendue:
        return (echeance.le,) if echeance.agir else ()
    repoussee = echeance.suspension.jusqu_au if echeance.suspension is not None else None
    return (echeance.le, *echeance.autres, repoussee)


def reference_de(bilan: Bilan) -> str:
    """La référence du dossier, qui ne dit rien de la personne ; vide s'il n'a pas d'identifiant."""
    identifiant = bilan.document.get("id")
    return reference_courte(identifiant) if isinstance(identifiant, str) and identifiant else ""


def composer_agenda(bilan: Bilan) -> bytes:
    """Le fichier .ics : un jour entier par date. Lève ``ErreurUtilisateur`` si quelque chose l'empêche."""
    if phrase := empechement_de_l_agenda(bilan):
        raise ErreurUtilisateur(phrase)
    reference = reference_de(bilan)
    return _composer(reference, bilan.jour, [(le, None) for le in dates_de_l_agenda(bilan)])


def composer_rendez_vous(document: Mapping[str, Any], creneau: Creneau, jour: date) -> bytes:
    """Le fichier .ics d'un rendez-vous : son heure, sa durée, la référence ; ni lieu, ni avec qui, ni pourquoi.

    Lève ``ErreurUtilisateur`` d'un dossier discret.
    """
    if est_discret(document):
        raise ErreurUtilisateur(REFUS)
    debut = datetime.combine(creneau.jour, time(creneau.debut // 60, creneau.debut % 60))
    return _composer(reference_courte(document["id"]), jour, [(debut, timedelta(minutes=creneau.duree))])


def _composer(reference: str, jour: date, moments: Iterable[tuple[date, timedelta | None]]) -> bytes:
    # Ni au lancement ni à la frappe : la bibliothèque met un sixième de seconde à venir.
    from icalendar import Calendar, Event

    agenda = Calendar()
    agenda.add("prodid", _PRODUIT)
    agenda.add("version", "2.0")
    for le, duree in moments:
        moment = Event()
        # Le même moment du même dossier se remplace, au lieu de se doubler, si le fichier est importé deux fois.
        moment.add("uid", f"{reference}-{le.isoformat()}")
        moment.add("dtstamp", datetime.combine(jour, time(), tzinfo=UTC))
        moment.add("dtstart", le)
        if duree is not None:
            moment.add("duration", duree)
        moment.add("summary", f"Rendez-vous {reference}")
        agenda.add_component(moment)
    return bytes(agenda.to_ical())
