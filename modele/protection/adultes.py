"""Qui, avec le demandeur, peut lire un dossier : les autres adultes qui y sont. Dans le doute, il y en a un."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from modele.dossier.chemins import ABSENT, ELEMENTS, lire
from modele.dossier.faits.calendrier import annees_revolues
from modele.dossier.inventaire import CODEMANDEUR, PERSONNES
from modele.dossier.situation import AVEC_CODEMANDEUR, elements
from modele.regles.lecture import lire_toml
from modele.regles.parametres import DeclarationParametre, lire_parametres, resoudre
from ressources import RESSOURCES

COLOCATAIRES: Final = "foyer.colocataires"
_LISTES: Final = (PERSONNES, COLOCATAIRES)
_AGE_MAJORITE: Final = "age_majorite"
_PARAMETRES: Final = RESSOURCES / "national" / "parametres.toml"


def adultes(document: Mapping[str, Any], jour: date) -> frozenset[str]:
    """Les autres adultes du dossier à la date ``jour`` : « codemandeur », ou le chemin d'un élément de liste.

    Dans le doute (naissance inconnue, codemandeur dont on a noté quelque chose), il y en a un.
    """
    return frozenset(_adultes(document, jour))


def partage(document: Mapping[str, Any], jour: date) -> bool:
    """Vrai si un autre adulte que le demandeur est dans le dossier, à la date ``jour``."""
    return any(True for _ in _adultes(document, jour))


def fait_entrer(chemin: str) -> bool:
    """Vrai si ce champ peut faire entrer un adulte dans le dossier."""
    return chemin.startswith((CODEMANDEUR, AVEC_CODEMANDEUR, *_LISTES))


def peut_etre_adulte(personne: Mapping[str, Any], jour: date) -> bool:
    """Vrai si la personne a l'âge de la majorité ce jour-là, ou si sa naissance n'est pas connue exactement."""
    try:
        naissance = date.fromisoformat(personne.get("date_naissance", ""))
    except (TypeError, ValueError):
        return True
    majorite = resoudre([_parametres()], jour, {})[_AGE_MAJORITE].valeur
    return not isinstance(majorite, int) or annees_revolues(naissance, jour) >= majorite


def _adultes(document: Mapping[str, Any], jour: date) -> Iterator[str]:
    codemandeur = lire(document, CODEMANDEUR)
    if lire(document, AVEC_CODEMANDEUR) is True or (codemandeur is not ABSENT and codemandeur != {}):
        yield CODEMANDEUR
    for liste in _LISTES:
        for identifiant, personne in elements(document, liste).items():
            if peut_etre_adulte(personne, jour):
                yield f"{liste}.{ELEMENTS}.{identifiant}"


@lru_cache(maxsize=1)
def _parametres() -> Mapping[str, DeclarationParametre]:
    """L'âge de la majorité, lu parmi les paramètres nationaux du droit."""
    return {_AGE_MAJORITE: lire_parametres(lire_toml(_PARAMETRES))[_AGE_MAJORITE]}
