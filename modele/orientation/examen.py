"""Examiner une situation : quelles voies sont retenues, lesquelles restent possibles, et leurs échéances."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from modele.dossier.faits.calendrier import ajouter_mois
from modele.orientation.regles import RegleEcheance, RegleOrientation, remplacees
from modele.orientation.resultat import Echeance, Urgence, Voie
from modele.regles.etats import Situation
from modele.regles.kleene import evaluer
from modele.regles.manques import manques

_ORDRE = list(Urgence)


def orienter(regles: Sequence[RegleOrientation], situation: Situation) -> tuple[Voie, ...]:
    """Les voies retenues et possibles, les plus urgentes d'abord, les retenues avant les possibles.

    Une voie discrète seulement possible ne dit rien d'elle : seulement qu'une question reste à poser seul à seul.
    """
    trouvees: list[Voie] = []
    for regle in regles:
        verdict = True if regle.si is None else evaluer(regle.si, situation)
        if verdict is True:
            trouvees.append(_retenue(regle, situation))
        elif verdict is None:
            trouvees.append(_possible(regle, situation))
    montrees = _remplacer(trouvees, {regle.id: regle for regle in regles})
    return tuple(sorted(montrees, key=lambda voie: (_ORDRE.index(voie.urgence), not voie.certaine)))


def _remplacer(trouvees: Sequence[Voie], regles: Mapping[str, RegleOrientation]) -> list[Voie]:
    """Une voie retenue prend la place des voies retenues qu'elle précise, et ce qu'elles avaient de plus.

    Une voie seulement possible ne remplace rien et ne se remplace pas.
    """
    retenues = {voie.id: voie for voie in trouvees if voie.certaine}
    precisees = {
        id_: [retenues[autre] for autre in remplacees(id_, regles)[1:] if autre in retenues] for id_ in retenues
    }
    cachees = {voie.id for voies in precisees.values() for voie in voies}
    return [
        _reprendre(voie, precisees[voie.id]) if voie.certaine else voie for voie in trouvees if voie.id not in cachees
    ]


def _reprendre(voie: Voie, precisees: Sequence[Voie]) -> Voie:
    """La voie, avec les échéances, contacts, fiches et pièces de celles qu'elle précise ; les siens d'abord."""
    if not precisees:
        return voie
    toutes = (voie, *precisees)
    reunies: dict[str, Echeance] = {}
    for echeance in (echeance for une in toutes for echeance in une.echeances):
        reunies.setdefault(echeance.id, echeance)
    return replace(
        voie,
        echeances=tuple(reunies.values()),
        contacts=_union(une.contacts for une in toutes),
        fiches=_union(une.fiches for une in toutes),
        pieces=_union(une.pieces for une in toutes),
        remplacees=tuple(une.id for une in precisees),
    )


def _union(suites: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(un for suite in suites for un in suite))


def _retenue(regle: RegleOrientation, situation: Situation) -> Voie:
    return Voie(
        id=regle.id,
        libelle=regle.libelle,
        urgence=regle.urgence,
        certaine=True,
        discret=regle.discret,
        gestes=regle.gestes,
        a_dire=regle.a_dire,
        a_eviter=regle.a_eviter,
        pieces=regle.pieces,
        contacts=regle.contacts,
        fiches=regle.fiches,
        echeances=tuple(echeances(regle.echeances, situation)),
        provenance=regle.provenance,
    )


def _possible(regle: RegleOrientation, situation: Situation) -> Voie:
    a_demander = () if regle.si is None else manques(regle.si, situation)
    if regle.discret:
        return Voie(regle.id, regle.libelle_discret, regle.urgence, certaine=False, discret=True, a_demander=a_demander)
    return Voie(
        id=regle.id,
        libelle=regle.libelle,
        urgence=regle.urgence,
        certaine=False,
        discret=False,
        a_demander=a_demander,
        provenance=regle.provenance,
    )


def echeances(regles: Iterable[RegleEcheance], situation: Situation) -> Iterable[Echeance]:
    """Les échéances qui valent, ou pourraient valoir ; datées seulement si leur point de départ est connu."""
    for regle in regles:
        vaut = True if regle.si is None else evaluer(regle.si, situation)
        if vaut is not False:
            le = _date(regle, situation) if vaut else None
            depuis = "" if regle.depuis is None else regle.depuis.definition
            yield Echeance(regle.id, regle.libelle, regle.mois, regle.jours, depuis, le, regle.confiance)


def _date(regle: RegleEcheance, situation: Situation) -> date | None:
    depuis = None if regle.depuis is None else situation.etat(regle.depuis.nom).valeur
    if not isinstance(depuis, date):
        return None
    try:
        le = ajouter_mois(depuis, regle.mois) + timedelta(days=regle.jours)
        return jour_ouvrable(le) if regle.report == "jour_ouvrable" else le
    except OverflowError:
        return None  # au-delà du calendrier : elle s'énonce seulement


def jour_ouvrable(jour: date) -> date:
    """Ce jour, ou le premier jour suivant qui n'est ni samedi, ni dimanche, ni férié en métropole."""
    while jour.weekday() >= 5 or jour in _feries():
        jour += timedelta(days=1)
    return jour


@lru_cache(maxsize=1)
def _feries() -> Container[date]:
    # Importée ici : peu d'échéances se reportent, et la bibliothèque est lente à charger.
    from holidays import country_holidays

    return country_holidays("FR")
