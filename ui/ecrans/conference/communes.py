"""Les attributions de chaque commune sur le plan : un rond à leur mesure, le nombre à côté ; tu, il l'est ici aussi."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

from modele.territoire.coordonnees import SOURCE, plan
from ui.composants import Carte, etiquette_aide
from ui.composants.plan import Marque, Plan, PointDuPlan
from ui.mots import conference as mots

if TYPE_CHECKING:
    from modele.bilan import Regles
    from ui.etat.conference import Compte

_INDICATEUR: Final = "attributions_par_commune"
_PLUS_PETIT: Final = 0.6
"""Un point se voit encore, si peu qu'il compte."""


def carte_des_communes(compte: Compte, regles: Regles) -> Carte | None:
    """Le plan, s'il y a une commune à y placer. Une commune qu'on ne sait pas placer se dit dessous."""
    valeurs = {
        un.indicateur.perimetre: un.comptes["valeur"]
        for un in compte.publication.publies
        if un.indicateur.definition.id == _INDICATEUR
    }
    places = {code: ou for code in valeurs if (ou := regles.annuaire.situer(code)) is not None}
    if not places:
        return None
    dessin = Plan(mots.PLAN)
    points = [_point(regles, code, valeurs, x, y) for code, (x, y) in plan(places).items()]
    dessin.montrer(points, ". ".join(un.dit for un in points))
    carte = Carte(mots.PLAN, icone="map")
    carte.ajouter(dessin)
    if ailleurs := [_nom(regles, code) for code in valeurs if code not in places]:
        carte.ajouter(etiquette_aide(mots.SANS_PLACE.format(", ".join(ailleurs))))
    carte.ajouter(etiquette_aide(mots.FICTIF if regles.territoire.exemple else SOURCE))
    return carte


def _point(regles: Regles, code: str, valeurs: dict[str, float | int | None], x: float, y: float) -> PointDuPlan:
    valeur, plus_grand = valeurs[code], max((un for un in valeurs.values() if un is not None), default=0)
    dit = f"{_nom(regles, code)} : {mots.dire_effectif(valeur)}"
    if valeur is None:
        return PointDuPlan(dit, x, y, Marque.FERME, dit=dit, taille=_PLUS_PETIT)
    taille = _PLUS_PETIT + 1.4 * sqrt(valeur / plus_grand) if plus_grand else _PLUS_PETIT
    return PointDuPlan(dit, x, y, Marque.OUVERT, dit=dit, taille=taille)


def _nom(regles: Regles, code: str) -> str:
    commune = regles.communes.get(code)
    return commune.nom if commune else code
