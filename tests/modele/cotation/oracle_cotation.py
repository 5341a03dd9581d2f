"""La norme (langage-regles.md) relue naïvement : aucun code de l'application, toutes les complétions énumérées.

Une grille est ici la table telle qu'on l'écrit en TOML ; un fait vaut une valeur Python, ou ``SANS`` (sans objet).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement, product
from typing import Any


class _Sans:
    def __repr__(self) -> str:
        return "SANS"


SANS = _Sans()
LISTE = "foyer.personnes"
Table = Mapping[str, Any]


@dataclass(frozen=True)
class Cas:
    """Tout est connu : les faits, les personnes, les paramètres, le jour."""

    faits: Table
    personnes: Sequence[Table]
    parametres: Table
    jour: date


# --- Les conditions -------------------------------------------------------------------------------------------------

_COMPARER: dict[str, Callable[[Any, Any], bool]] = {
    "egal": lambda v, o: v == o,
    "different": lambda v, o: v != o,
    "plus_de": lambda v, o: v > o,
    "au_moins": lambda v, o: v >= o,
    "moins_de": lambda v, o: v < o,
    "au_plus": lambda v, o: v <= o,
    "parmi": lambda v, o: v in o,
    "hors_de": lambda v, o: v not in o,
    "contient": lambda v, o: o in v,
    "contient_un_de": lambda v, o: any(c in v for c in o),
    "contient_tout": lambda v, o: all(c in v for c in o),
}


def vraie(condition: Table, cas: Cas, personne: Table | None = None) -> bool:
    """La condition, tout étant connu."""
    if "tous" in condition:
        return all(vraie(c, cas, personne) for c in condition["tous"])
    if "un_de" in condition:
        return any(vraie(c, cas, personne) for c in condition["un_de"])
    if "non" in condition:
        return not vraie(condition["non"], cas, personne)
    if "au_moins_n" in condition:
        return sum(vraie(c, cas, personne) for c in condition["de"]) >= condition["au_moins_n"]
    if "une_personne" in condition:
        return any(vraie(condition["une_personne"], cas, p) for p in cas.personnes)
    if "nombre_de_personnes" in condition:
        nombre = sum(vraie(condition["nombre_de_personnes"], cas, p) for p in cas.personnes)
        return all(_COMPARER[op](nombre, n) for op, n in condition.items() if op in _COMPARER)
    valeur = (cas.faits if personne is None else personne)[condition["fait"]]
    if valeur is SANS:
        return False
    comparaison = [(op, o) for op, o in condition.items() if op in _COMPARER]
    if not comparaison:
        return valeur is True
    op, operande = comparaison[0]
    if isinstance(operande, dict):
        operande = cas.parametres[operande["parametre"]]
    return _COMPARER[op](valeur, operande)


# --- Les points -----------------------------------------------------------------------------------------------------


def en_vigueur(element: Table, jour: date) -> bool:
    """Dates d'application, bornes incluses."""
    return element.get("en_vigueur_du", date.min) <= jour <= element.get("en_vigueur_au", date.max)


def borner(points: Fraction, table: Table, bas: str = "plancher", haut: str = "plafond") -> Fraction:
    """Le plancher, puis le plafond."""
    if bas in table:
        points = max(points, Fraction(table[bas]))
    return min(points, Fraction(table[haut])) if haut in table else points


def propres(critere: Table, cas: Cas) -> Fraction | None:
    """Les points d'un critère avant cumul ; ``None`` s'il ne s'applique pas."""
    if "si" in critere and not vraie(critere["si"], cas):
        return None
    if "points" in critere:
        return Fraction(critere["points"])
    forme = critere.get("par_unite") or critere["tranches"]
    valeur = cas.faits[forme["fait"]]
    if valeur is SANS:
        return Fraction(0)
    if "par_unite" in critere:
        fois = math.floor(Fraction(valeur) / Fraction(forme.get("chaque", 1)))
        return borner(Fraction(forme["points"]) * fois, forme, "minimum", "maximum")
    for tranche in forme["bornes"]:
        if "moins_de" in tranche and not valeur < tranche["moins_de"]:
            continue
        if "au_plus" in tranche and not valeur <= tranche["au_plus"]:
            continue
        return Fraction(tranche["points"])
    return Fraction(0)


@dataclass
class Releve:
    """Les points d'un cas connu."""

    total: Fraction = Fraction(0)
    rubriques: dict[str, Fraction] = field(default_factory=dict)
    criteres: dict[str, Fraction] = field(default_factory=dict)
    compte: dict[str, bool] = field(default_factory=dict)


def relever(grille: Table, cas: Cas) -> Releve:
    """La note d'un cas connu, rubrique par rubrique."""
    releve = Releve()
    for rubrique in grille["rubrique"]:
        releve.rubriques[rubrique["id"]] = _rubrique(rubrique, cas, releve)
    releve.total = borner(sum(releve.rubriques.values(), Fraction(0)), grille["grille"])
    return releve


def _rubrique(rubrique: Table, cas: Cas, releve: Releve) -> Fraction:
    vaut = en_vigueur(rubrique, cas.jour)
    ouverte = vaut and ("si" not in rubrique or vraie(rubrique["si"], cas))
    appliques: list[tuple[str, Fraction]] = []
    for critere in rubrique.get("critere", []):
        vigueur = vaut and en_vigueur(critere, cas.jour)
        points = propres(critere, cas) if vigueur else None
        releve.criteres[critere["id"]] = Fraction(0) if points is None else points
        releve.compte[critere["id"]] = False
        if points is not None:
            appliques.append((critere["id"], points))
    if not ouverte:
        return Fraction(0)
    return borner(_cumuler(rubrique["cumul"], appliques, releve), rubrique)


