"""Ce qu'un essai donne, étape par étape, en nombres seulement : ce qui peut partir sans dire de qui."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from modele.formation.cas import Cas
from modele.formation.notation import ENTRETIEN, Resultat, Verdict

_OUBLIS: Final = frozenset({Verdict.OMISSION_DANGEREUSE, Verdict.GESTE_DANGEREUX, Verdict.INUTILE})


@dataclass(frozen=True, slots=True)
class ParEtape:
    """Des nombres de points. ``oublis`` : ce qui se compte faux, oublié ou de trop."""

    etape: str
    justes: int
    oublis: int
    a_discuter: int


def compter(cas: Cas, resultat: Resultat) -> tuple[ParEtape, ...]:
    """L'entretien, puis chaque étape du cas, même sans rien de noté."""
    return tuple(_etape(nom, resultat) for nom in (ENTRETIEN, *(etape.id for etape in cas.etapes)))


def _etape(nom: str, resultat: Resultat) -> ParEtape:
    verdicts = [note.verdict for note in resultat.notes if note.etape == nom]
    oublis = sum(verdict in _OUBLIS for verdict in verdicts)
    return ParEtape(nom, verdicts.count(Verdict.JUSTE), oublis, verdicts.count(Verdict.A_DISCUTER))


def dire_l_etape(cas: Cas | None, nom: str) -> str:
    """Le nom d'une étape, dans les mots du cas ; le sien si le cas n'est pas d'ici."""
    if nom == ENTRETIEN:
        return "L'entretien"
    consignes = () if cas is None else tuple(etape.consigne for etape in cas.etapes if etape.id == nom)
    return consignes[0] if consignes else nom
