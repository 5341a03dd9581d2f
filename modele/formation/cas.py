"""Ce qu'est un cas de formation : une scène, un demandeur joué, des étapes, et ce qui s'y attend, écrit à la main."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from modele.regles.provenance import Provenance


class Piste(StrEnum):
    """À qui le cas s'adresse."""

    ACCUEIL = "accueil"
    SOCIAL = "social"


class Sorte(StrEnum):
    """Ce qu'une étape demande : cocher des gestes, des mots, une voie, ou écrire librement."""

    GESTES = "gestes"
    MOTS = "mots"
    VOIES = "voies"
    OUVERTE = "ouverte"


class Attente(StrEnum):
    """Ce que le cas attend d'un point. ``VITAL`` : l'omettre est dangereux ; ``LIBRE`` : ni bien, ni mal."""

    VITAL = "vital"
    ATTENDU = "attendu"
    LIBRE = "libre"
    INUTILE = "inutile"
    DANGEREUX = "dangereux"

    @property
    def voulue(self) -> bool:
        """Vrai si le parcours parfait le fait."""
        return self in (Attente.VITAL, Attente.ATTENDU)


@dataclass(frozen=True, slots=True)
class Point:
    """Un geste, un mot, une voie, une idée ou une question. ``raison`` : pourquoi le cas l'attend, ou l'évite.

    ``variantes`` : les façons de le dire dans un texte libre. ``valide_par`` : une personne nommée l'a validé.
    """

    id: str
    texte: str
    attente: Attente
    raison: str
    appui: Provenance
    variantes: tuple[str, ...] = ()
    valide_par: str = ""
    valide_le: date | None = None

    @property
    def tranche(self) -> bool:
        """Vrai si ce point peut être compté faux : lu dans un texte, ou validé. Le reste se discute."""
        return self.appui.confiance == "V" or bool(self.valide_par)


@dataclass(frozen=True, slots=True)
class Question:
    """Une question au demandeur joué. ``seul`` : ce qu'il ne répond que si on le reçoit seul à seul."""

    point: Point
    replique: str
    seul: str = ""


@dataclass(frozen=True, slots=True)
class Etape:
    """Un moment du cas. ``modele`` : d'une étape ouverte, une réponse de référence, montrée après."""

    id: str
    sorte: Sorte
    consigne: str
    points: tuple[Point, ...]
    modele: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Où et avec qui. ``accompagnant`` : qui est là aussi ; ``a_part`` : ce qui se passe si on les sépare."""

    lieu: str
    personne: str
    dit: str
    accompagnant: str = ""
    a_part: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Le parcours parfait, écrit dans le cas : un essai exige qu'il passe."""

    questions: tuple[str, ...] = ()
    choix: tuple[str, ...] = ()
    textes: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Cas:
    """Un cas entier. ``pour_finir`` : ce que la classe en retient."""

    id: str
    titre: str
    piste: Piste
    minutes: int
    scene: Scene
    questions: tuple[Question, ...]
    etapes: tuple[Etape, ...]
    reference: Reference
    pour_finir: str = ""

    def points(self) -> Iterator[Point]:
        """Tous ses points, dans l'ordre où ils se rencontrent."""
        yield from (question.point for question in self.questions)
        for etape in self.etapes:
            yield from etape.points
