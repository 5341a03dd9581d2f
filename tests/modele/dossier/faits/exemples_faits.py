"""Des foyers écrits en clair, pour les essais des faits dérivés."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.dossier.documents import decoder
from modele.regles.etats import Etat
from ressources import RESSOURCES

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


@cache
def _regles() -> Regles:
    return charger_regles("metropole-exemple")


def bilan_d_exemple(document: dict[str, Any], jour: date) -> Bilan:
    """Le bilan entier d'un dossier du territoire d'exemple, comme à l'écran."""
    return etablir(_regles(), {"id": "x", "territoire": "metropole-exemple", **document}, jour, exacte=False)


def exemple_livre(rang: int, **sections: dict[str, Any]) -> dict[str, Any]:
    """Un dossier d'exemple livré, ces réponses ajoutées à ces sections."""
    lu = list(decoder((RESSOURCES / "exemples" / "dossiers.json").read_bytes()))[rang]
    return {**lu, **{nom: {**lu.get(nom, {}), **ajouts} for nom, ajouts in sections.items()}}
