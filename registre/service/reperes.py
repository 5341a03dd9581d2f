"""Les repères d'un territoire : notes et délais observés, par commune, typologie et population, publiés signés.

Ils viennent d'une extraction nommée et datée du système officiel (voir ``reperes_csv``). Un petit effectif désignerait
des personnes : sous le seuil déclaré, ni l'effectif ni les valeurs ne sortent du serveur.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from msgspec import Struct
from sqlalchemy import Engine

from modele.dossier.documents import encoder
from modele.protocole.messages import Referentiel
from modele.regles.disque import lire
from registre.service.referentiels import publier
from registre.service.reperes_csv import Entete, Extraction, Observation, lire_extraction

NOM: Final = "reperes"


class Distribution(Struct, frozen=True, omit_defaults=True):
    """Des quantiles et l'effectif dont ils viennent ; ``masque`` : effectif sous le seuil, rien d'autre n'est dit."""

    effectif: int = 0
    quantiles: dict[str, Decimal] = {}
    masque: bool = False


class Repere(Struct, frozen=True, omit_defaults=True):
    """Ce qui est observé pour une commune (code INSEE), une typologie et une population (``primo``, ``mutation``).

    ``delais`` : en mois.
    """

    commune: str
    typologie: str
    population: str
    notes: Distribution | None = None
    delais: Distribution | None = None


class Reperes(Struct, frozen=True):
    """Le référentiel publié : l'extraction d'où il vient, le seuil appliqué, et les repères."""

    nom: str
    extraction: date
    seuil: int
    reperes: list[Repere]


def publier_reperes(
    moteur: Engine, ou: str, fichier: Path, maintenant: datetime, donnes: Entete | None = None
) -> Referentiel:
    """Lit, masque et publie. ``donnes`` : le nom, la date ou le seuil que le fichier ne dit pas.

    Lève ``FichierFautif`` (toutes les fautes du fichier à la fois) ou ``ErreurUtilisateur``.
    """
    extraction = lire_extraction(lire(fichier), fichier.name, maintenant.date(), donnes or Entete())
    return publier(moteur, ou, NOM, encoder(reperes(extraction)), maintenant)


def reperes(extraction: Extraction) -> Reperes:
    """Les repères à publier, petits effectifs masqués."""
    return Reperes(
        extraction.nom,
        extraction.date,
        extraction.seuil,
        [
            Repere(*cle, _distribution(notes, extraction.seuil), _distribution(delais, extraction.seuil))
            for cle, (notes, delais) in sorted(extraction.lignes.items())
        ],
    )


def _distribution(observee: Observation | None, seuil: int) -> Distribution | None:
    if observee is None:
        return None
    if observee.effectif < seuil:
        return Distribution(masque=True)
    quantiles: Mapping[str, Decimal] = observee.quantiles
    return Distribution(observee.effectif, dict(quantiles))
