"""Ce que rend le calcul de la note : un intervalle et ses raisons, ligne par ligne."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

Points = Decimal


class Preuve(StrEnum):
    """L'état de preuve d'un critère."""

    AUTOMATIQUE = "automatique"
    DECLARE = "declare"
    JUSTIFIE = "justifie"
    VALIDE = "valide"
    MANQUANT = "manquant"


@dataclass(frozen=True, slots=True)
class Fourchette:
    """Un intervalle de points ; ``None`` quand rien ne borne de ce côté."""

    min: Points | None
    max: Points | None

    @property
    def certaine(self) -> bool:
        """Vrai si la note ne peut plus changer."""
        return self.min is not None and self.min == self.max


@dataclass(frozen=True, slots=True)
class LigneCritere:
    """Une ligne expliquée : le fait et sa valeur, la règle, les points, le cumul, la preuve.

    ``points`` : valeur propre, avant cumul. ``compte`` : entre dans sa rubrique toujours, jamais, parfois (``None``).
    ``constat`` : phrase sur la situation (« Demande reçue le 10/11/2025 : 12 mois révolus »).
    ``regle`` : la règle en mots (« 1 point par mois, 60 au plus »). ``non_compte`` : pourquoi un critère ne compte pas.
    ``faits_inconnus`` : les faits qui manquent pour décider.
    """

    id: str
    libelle: str
    points: Fourchette
    compte: bool | None
    constat: str = ""
    regle: str = ""
    non_compte: str = ""
    preuve: Preuve = Preuve.AUTOMATIQUE
    pieces: tuple[str, ...] = ()
    reference: str = ""
    confiance: str = "V"
    faits: tuple[str, ...] = ()
    faits_inconnus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LigneRubrique:
    """Une rubrique, sa valeur après ses bornes, et ses critères. ``cumul`` : la règle de cumul en mots."""

    id: str
    libelle: str
    points: Fourchette
    criteres: tuple[LigneCritere, ...]
    cumul: str = ""
    confiance: str = "V"


@dataclass(frozen=True, slots=True)
class Decisif:
    """Un fait inconnu qui peut, à lui seul, changer le total, et de combien au plus (``None`` : rien ne le borne)."""

    fait: str
    ecart: Points | None
    refuse: bool = False


@dataclass(frozen=True, slots=True)
class HorsCotation:
    """Un circuit à part, certain ou possible."""

    id: str
    libelle: str
    certain: bool


@dataclass(frozen=True, slots=True)
class SourceGrille:
    """D'où vient la grille."""

    titre: str
    url: str = ""
    releve_le: date | None = None


class SorteReserve(StrEnum):
    """De quoi parle une réserve."""

    PARTIELLE = "partielle"
    REMARQUE = "remarque"
    PREUVE = "preuve"
    PARAMETRE = "parametre"
    PERIODE = "periode"
    POPULATION = "population"


@dataclass(frozen=True, slots=True)
class Reserve:
    """Ce qu'il faut savoir avant de lire la note : une phrase, et de quelle sorte elle est."""

    sorte: SorteReserve
    texte: str


@dataclass(frozen=True, slots=True)
class Cotation:
    """La note expliquée d'une demande, à une date, par une grille.

    ``declaree`` est le total ; ``verifiee``, le même calcul où tout critère mal prouvé ne s'applique pas.
    ``exact`` : les deux bornes du total sont atteintes par une complétion réelle des réponses inconnues.
    ``mention`` : « estimation non opposable… », partout où la note paraît. ``reserves`` : partielle, hors période…
    """

    grille: str
    libelle: str
    statut: str
    date_calcul: date
    population: str
    declaree: Fourchette
    verifiee: Fourchette
    exact: bool
    rubriques: tuple[LigneRubrique, ...]
    decisifs: tuple[Decisif, ...]
    hors_cotation: tuple[HorsCotation, ...]
    mention: str
    reserves: tuple[Reserve, ...] = ()
    sources: tuple[SourceGrille, ...] = field(default=())

    @property
    def phrases(self) -> tuple[str, ...]:
        """Les réserves en toutes lettres."""
        return tuple(reserve.texte for reserve in self.reserves)

    def nommer_la_grille(self, statut: str) -> str:
        """La grille et ce qu'elle vaut (``statut``, en mots)."""
        return f"{self.libelle} ({statut})"
