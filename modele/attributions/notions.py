"""Ce dont le droit des réservations est fait : réservataires, plafonds, quart, dates. ``droit.py`` le lit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from anyascii import anyascii

from modele.regles.provenance import Provenance


class Quart(StrEnum):
    """Ce qu'un réservataire doit aux prioritaires."""

    QUART = "quart"
    ENTIER = "entier"
    AUCUN = "aucun"
    INCONNU = "inconnu"


@dataclass(frozen=True, slots=True)
class Reservataire:
    """Une catégorie de réservataires. ``commence`` : par quoi commence un nom, plié ; vide, tous les autres."""

    id: str
    libelle: str
    types: tuple[str, ...]
    commence: tuple[str, ...]
    quart: Quart
    emploi: bool
    non_reserve: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Dit:
    """Une règle en une phrase, et d'où elle vient."""

    id: str
    libelle: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Plafond:
    """``taux`` : pour cent du flux d'un bailleur que ces réservataires ne dépassent pas, ensemble."""

    id: str
    libelle: str
    reservataires: tuple[str, ...]
    taux: Decimal
    provenance: Provenance

    @property
    def part(self) -> Fraction:
        """Le taux, en part de un."""
        return Fraction(self.taux) / 100


@dataclass(frozen=True, slots=True)
class PartPrioritaire:
    """Le quart : sa part, et à quoi se voit qu'une attribution y compte."""

    part: Fraction
    dalo: str
    lettres: tuple[str, ...]
    provenance: Provenance
    base: Dit
    emploi: Dit
    colonne_emploi: str
    emploi_dit: str
    pas_d_emploi: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """Ce que dit une ligne du fichier des attributions."""

    favorables: tuple[str, ...]
    acceptee: str
    refusee: str
    sans_reponse: str
    en_cours: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Flux:
    """À quoi se voit ce qui est dans le flux, et ce qui y compte deux fois. ``revenu_est`` : d'où vient ``revenu``."""

    dans_le_flux: str
    premiere_mise: str
    mutation_interne: str
    revenu: str
    revenu_est: Provenance
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Rendez:
    """Un acte de l'année. Sans ``mois``, le texte ne donne pas de jour ; ``sur`` : l'année dont il rend compte."""

    id: str
    acte: str
    qui: str
    vers: str
    mois: int
    jour: int
    avant: bool
    sur: int
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Periode:
    """Une période de construction ; ``jusqu_a`` : sa dernière année, ``None`` pour la dernière."""

    id: str
    libelle: str
    jusqu_a: int | None


@dataclass(frozen=True, slots=True)
class Controles:
    """Ce qui se relève dans un fichier. ``surfaces`` : le minimum pour une personne, deux… ; le dernier au-delà."""

    dpe_indecent: str
    limite_mois: int
    surfaces: tuple[int, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Droit:
    """Tout ce que le fichier dit. ``textes_au`` : la version des textes."""

    textes_au: date
    reservataires: Mapping[str, Reservataire]
    flux: Flux
    hors_flux: Mapping[str, Dit]
    plafonds: tuple[Plafond, ...]
    partage: Dit
    quart: PartPrioritaire
    publics: Mapping[str, Dit]
    decisions: Decisions
    droit_revenu: Dit
    retard: Dit
    projection: Dit
    prevenir_jours: int
    calendrier: tuple[Rendez, ...]
    periodes: tuple[Periode, ...]
    bilan: Dit
    controles: Controles

    def categorie(self, type_reservataire: str, nom: str) -> str:
        """La catégorie de ce réservataire ; vide si son code n'est pas connu."""
        plie = plier(nom) + " "
        for un in self.reservataires.values():
            if type_reservataire in un.types and (not un.commence or plie.startswith(un.commence)):
                return un.id
        return ""


@lru_cache(maxsize=4096)
def plier(texte: str) -> str:
    """Un nom sans accent, majuscule ni ponctuation. Une année répète peu de noms, beaucoup de fois."""
    return " ".join(re.findall("[a-z0-9]+", anyascii(texte).lower()))
