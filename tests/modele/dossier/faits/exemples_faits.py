"""Des foyers écrits en clair, pour les essais des faits dérivés."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from modele.regles.etats import Etat

REFUS = {"refus": True}
Fait = Callable[..., Etat]


def foyer(*autres: dict[str, Any], clos: bool = True, **reste: Any) -> dict[str, Any]:
    """Un foyer de ces autres personnes ; sans codemandeur ni naissance attendue, sauf à le dire."""
    personnes = {"elements": {f"p{rang}": p for rang, p in enumerate(autres)}, "clos": clos}
    return {"avec_codemandeur": False, "naissances_attendues": 0, "personnes": personnes} | reste


ENFANT = {"lien": "enfant", "a_charge": True, "sur_avis": True, "garde": "permanente", "date_naissance": "2015-05-05"}
VISITE = {
    "lien": "enfant",
    "a_charge": False,
    "sur_avis": False,
    "garde": "droit_visite",
    "date_naissance": "2016-05-05",
}
ADULTE = {
    "lien": "fratrie",
    "a_charge": False,
    "sur_avis": False,
    "garde": "permanente",
    "date_naissance": "1999-05-05",
}
