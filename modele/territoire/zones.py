"""La zone de plafonds d'une commune : Paris et limitrophes, Île-de-France, autres régions ; outre-mer non couvert."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import lire_toml
from modele.territoire.communes import Commune, commune
from modele.territoire.tables import NATIONAL, lire_csv

PARIS: Final = "paris_et_limitrophes"
ILE_DE_FRANCE: Final = "ile_de_france"
AUTRES: Final = "autres_regions"
ZONES: Final = (PARIS, ILE_DE_FRANCE, AUTRES)


@dataclass(frozen=True, slots=True)
class _Regles:
    """Les règles livrées : voir ``zones_plafonds.toml``."""

    paris: frozenset[str]
    ile_de_france: tuple[str, ...]
    outre_mer: tuple[str, ...]
    arrondissements: tuple[tuple[str, str, str], ...]
    a_verifier: dict[str, str]


@cache
def _regles() -> _Regles:
    lecteur = lire_toml(NATIONAL / "zones_plafonds.toml")
    arrondissements = lecteur.tables("arrondissements")
    regles = _Regles(
        frozenset(
            ligne["code_insee"] for ligne in lire_csv(NATIONAL / "zone_paris_communes_limitrophes.csv", ("code_insee",))
        ),
        lecteur.textes("ile_de_france", obligatoire=True),
        lecteur.textes("outre_mer", obligatoire=True),
        tuple((t.texte("commune"), t.texte("du"), t.texte("au")) for t in arrondissements),
        {t.texte("commune"): t.texte("remarque") for t in lecteur.tables("a_verifier")},
    )
    lecteur.fautes.verifier()
    return regles


def zone(code: str) -> str:
    """La zone de plafonds de la commune (code INSEE ; un arrondissement vaut sa commune).

    Lève ``ErreurUtilisateur`` pour une commune inconnue ou d'outre-mer (barèmes propres, non couverts).
    """
    return zone_de(commune(sans_arrondissement(code)))


def zone_de(lieu: Commune) -> str:
    """La zone de plafonds d'une commune. Lève ``ErreurUtilisateur`` outre-mer."""
    regles = _regles()
    if lieu.departement.startswith(regles.outre_mer) or lieu.code.startswith(regles.outre_mer):
        raise ErreurUtilisateur(
            f"{lieu.nom} ({lieu.code}) est outre-mer : ses plafonds de ressources ont un barème propre, "
            "que Perron ne couvre pas. Consultez l'ADIL ou la préfecture."
        )
    if lieu.code in regles.paris:
        return PARIS
    return ILE_DE_FRANCE if lieu.region in regles.ile_de_france else AUTRES


def remarque_de_zone(code: str) -> str:
    """Ce qui reste à vérifier sur la zone de cette commune, ou rien."""
    return _regles().a_verifier.get(sans_arrondissement(code), "")


def sans_arrondissement(code: str) -> str:
    """Le code de la commune, pour un arrondissement de Paris, Lyon ou Marseille ; sinon le code lui-même."""
    return next((lieu for lieu, du, au in _regles().arrondissements if du <= code <= au and len(code) == 5), code)
