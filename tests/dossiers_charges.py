"""Des dossiers lourds : huit personnes, presque toutes les réponses données ; les mêmes pour une graine."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from outils_sources import catalogue_brut

from modele.dossier.chemins import Document, poser
from modele.dossier.faits_bruts import faits_de_liste
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES, inventaire
from modele.regles.faits import PREFIXE_PERSONNE, Fait, TypeFait

AUTRES = 6
_DEBUT = date(1950, 1, 1)


def dossier_charge(graine: int, *, part: float = 1.0) -> Document:
    """Un dossier de huit personnes où la ``part`` des questions a sa réponse."""
    hasard = random.Random(graine)
    document: Document = {"territoire": "metropole-exemple", "schema": 1}
    for nom, fait in catalogue_brut().items():
        if not nom.startswith(PREFIXE_PERSONNE) and hasard.random() < part:
            document = poser(document, nom, _reponse(fait, hasard))
    for chemin in inventaire().listes:
        combien = AUTRES if chemin == PERSONNES else AUTRES + 2
        elements = {f"{chemin}-{rang}": _element(chemin, hasard, part) for rang in range(combien)}
        document = poser(document, chemin, {"elements": elements, "ordre": list(elements), "clos": part == 1})
    return poser(document, "foyer.avec_codemandeur", True)


def _element(chemin: str, hasard: random.Random, part: float) -> Document:
    element: Document = {}
    for relatif, fait in faits_de_liste(chemin).items():
        if hasard.random() < part:
            element = poser(element, relatif, _reponse(fait, hasard))
    if "personne" in faits_de_liste(chemin):
        element["personne"] = hasard.choice([DEMANDEUR, CODEMANDEUR])
    return element


def _reponse(fait: Fait, hasard: random.Random) -> Any:
    match fait.type:
        case TypeFait.BOOLEEN:
            return hasard.random() < 0.5
        case TypeFait.CHOIX:
            return hasard.choice(fait.codes) if fait.codes else "x"
        case TypeFait.ENSEMBLE:
            return {"coches": hasard.sample(fait.codes, min(3, len(fait.codes))), "clos": True}
        case TypeFait.DATE:
            return (_DEBUT + timedelta(days=hasard.randrange(27_000))).isoformat()
        case _:
            bas = int(fait.minimum or 0)  # type: ignore[arg-type]
            haut = int(fait.maximum) if fait.maximum is not None else 2000  # type: ignore[arg-type]
            return hasard.randint(bas, min(haut, bas + 2000))
