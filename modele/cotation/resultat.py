"""Ce que rend le calcul de la note : un intervalle et ses raisons, ligne par ligne."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from modele.cotation.grille import Forme, Rubrique, SourceGrille
from modele.regles.etats import Etat
from modele.regles.faits import Fait

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
class Constat:
    """Un fait que lit un critère et ce qu'on en sait ; d'un fait de personne, un état par personne du foyer."""

    fait: Fait
    etats: tuple[Etat, ...]


class Motif(StrEnum):
    """Pourquoi un critère ne compte pas."""

    PERIODE = "periode"
    """Sa ligne n'est pas en vigueur à cette date."""
    RUBRIQUE = "rubrique"
    """Sa rubrique est réservée à d'autres situations."""
    MAXIMUM = "maximum"
    """Un autre de la rubrique rapporte autant ou plus."""
    PREMIER = "premier"
    """Un autre de la rubrique passe avant."""


@dataclass(frozen=True, slots=True)
class NonCompte:
    """La raison, et le critère qui l'emporte (identifiant et libellé), s'il y en a un."""

    motif: Motif
    par: str = ""
    gagnant: str = ""


@dataclass(frozen=True, slots=True)
class LigneCritere:
    """Une ligne expliquée : le fait et sa valeur, la règle, les points, le cumul, la preuve.

    ``points`` : valeur propre, avant cumul. ``compte`` : entre dans sa rubrique toujours, jamais, parfois (``None``).
    ``forme`` : la règle de la grille. ``faits_inconnus`` : les faits qui manquent pour décider. Les mots se disent par
    ``modele.mots.note``.
    """

    id: str
    libelle: str
    points: Fourchette
    compte: bool | None
    forme: Forme | None = None
    constats: tuple[Constat, ...] = ()
    non_compte: NonCompte | None = None
    preuve: Preuve = Preuve.AUTOMATIQUE
    pieces: tuple[str, ...] = ()
    reference: str = ""
    confiance: str = "V"
    faits: tuple[str, ...] = ()
    faits_inconnus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LigneRubrique:
    """Une rubrique, sa valeur après ses bornes, et ses critères. ``regle`` : celle de la grille."""

    id: str
    libelle: str
    points: Fourchette
    criteres: tuple[LigneCritere, ...]
    regle: Rubrique | None = None
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


class SorteReserve(StrEnum):
    """De quoi parle une réserve."""

    PARTIELLE = "partielle"
    A_PART = "a_part"
    """Des lignes de la grille ne se montrent à personne ici : la même phrase dans toute note de cette grille."""
    REMARQUE = "remarque"
    PREUVE = "preuve"
    PARAMETRE = "parametre"
    PERIODE = "periode"
    AUTRE_POPULATION = "autre_population"
    POPULATION_A_PRECISER = "population_a_preciser"
    PAR_POPULATION = "par_population"
    SANS_GRILLE = "sans_grille"


@dataclass(frozen=True, slots=True)
class Reserve:
    """Ce qu'il faut savoir avant de lire la note : sa sorte, et ce dont elle parle.

    ``libelle`` : la remarque de la grille, le paramètre qui manque ou la grille en cause.
    """

    sorte: SorteReserve
    libelle: str = ""
    points: Fourchette | None = None
    population: str = ""
    jour: date | None = None


@dataclass(frozen=True, slots=True)
class Cotation:
    """La note expliquée d'une demande, à une date, par une grille.

    ``declaree`` est le total ; ``verifiee``, le même calcul où tout critère mal prouvé ne s'applique pas.
    ``exact`` : les deux bornes du total sont atteintes par une complétion réelle des réponses inconnues.
    ``mention`` : « estimation non opposable… », partout où la note paraît. ``reserves`` : partielle, hors période…
    ``population`` : celle de la grille, ou ``a_preciser``.
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

    def nommer_la_grille(self, statut: str) -> str:
        """La grille et ce qu'elle vaut (``statut``, en mots)."""
        return f"{self.libelle} ({statut})"
