"""La grille d'un territoire : rubriques, critères, bornes, sources. Des données immuables, déjà vérifiées."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from modele.regles.conditions import Condition
from modele.regles.faits import Catalogue, Fait
from modele.regles.parametres import DeclarationParametre


class Cumul(StrEnum):
    """Comment une rubrique combine les critères qui s'appliquent."""

    SOMME = "somme"
    MAXIMUM = "maximum"
    PREMIER = "premier"


@dataclass(frozen=True, slots=True)
class Bornes:
    """Plancher et plafond en points ; ``None`` : pas de borne. Le plancher s'applique d'abord."""

    plancher: Decimal | None = None
    plafond: Decimal | None = None

    def appliquer(self, points: Decimal) -> Decimal:
        """``points`` ramenés entre les bornes."""
        if self.plancher is not None and points < self.plancher:
            points = self.plancher
        return self.plafond if self.plafond is not None and points > self.plafond else points


@dataclass(frozen=True, slots=True)
class Fixe:
    """Un nombre de points, tel quel."""

    points: Decimal


@dataclass(frozen=True, slots=True)
class ParUnite:
    """``points`` par tranche entière de ``chaque`` unités du fait, borné en points."""

    fait: Fait
    points: Decimal
    chaque: Decimal
    bornes: Bornes


@dataclass(frozen=True, slots=True)
class Tranche:
    """Points jusqu'à ``borne`` (comprise ou non) ; sans borne : tout le reste."""

    points: Decimal
    borne: Decimal | int | date | None = None
    comprise: bool = False


@dataclass(frozen=True, slots=True)
class Tranches:
    """La première tranche dont la borne convient ; 0 si aucune."""

    fait: Fait
    tranches: tuple[Tranche, ...]


Forme = Fixe | ParUnite | Tranches


@dataclass(frozen=True, slots=True)
class Validite:
    """Dates d'application, bornes incluses."""

    du: date | None = None
    au: date | None = None

    def vaut_le(self, jour: date) -> bool:
        """Vrai si ``jour`` est dans les dates."""
        return (self.du is None or self.du <= jour) and (self.au is None or jour <= self.au)


@dataclass(frozen=True, slots=True)
class Critere:
    """Une ligne de la grille. ``preuve`` : automatique, piece ou travailleur_social."""

    id: str
    libelle: str
    forme: Forme
    si: Condition | None = None
    preuve: str = "automatique"
    pieces: tuple[str, ...] = ()
    reference: str = ""
    confiance: str = "V"
    validite: Validite = Validite()


@dataclass(frozen=True, slots=True)
class Rubrique:
    """Un groupe de critères, sa règle de cumul, ses bornes ; ``si`` : rubrique réservée."""

    id: str
    libelle: str
    cumul: Cumul
    criteres: tuple[Critere, ...]
    bornes: Bornes = Bornes()
    si: Condition | None = None
    reference: str = ""
    confiance: str = "V"
    validite: Validite = Validite()


@dataclass(frozen=True, slots=True)
class CircuitAPart:
    """Une situation hors cotation : elle n'ôte ni n'ajoute de points."""

    id: str
    libelle: str
    si: Condition
    reference: str = ""
    confiance: str = "V"
    validite: Validite = Validite()


@dataclass(frozen=True, slots=True)
class SourceGrille:
    """D'où vient la grille."""

    titre: str
    url: str = ""
    releve_le: date | None = None


@dataclass(frozen=True, slots=True)
class Grille:
    """Une grille de cotation entière.

    ``catalogue`` : les faits nationaux et les faits locaux qu'elle déclare ; ``parametres`` : ceux qu'elle déclare.
    ``a_part`` : des lignes en sont ôtées, qu'un travailleur social examine (``modele.cotation.neutre``).
    """

    id: str
    libelle: str
    territoire: str
    statut: str
    population: str
    validite: Validite
    rubriques: tuple[Rubrique, ...] = ()
    catalogue: Catalogue = field(default_factory=Catalogue)
    faits_locaux: tuple[Fait, ...] = ()
    parametres: Mapping[str, DeclarationParametre] = field(default_factory=dict)
    hors_cotation: tuple[CircuitAPart, ...] = ()
    bornes: Bornes = Bornes()
    sources: tuple[SourceGrille, ...] = ()
    remarque: str = ""
    a_part: bool = False
