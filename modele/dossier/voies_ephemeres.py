"""Les voies que seul un fait éphémère ouvre : qu'une suite y ait été donnée ne s'écrit pas non plus (norme, § 3).

Lesquelles se lit de leur condition : nulle liste à tenir. Essais : ``tests/modele/dossier/test_voies_ephemeres.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from modele.dossier.chemins import est_element, situer
from modele.dossier.inventaire import inventaire
from modele.regles.lecture import lire_toml
from ressources import RESSOURCES

SUITES: Final = "suites"
_ORIENTATION: Final = "orientation"


@lru_cache(maxsize=1)
def voies_ephemeres() -> frozenset[str]:
    """Les voies livrées qui ne s'ouvrent jamais sans un fait éphémère."""
    faits = {nom for nom, trouve in inventaire().champs.items() if trouve.champ.ephemere}
    voies = lire_toml(RESSOURCES / "national" / "orientations.toml").tables(_ORIENTATION)
    return frozenset(voie.texte("id") for voie in voies if _exige(voie.brut("si"), faits))


def nomme_une_voie_ephemere(chemin: str, valeur: Any) -> bool:
    """Vrai si cette valeur, à ce chemin, dit qu'une de ces voies a été suivie ; un élément ou son champ."""
    place = situer(chemin)
    if place.liste != SUITES:
        return False
    if est_element(chemin):
        return isinstance(valeur, Mapping) and _nomme(valeur.get(_ORIENTATION))
    return place.champ == _ORIENTATION and _nomme(valeur)


def suites_a_ecarter(valeurs: Mapping[str, Any]) -> set[str]:
    """Les éléments (``suites.elements.<id>``) que ces valeurs, par chemin, disent suivre une de ces voies."""
    return {
        f"{SUITES}.elements.{situer(chemin).element}"
        for chemin, valeur in valeurs.items()
        if chemin.startswith(f"{SUITES}.elements.") and nomme_une_voie_ephemere(chemin, valeur)
    }


def _nomme(ecrit: Any) -> bool:
    possibles = ecrit.get("parmi") if isinstance(ecrit, Mapping) else [ecrit]
    dits = possibles if isinstance(possibles, list) else [possibles]
    return any(isinstance(un, str) and un in voies_ephemeres() for un in dits)


def _exige(si: Any, faits: Collection[str]) -> bool:
    """Vrai si la condition ne peut être vraie sans l'un de ces faits ; dans le doute, faux."""
    if not isinstance(si, Mapping):
        return False
    if "fait" in si:
        return si["fait"] in faits
    tous, un_de = (_parts(si, cle) for cle in ("tous", "un_de"))
    return any(_exige(une, faits) for une in tous) or (bool(un_de) and all(_exige(une, faits) for une in un_de))


def _parts(si: Mapping[str, Any], cle: str) -> Iterable[Any]:
    parts = si.get(cle)
    return parts if isinstance(parts, list) else ()
