"""Examiner une situation : quelles voies sont retenues, lesquelles restent possibles, et leurs échéances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from modele.orientation.echeances import echeances
from modele.orientation.regles import RegleOrientation, remplacees
from modele.orientation.resultat import Echeance, Urgence, Voie
from modele.regles.etats import Situation
from modele.regles.kleene import evaluer
from modele.regles.manques import manques, mene

_ORDRE = list(Urgence)


def orienter(regles: Sequence[RegleOrientation], situation: Situation, jour: date | None = None) -> tuple[Voie, ...]:
    """Les voies retenues et possibles, les plus urgentes d'abord, les retenues avant les possibles.

    ``jour`` : celui de l'examen, qui fait monter les urgences ; sans lui, aucune ne monte.
    Une voie discrète seulement possible ne dit rien d'elle : seulement qu'une question reste à poser seul à seul.
    """
    trouvees: list[Voie] = []
    for regle in regles:
        verdict = True if regle.si is None else evaluer(regle.si, situation)
        if verdict is True:
            trouvees.append(_retenue(regle, situation, jour))
        elif verdict is None:
            trouvees.append(_possible(regle, situation))
    montrees = _remplacer(trouvees, {regle.id: regle for regle in regles}, situation)
    return tuple(sorted(montrees, key=lambda voie: (_ORDRE.index(voie.urgence), not voie.certaine)))


def _remplacer(trouvees: Sequence[Voie], regles: Mapping[str, RegleOrientation], situation: Situation) -> list[Voie]:
    """Une voie retenue prend la place des voies retenues qu'elle précise, et ce qu'elles avaient de plus.

    Une voie seulement possible ne remplace rien et ne se remplace pas.
    """

    def remplace(regle: RegleOrientation) -> bool:
        if _exceptee(regle, situation):
            return False
        return regle.remplace_si is None or evaluer(regle.remplace_si, situation) is True

    def reprend(regle: RegleOrientation) -> bool:
        return regle.reprend and remplace(regle)

    retenues = {voie.id: voie for voie in trouvees if voie.certaine}
    cachees = {
        id_: [retenues[un] for un in remplacees(id_, regles, remplace)[1:] if un in retenues] for id_ in retenues
    }
    a_taire = {voie.id for voies in cachees.values() for voie in voies}
    return [
        _a_la_place(voie, cachees[voie.id], remplacees(voie.id, regles, reprend)) if cachees.get(voie.id) else voie
        for voie in trouvees
        if voie.id not in a_taire
    ]


def _a_la_place(voie: Voie, cachees: Sequence[Voie], precisees: Sequence[str]) -> Voie:
    """La voie, qui en cache d'autres et n'est jamais moins urgente qu'elles ; ce qu'elle précise lui revient."""
    urgence = min((une.urgence for une in (voie, *cachees)), key=_ORDRE.index)
    reprise = _reprendre(voie, [une for une in cachees if une.id in precisees])
    return replace(reprise, urgence=urgence, remplacees=tuple(une.id for une in cachees))


def _reprendre(voie: Voie, precisees: Sequence[Voie]) -> Voie:
    """La voie, avec les échéances, contacts, fiches et pièces de celles qu'elle précise ; les siens d'abord."""
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
        heritees=tuple(une.id for une in precisees),
    )


def _union(suites: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(un for suite in suites for un in suite))


def _retenue(regle: RegleOrientation, situation: Situation, jour: date | None) -> Voie:
    dites = tuple(echeances(regle.echeances, situation, regle.provenance.fondement))
    return Voie(
        id=regle.id,
        libelle=regle.libelle,
        urgence=_urgence(regle, dites, jour),
        certaine=True,
        discret=regle.discret,
        gestes=regle.gestes,
        a_dire=regle.a_dire,
        a_eviter=regle.a_eviter,
        pieces=regle.pieces,
        contacts=regle.contacts,
        fiches=regle.fiches,
        ferme=() if _exceptee(regle, situation) else regle.ferme,
        echeances=dites,
        provenance=regle.provenance,
    )


def _exceptee(regle: RegleOrientation, situation: Situation) -> bool:
    """Vrai si ce qui ferme d'autres chemins ne vaut pas ici : l'exception est dite."""
    return regle.remplace_sauf is not None and evaluer(regle.remplace_sauf, situation) is True


def _urgence(regle: RegleOrientation, dites: Iterable[Echeance], jour: date | None) -> Urgence:
    """L'urgence déclarée, ou la plus pressante de celles que l'approche d'une date lui donne ; passée, elle y reste."""
    reste = {une.id: (une.le - jour).days for une in dites if une.le is not None and jour is not None}
    montees = [une.urgence for une in regle.urgence_selon if reste.get(une.echeance, une.jours + 1) <= une.jours]
    return min((regle.urgence, *montees), key=_ORDRE.index)


def _possible(regle: RegleOrientation, situation: Situation) -> Voie:
    a_demander = () if regle.si is None else manques(regle.si, situation)
    menee = regle.si is not None and mene(regle.si, situation)
    if regle.discret:
        return Voie(
            regle.id, regle.libelle_discret, regle.urgence, certaine=False, discret=True, a_demander=a_demander,
            menee=menee,
        )  # fmt: skip
    return Voie(
        id=regle.id,
        libelle=regle.libelle,
        urgence=regle.urgence,
        certaine=False,
        discret=False,
        a_demander=a_demander,
        menee=menee,
        provenance=regle.provenance,
    )
