"""Examiner une situation : quelles voies sont retenues, lesquelles restent possibles, et leurs échéances."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from modele.dossier.faits.calendrier import ajouter_mois
from modele.orientation.regles import RegleEcheance, RegleOrientation
from modele.orientation.resultat import Echeance, Urgence, Voie
from modele.regles.etats import Situation
from modele.regles.kleene import evaluer
from modele.regles.manques import manques

_ORDRE = list(Urgence)


def orienter(regles: Sequence[RegleOrientation], situation: Situation) -> tuple[Voie, ...]:
    """Les voies retenues et possibles, les plus urgentes d'abord, les retenues avant les possibles.

    Une voie discrète seulement possible ne dit rien d'elle : seulement qu'une question reste à poser seul à seul.
    """
    trouvees = []
    for regle in regles:
        verdict = True if regle.si is None else evaluer(regle.si, situation)
        if verdict is True:
            trouvees.append(_retenue(regle, situation))
        elif verdict is None:
            trouvees.append(_possible(regle, situation))
    return tuple(sorted(trouvees, key=lambda voie: (_ORDRE.index(voie.urgence), not voie.certaine)))


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
        fondement=regle.fondement,
        confiance=regle.confiance,
        verifie_le=regle.verifie_le,
        source=regle.source,
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
        fondement=regle.fondement,
        confiance=regle.confiance,
        verifie_le=regle.verifie_le,
        source=regle.source,
    )


def echeances(regles: Iterable[RegleEcheance], situation: Situation) -> Iterable[Echeance]:
    """Les échéances qui valent, ou pourraient valoir ; datées seulement si leur point de départ est connu."""
    for regle in regles:
        vaut = True if regle.si is None else evaluer(regle.si, situation)
        if vaut is not False:
            le = _date(regle, situation) if vaut else None
            yield Echeance(regle.id, regle.libelle, _enonce(regle), le, regle.confiance)


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


def _enonce(regle: RegleEcheance) -> str:
    morceaux = [f"{regle.mois} mois"] if regle.mois else []
    morceaux += [f"{regle.jours} jour{'s' if regle.jours > 1 else ''}"] if regle.jours else []
    delai = " et ".join(morceaux) or "le jour même"
    depart = (
        f" à compter de : {regle.depuis.definition[:1].lower()}{regle.depuis.definition[1:]}" if regle.depuis else ""
    )
    return f"{delai}{depart}"