def _cumuler(cumul: str, appliques: list[tuple[str, Fraction]], releve: Releve) -> Fraction:
    retenus = appliques
    if cumul == "premier":
        retenus = appliques[:1]
    elif cumul == "maximum" and appliques:
        plus_haut = max(points for _, points in appliques)
        retenus = [next(couple for couple in appliques if couple[1] == plus_haut)]
    for id_, _ in retenus:
        releve.compte[id_] = True
    return sum((points for _, points in retenus), Fraction(0))


# --- Les complétions ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Incertain:
    """Ce qui reste possible : par fait, par personne, par paramètre, et les personnes qui peuvent s'ajouter.

    ``genre`` : les valeurs de chaque fait d'une personne pas encore nommée ; ``places`` : combien peuvent s'ajouter.
    """

    faits: Mapping[str, Sequence[Any]]
    personnes: Sequence[Mapping[str, Sequence[Any]]]
    parametres: Mapping[str, Sequence[Any]]
    genre: Mapping[str, Sequence[Any]]
    places: int
    jour: date

    def choix(self) -> dict[tuple[str, str, int], Sequence[Any]]:
        """Chaque inconnu et ses valeurs admissibles."""
        choix: dict[tuple[str, str, int], Sequence[Any]] = {}
        for nom, valeurs in self.faits.items():
            choix["fait", nom, -1] = valeurs
        for rang, personne in enumerate(self.personnes):
            for nom, valeurs in personne.items():
                choix["personne", nom, rang] = valeurs
        for nom, valeurs in self.parametres.items():
            choix["parametre", nom, -1] = valeurs
        genres = [dict(zip(self.genre, v, strict=True)) for v in product(*self.genre.values())]
        choix["liste", LISTE, -1] = [
            groupe for combien in range(self.places + 1) for groupe in combinations_with_replacement(genres, combien)
        ] or [()]
        return choix

    def taille(self) -> int:
        """Le nombre de complétions."""
        return math.prod(len(v) for v in self.choix().values())

    def cas(self, complet: Mapping[tuple[str, str, int], Any]) -> Cas:
        """Le cas connu d'une complétion."""
        faits = {nom: v for (sorte, nom, _), v in complet.items() if sorte == "fait"}
        parametres = {nom: v for (sorte, nom, _), v in complet.items() if sorte == "parametre"}
        personnes: list[dict[str, Any]] = [{} for _ in self.personnes]
        for (sorte, nom, rang), valeur in complet.items():
            if sorte == "personne":
                personnes[rang][nom] = valeur
        return Cas(faits, [*personnes, *complet["liste", LISTE, -1]], parametres, self.jour)

    def completions(self) -> Iterator[tuple[dict[tuple[str, str, int], int], Cas]]:
        """Toutes : les rangs choisis, et le cas connu."""
        choix = self.choix()
        for rangs in product(*(range(len(v)) for v in choix.values())):
            complet = {cle: v[rang] for (cle, v), rang in zip(choix.items(), rangs, strict=True)}
            yield dict(zip(choix, rangs, strict=True)), self.cas(complet)


@dataclass
class Verite:
    """La note exacte, par énumération."""

    total: tuple[Fraction, Fraction]
    rubriques: dict[str, tuple[Fraction, Fraction]]
    criteres: dict[str, tuple[Fraction, Fraction]]
    compte: dict[str, bool | None]
    decisifs: dict[str, Fraction]


def verite(grille: Table, incertain: Incertain) -> Verite:
    """Toutes les complétions, une par une."""
    releves = [(tuple(rangs.values()), relever(grille, cas)) for rangs, cas in incertain.completions()]
    tous = [releve for _, releve in releves]
    premier = tous[0]
    comptes = {id_: {r.compte[id_] for r in tous} for id_ in premier.compte}
    return Verite(
        total=_bouts(r.total for r in tous),
        rubriques={id_: _bouts(r.rubriques[id_] for r in tous) for id_ in premier.rubriques},
        criteres={id_: _bouts(r.criteres[id_] for r in tous) for id_ in premier.criteres},
        compte={id_: vus.pop() if len(vus) == 1 else None for id_, vus in comptes.items()},
        decisifs=_decisifs(list(incertain.choix()), [(rangs, releve.total) for rangs, releve in releves]),
    )


def _bouts(valeurs: Iterator[Fraction]) -> tuple[Fraction, Fraction]:
    liste = list(valeurs)
    return min(liste), max(liste)


def _decisifs(cles: list[tuple[str, str, int]], totaux: list[tuple[tuple[int, ...], Fraction]]) -> dict[str, Fraction]:
    ecarts: dict[str, Fraction] = {}
    for place, (sorte, nom, _) in enumerate(cles):
        if sorte == "parametre":
            continue
        par_autres: dict[tuple[int, ...], list[Fraction]] = {}
        for rangs, total in totaux:
            par_autres.setdefault(rangs[:place] + rangs[place + 1 :], []).append(total)
        ecart = max(max(v) - min(v) for v in par_autres.values())
        if ecart:
            ecarts[nom] = max(ecart, ecarts.get(nom, Fraction(0)))
    return ecarts


def exact(nombre: Decimal | None) -> Fraction | None:
    """Un décimal en fraction, pour comparer sans arrondi."""
    return None if nombre is None else Fraction(nombre)
