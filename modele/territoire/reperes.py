"""Les repères d'un territoire : notes et délais observés par le système officiel, tels que le registre les publie.

Ils viennent d'une extraction nommée et datée : Perron n'en calcule aucun, et ses propres dossiers n'en tiennent pas
lieu.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

import msgspec
from msgspec import Struct

from modele.regles.fautes import ErreurUtilisateur

NOM: Final = "reperes"
"""Le nom du référentiel."""
QUANTILES: Final = ("p50", "p75")
"""Ce qui se publie d'une distribution : rien de plus ne se lit, et les extrêmes désigneraient plus vite quelqu'un."""
_ILLISIBLE: Final = (
    "Les repères publiés pour ce territoire ne se lisent pas : ils viennent peut-être d'un registre plus récent. "
    "Mettez Perron à jour sur ce poste."
)


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
    """Le référentiel publié : l'extraction d'où il vient, le seuil appliqué, et les repères.

    ``delais`` et ``notes`` : de quelles demandes, et de quand à quand ; sans quoi un chiffre ne se comprend pas.
    """

    nom: str
    extraction: date
    seuil: int
    delais: str
    notes: str
    reperes: list[Repere]


def lire_reperes(octets: bytes) -> Reperes:
    """Les repères que disent ces octets. Lève ``ErreurUtilisateur``."""
    try:
        return _decodeur().decode(octets)
    except (msgspec.DecodeError, UnicodeError) as cause:
        raise ErreurUtilisateur(_ILLISIBLE) from cause


@cache
def _decodeur() -> msgspec.json.Decoder[Reperes]:
    return msgspec.json.Decoder(Reperes)
