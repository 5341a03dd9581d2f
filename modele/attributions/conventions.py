"""Une convention de réservation, au plus court : ce qu'il faut pour en calculer le flux. Elle se garde ailleurs."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

import msgspec


class UniteDeDecompte(StrEnum):
    """Ce qui consomme un droit : la convention le dit, le texte non (CCH R441-5-1)."""

    PROPOSE = "propose"
    PRESENTE = "presente"
    ATTRIBUE = "attribue"
    BAIL = "bail"


Cle: TypeAlias = tuple[str, str, str, str, int]


class Convention(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Une seule par réservataire, bailleur, périmètre et année (CCH R441-5).

    ``reservataire`` : son nom, tel que les fichiers du bailleur le disent. ``categorie`` : son identifiant dans
    ``attributions.toml`` (« communes », « action_logement »…). ``perimetre`` : un département, ou le territoire d'une
    collectivité. ``taux`` : pour cent du patrimoine (12 se lit 12 %). ``publics`` : l'objectif de la convention par
    public, en pour cent de ce qui est dû.
    """

    reservataire: str
    categorie: str
    siren_bailleur: str
    perimetre: str
    annee: int
    taux: Decimal
    premieres_mises_dans_le_flux: bool = False
    unite_de_decompte: UniteDeDecompte = UniteDeDecompte.ATTRIBUE
    publics: dict[str, Decimal] = {}

    @property
    def cle(self) -> Cle:
        """Ce qui la distingue de toute autre ; une préfecture en a deux lignes, ses prioritaires et ses agents."""
        return self.reservataire, self.categorie, self.siren_bailleur, self.perimetre, self.annee


class Prevision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ce qu'un bailleur annonce d'une année, là où il l'annonce : de quoi calculer l'assiette du flux.

    ``hors_flux`` : combien, par valeur de ``hors_flux`` d'``attributions.toml`` (« MUTATION »…). ``code_insee`` vide :
    pour tout le périmètre.
    """

    siren_bailleur: str
    annee: int
    remises_en_location: int
    code_insee: str = ""
    premieres_mises: int = 0
    hors_flux: dict[str, int] = {}
