"""Ce qu'un document dit de violences, et ce qui n'en dit que « non »."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from modele.dossier.chemins import (
    ABSENT,
    CLOS,
    ELEMENTS,
    ORDRE,
    Document,
    chemin_de_confirmation,
    element_de,
    lire,
    poser,
    situer,
)
from modele.dossier.operations import retirer
from modele.dossier.reponses import AUCUN
from modele.dossier.situation import elements
from modele.protection.discretion import devenir_discret, est_discret
from modele.protection.sensibles import Sensible, peut_dire, reste, sensibles

_NEGATIFS: Final = ({"refus": True}, {"ne_sait_pas": True}, AUCUN, {"coches": [], "refus": True})


def faits_de_violence(document: Mapping[str, Any], criteres: Collection[str] = ()) -> dict[str, Any]:
    """Ce que le document dit de violences, par chemin. Une réponse négative ou un refus en est une trace aussi.

    ``criteres`` : les critères de cotation dont la seule preuve en dirait une. La discrétion elle-même en est une.
    """
    dits = {chemin: dit for chemin, champ, ecrit in _ecrits(document) if (dit := champ.dit(ecrit)) is not ABSENT}
    if est_discret(document):
        dits |= devenir_discret()
    proteges = [f"preuves.{critere}" for critere in criteres]
    if "confirmations" in document:
        proteges += [chemin_de_confirmation(nom) for nom, champ in sensibles().champs.items() if not champ.codes]
    return dits | {chemin: dit for chemin in proteges if (dit := lire(document, chemin)) is not ABSENT}


def sans_violence(document: Mapping[str, Any], criteres: Collection[str] = ()) -> Mapping[str, Any]:
    """Le même document, comme si rien n'y avait été demandé ni dit de violences ; lui-même s'il n'en dit rien.

    De cases cochées, les autres restent ; un élément de liste qui en disait une n'y est plus. ``criteres`` : voir
    ``faits_de_violence``.
    """
    for chemin in faits_de_violence(document, criteres):
        document = _sans(document, chemin)
    return document


def _sans(document: Mapping[str, Any], chemin: str) -> Document:
    element = element_de(chemin)
    if element is not None:
        return _sans_element(document, element)
    garde = reste(chemin, lire(document, chemin))
    return retirer(dict(document), chemin) if garde is ABSENT else poser(document, chemin, garde)


def _sans_element(document: Mapping[str, Any], element: str) -> Document:
    liste, qui, _ = situer(element)
    neuf = poser(document, element, ABSENT)
    if not elements(neuf, liste) and lire(neuf, f"{liste}.{CLOS}") is not True:
        return retirer(neuf, liste)
    ordre = lire(neuf, f"{liste}.{ORDRE}")
    return poser(neuf, f"{liste}.{ORDRE}", [un for un in ordre if un != qui]) if isinstance(ordre, list) else neuf


def affirmes(document: Mapping[str, Any], criteres: Collection[str] = ()) -> bool:
    """Vrai si le document dit une violence autrement que par un « non » ou un refus, ou s'il est discret."""
    return not all(map(negatif, faits_de_violence(document, criteres).values()))


def affirme(chemin: str, valeur: Any, criteres: Collection[str] = ()) -> bool:
    """Comme ``affirmes``, d'une seule valeur."""
    return peut_dire(chemin, valeur) and affirmes(poser({}, chemin, valeur), criteres)


def negatif(dit: Any) -> bool:
    """Vrai si ce qui est dit n'est que « non », « ne sait pas » ou un refus : rien n'est à protéger, sinon la question.

    Se taire suffit alors : ne pas l'écrire, ou le retirer.
    """
    return dit is False or dit in _NEGATIFS


def _ecrits(document: Mapping[str, Any]) -> Iterator[tuple[str, Sensible, Any]]:
    """Les réponses écrites aux champs sensibles."""
    for chemin, champ in sensibles().champs.items():
        if (ecrit := lire(document, chemin)) is not ABSENT:
            yield chemin, champ, ecrit
    for liste, champs in sensibles().listes.items():
        for identifiant, element in elements(document, liste).items():
            for chemin, champ in champs.items():
                yield f"{liste}.{ELEMENTS}.{identifiant}.{chemin}", champ, lire(element, chemin)
