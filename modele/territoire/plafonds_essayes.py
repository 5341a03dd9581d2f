"""Essayer à blanc la table de plafonds d'une année de plus, avant de l'ajouter : complète, suivie, plausible.

L'arrêté paraît fin décembre. Rien n'est écrit : la table s'ajoute à ``national/plafonds_hlm.csv`` une fois relue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from modele.dossier.faits.plafonds import CATEGORIES
from modele.regles.disque import Lisible
from modele.regles.fautes import Faute, FichierFautif
from modele.territoire.bareme import COLONNES, Bareme, lire_bareme
from modele.territoire.plafonds import FINANCEMENTS, SUPPLEMENTAIRE
from modele.territoire.tables import lire_csv
from modele.territoire.zones import ZONES

LIGNES: Final = (*map(str, range(1, CATEGORIES + 1)), SUPPLEMENTAIRE)
Cle = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class PlafondsEssayes:
    """Une table qui peut s'ajouter. ``ecarts`` : par financement, la plus petite et la plus grande évolution, en %.

    ``a_relire`` : les cellules dont l'évolution s'écarte de plus d'un demi-point de celle, médiane, de leur
    financement : une faute de frappe se voit là.
    """

    annee: int
    cellules: int
    ecarts: dict[str, tuple[Decimal, Decimal]]
    a_relire: tuple[str, ...]


def essayer(connu: Bareme, fichier: Lisible) -> PlafondsEssayes:
    """Ce que vaut cette table, comparée aux années connues. Lève ``FichierFautif`` avec toutes ses fautes."""
    nouveau = lire_bareme(fichier)
    fautes = [Faute(fichier.name, "", None, message) for message in _fautes(connu, nouveau, fichier)]
    if fautes:
        raise FichierFautif(fautes)
    annee = next(iter(nouveau))[0]
    evolutions = {cle: _evolution(connu[(annee - 1, *cle)].euros, nouveau[(annee, *cle)].euros) for cle in _cles()}
    ecarts = {}
    a_relire: list[str] = []
    for financement in FINANCEMENTS:
        siennes = {cle: evolution for cle, evolution in evolutions.items() if cle[0] == financement}
        ecarts[financement] = (min(siennes.values()), max(siennes.values()))
        mediane = sorted(siennes.values())[len(siennes) // 2]
        a_relire += [_dire(cle, e) for cle, e in siennes.items() if abs(e - mediane) > Decimal("0.5")]
    return PlafondsEssayes(annee, len(nouveau), ecarts, tuple(a_relire))


def _cles() -> list[Cle]:
    return [(f, zone, ligne) for f in FINANCEMENTS for zone in ZONES for ligne in LIGNES]


def _evolution(avant: int, apres: int) -> Decimal:
    return round(Decimal(100 * (apres - avant)) / avant, 2)


def _dire(cle: Cle, evolution: Decimal) -> str:
    financement, zone, ligne = cle
    return f"{financement.upper()}, {zone}, ligne {ligne} : {evolution} % en un an"


def _fautes(connu: Bareme, nouveau: Bareme, fichier: Lisible) -> Iterator[str]:
    suite = max(annee for annee, *_ in connu) + 1
    if (annees := sorted({annee for annee, *_ in nouveau})) != [suite]:
        yield f"année attendue : {suite}, et elle seule ; trouvé : {', '.join(map(str, annees)) or 'aucune ligne'}"
    comptes = Counter(tuple(ligne[:4]) for ligne in lire_csv(fichier, COLONNES))
    yield from (f"« {','.join(ligne)} » est écrit {fois} fois" for ligne, fois in comptes.items() if fois > 1)
    ecrites = {cle[1:] for cle in nouveau}
    yield from (f"il manque : {','.join(cle)}" for cle in _cles() if cle not in ecrites)
    yield from (f"ligne inconnue : {','.join(cle)}" for cle in sorted(ecrites - set(_cles())))
    yield from _incoherences({cle[1:]: cellule.euros for cle, cellule in nouveau.items()})


def _incoherences(euros: dict[Cle, int]) -> Iterator[str]:
    """Un plafond croît avec le ménage, et du PLAI au PLUS, puis au PLS."""
    for financement, zone, ligne in euros:
        if (
            ligne.isdecimal()
            and euros.get((financement, zone, str(int(ligne) + 1)), 10**9) <= euros[financement, zone, ligne]
        ):
            yield f"{financement},{zone} : la catégorie {int(ligne) + 1} n'est pas au-dessus de la {ligne}"
    for petit, grand in pairwise(FINANCEMENTS):
        for _, zone, ligne in (cle for cle in euros if cle[0] == petit):
            if euros.get((grand, zone, ligne), 10**9) <= euros[petit, zone, ligne]:
                yield f"{zone},{ligne} : le plafond {grand.upper()} n'est pas au-dessus du {petit.upper()}"
