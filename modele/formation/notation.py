"""Noter un parcours : juste, omission dangereuse, geste dangereux, inutile, à discuter ; chacun avec sa raison.

Tout vient du cas, écrit à la main. N'est compté faux que ce qui se lit dans un texte (V) ou qu'une personne nommée a
validé ; tout le reste se discute. Un texte libre ne se compte jamais faux.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from modele.formation.cas import Attente, Cas, Etape, Point, Question, Sorte
from modele.formation.entretien import Posee, entendue
from modele.formation.idees import dite


class Verdict(StrEnum):
    """Ce que vaut un point, du plus grave au plus léger."""

    OMISSION_DANGEREUSE = "omission_dangereuse"
    GESTE_DANGEREUX = "geste_dangereux"
    INUTILE = "inutile"
    A_DISCUTER = "a_discuter"
    JUSTE = "juste"

    @property
    def dit(self) -> str:
        """Le verdict en mots."""
        return _DITS[self]


_DITS: Final = {
    Verdict.OMISSION_DANGEREUSE: "omission dangereuse",
    Verdict.GESTE_DANGEREUX: "geste dangereux",
    Verdict.INUTILE: "étape inutile",
    Verdict.A_DISCUTER: "à discuter",
    Verdict.JUSTE: "juste",
}
ENTRETIEN: Final = "entretien"
"""L'étape où se notent les questions."""
_DEVANT: Final = "Demandé devant {} : la vraie réponse ne se dit que seul à seul. {}"


@dataclass(frozen=True, slots=True)
class Parcours:
    """Ce qu'un agent a fait : les questions posées, les points choisis, ce qu'il a écrit par étape ouverte."""

    posees: tuple[Posee, ...] = ()
    choix: frozenset[str] = frozenset()
    textes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """Un point noté. ``raison`` : pourquoi, dans les mots du cas."""

    etape: str
    point: Point
    verdict: Verdict
    raison: str


@dataclass(frozen=True, slots=True)
class Resultat:
    """Tout ce qui a été noté, dans l'ordre du cas."""

    notes: tuple[Note, ...]

    def de(self, verdict: Verdict) -> tuple[Note, ...]:
        """Les points de ce verdict."""
        return tuple(note for note in self.notes if note.verdict is verdict)

    @property
    def parfait(self) -> bool:
        """Tout ce que le cas attend a été fait, et rien d'autre n'est à reprendre."""
        return all(note.verdict is Verdict.JUSTE for note in self.notes)


def noter(cas: Cas, parcours: Parcours) -> Resultat:
    """La note de ce parcours. Ce que le cas ne connaît pas ne compte pas."""
    notes = [_question(cas, question, parcours) for question in cas.questions]
    for etape in cas.etapes:
        notes += _etape(etape, parcours)
    return Resultat(tuple(note for note in notes if note is not None))


def parcours_de_reference(cas: Cas) -> Parcours:
    """Le parcours parfait que le cas écrit ; chaque question y est posée seul à seul."""
    posees = tuple(Posee(une, seul=True) for une in cas.reference.questions)
    return Parcours(posees, frozenset(cas.reference.choix), dict(cas.reference.textes or {}))


def _question(cas: Cas, question: Question, parcours: Parcours) -> Note | None:
    point = question.point
    posee = any(une.question == point.id for une in parcours.posees)
    bien = entendue(parcours.posees, question)
    note = _point(ENTRETIEN, point, bien if point.attente.voulue else posee)
    if note is None or bien or not posee:
        return note
    return Note(note.etape, point, note.verdict, _DEVANT.format(cas.scene.accompagnant, point.raison))


def _etape(etape: Etape, parcours: Parcours) -> Iterator[Note | None]:
    if etape.sorte is Sorte.OUVERTE:
        texte = parcours.textes.get(etape.id, "")
        yield from (_idee(etape.id, point, dite(texte, point.variantes) > 0) for point in etape.points)
    else:
        yield from (_point(etape.id, point, point.id in parcours.choix) for point in etape.points)


def _point(etape: str, point: Point, fait: bool) -> Note | None:
    """Un point coché ou une question posée ; rien à en dire s'il est libre, ou évité comme il fallait."""
    if point.attente.voulue and fait:
        return Note(etape, point, Verdict.JUSTE, point.raison)
    faux = _FAUX.get((point.attente, fait))
    if faux is None:
        return None
    return Note(etape, point, faux if point.tranche else Verdict.A_DISCUTER, point.raison)


def _idee(etape: str, point: Point, dite_ici: bool) -> Note | None:
    """Une idée d'un texte libre : reconnue, elle est juste ; tout le reste se relit à deux."""
    if point.attente.voulue:
        return Note(etape, point, Verdict.JUSTE if dite_ici else Verdict.A_DISCUTER, point.raison)
    a_relire = dite_ici and point.attente is not Attente.LIBRE
    return Note(etape, point, Verdict.A_DISCUTER, point.raison) if a_relire else None


_FAUX: Final[Mapping[tuple[Attente, bool], Verdict]] = {
    (Attente.VITAL, False): Verdict.OMISSION_DANGEREUSE,
    # Attendu sans être vital : l'oublier n'a mis personne en danger.
    (Attente.ATTENDU, False): Verdict.A_DISCUTER,
    (Attente.DANGEREUX, True): Verdict.GESTE_DANGEREUX,
    (Attente.INUTILE, True): Verdict.INUTILE,
}
