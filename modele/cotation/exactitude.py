"""L'examen de toutes les complétions qui se distinguent, sans les mêler plus que la grille ne le fait.

Une rubrique, ou un critère d'une rubrique qui se contente d'additionner, fait un **bloc**. Les blocs qui lisent un même
inconnu forment un **groupe** ; deux groupes ne se gênent pas. Chaque critère n'est calculé qu'une fois par combinaison
des inconnus qu'il lit lui-même.

Une combinaison est un rang : celui de ses cellules dans l'ordre des clés, la dernière clé variant le plus vite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from math import prod
from typing import TypeVar

from modele.cotation.calcul import ZERO, combiner, points_critere
from modele.cotation.grille import Critere, Cumul, Grille, Rubrique
from modele.cotation.inconnus import Cle, Inconnus
from modele.regles.cellules import LIMITE, TropDeCellules
from modele.regles.conditions import Condition
from modele.regles.etats import Situation
from modele.regles.kleene import evaluer

T = TypeVar("T")
# Les points d'un critère ; ``None`` s'il ne s'applique pas.
Lu = Decimal | None


@dataclass(frozen=True, slots=True)
class Table:
    """Des points par combinaison des cellules de ``cles``."""

    cles: tuple[Cle, ...]
    tailles: tuple[int, ...]
    valeurs: list[Decimal]

    def extremes(self, cle: Cle) -> set[tuple[Decimal, Decimal]]:
        """Le plus petit et le plus grand nombre de points que permet ``cle`` seule, pour chaque choix des autres."""
        place = self.cles.index(cle)
        combien, saut = self.tailles[place], prod(self.tailles[place + 1 :])
        debuts = range(0, len(self.valeurs), combien * saut)
        # Une colonne par cellule de l'inconnu ; sur une ligne, seul lui change.
        colonnes = [
            [valeur for debut in debuts for valeur in self.valeurs[debut + rang * saut : debut + (rang + 1) * saut]]
            for rang in range(combien)
        ]
        return {(min(ligne), max(ligne)) for ligne in set(zip(*colonnes, strict=True))}

    def ecart(self, cle: Cle) -> Decimal:
        """De combien ``cle`` peut, à elle seule, changer les points."""
        return max(haut - bas for bas, haut in self.extremes(cle))

    def rang(self, choix: Mapping[Cle, int]) -> int:
        """La combinaison où chaque inconnu prend la cellule choisie."""
        rang = 0
        for cle, combien in zip(self.cles, self.tailles, strict=True):
            rang = rang * combien + choix[cle]
        return rang

    def cellules(self, rang: int) -> list[int]:
        """La cellule de chaque inconnu dans une combinaison."""
        trouvees = []
        for combien in reversed(self.tailles):
            rang, cellule = divmod(rang, combien)
            trouvees.append(cellule)
        return trouvees[::-1]


@dataclass(slots=True)
class Bloc:
    """Une rubrique entière, ou l'un de ses critères si elle ne fait qu'additionner.

    ``points`` : ce qu'il apporte ; ``None`` s'il y a trop de combinaisons. Par critère, ``propres`` : sa valeur avant
    cumul, 0 s'il ne s'applique pas (absent s'il y a trop de combinaisons) ; ``compte`` : toujours, jamais, ou parfois.
    """

    rubrique: Rubrique
    criteres: tuple[Critere, ...]
    cles: tuple[Cle, ...]
    reservees: frozenset[Cle]
    points: Table | None = None
    propres: dict[str, Table] = field(default_factory=dict)
    compte: dict[str, bool | None] = field(default_factory=dict)


@dataclass(slots=True)
class Groupe:
    """Des blocs liés par leurs inconnus. ``sommes`` : leur total ; ``None`` s'il y a trop de combinaisons."""

    blocs: list[Bloc]
    cles: tuple[Cle, ...]
    sommes: Table | None = None


class Examen:
    """L'examen complet d'une grille (réduite à ce qui est en vigueur) dans une situation."""

    def __init__(self, grille: Grille, situation: Situation) -> None:
        self.inconnus = Inconnus(grille, situation)
        self.blocs = [bloc for rubrique in grille.rubriques for bloc in self._blocs(rubrique)]
        self.groupes = _groupes(self.blocs)
        for groupe in self.groupes:
            groupe.sommes = self.ensemble(groupe.blocs, groupe.cles)

    def ensemble(self, blocs: Sequence[Bloc], cles: tuple[Cle, ...]) -> Table | None:
        """Le total de quelques blocs par combinaison de ``cles`` ; ``None`` s'il y en a trop."""
        tables = [bloc.points for bloc in blocs if bloc.points is not None]
        if len(blocs) == 1 and cles == blocs[0].cles:
            return blocs[0].points
        tailles = self._tailles(cles)
        if tailles is None or len(tables) < len(blocs):
            return None
        etales = [etaler(table.valeurs, table.cles, cles, tailles) for table in tables]
        return Table(cles, tailles, [sum(points, ZERO) for points in zip(*etales, strict=True)])

    def _blocs(self, rubrique: Rubrique) -> Iterator[Bloc]:
        bornee = rubrique.bornes.plancher is not None or rubrique.bornes.plafond is not None
        separable = rubrique.cumul is Cumul.SOMME and not bornee and rubrique.si is None
        reservees = self.inconnus.de_condition(rubrique.si)
        for lot in [(c,) for c in rubrique.criteres] if separable else [rubrique.criteres]:
            cles = reservees.union(*(self.inconnus.de_critere(c) for c in lot))
            bloc = Bloc(rubrique, lot, tuple(sorted(cles)), reservees)
            self._remplir(bloc)
            yield bloc

    def _remplir(self, bloc: Bloc) -> None:
        lectures = [(bloc.reservees, partial(_ouverte, bloc.rubrique.si))]
        lectures += [(self.inconnus.de_critere(c), partial(points_critere, c)) for c in bloc.criteres]
        colonnes = [self._tabuler(tuple(sorted(cles)), calculer) for cles, calculer in lectures]
        for critere, colonne in zip(bloc.criteres, colonnes[1:], strict=True):
            if colonne is not None:
                cles, tailles, valeurs = colonne
                bloc.propres[critere.id] = Table(cles, tailles, [ZERO if v is None else v for v in valeurs])
        tailles_du_bloc = self._tailles(bloc.cles)
        if tailles_du_bloc is not None:
            self._cumuler(bloc, tailles_du_bloc, [colonne for colonne in colonnes if colonne is not None])

    def _cumuler(self, bloc: Bloc, tailles: tuple[int, ...], colonnes: Sequence[Colonne]) -> None:
        lignes = list(zip(*(etaler(valeurs, cles, bloc.cles, tailles) for cles, _, valeurs in colonnes), strict=True))
        # Peu de lignes différentes parmi toutes les combinaisons : chacune n'est cumulée qu'une fois.
        cumuls = {lus: _cumuler(bloc.rubrique, lus) for lus in set(lignes)}
        bloc.points = Table(bloc.cles, tailles, [cumuls[lus][0] for lus in lignes])
        comptes = {compte for _, compte in cumuls.values()}
        toujours, parfois = frozenset.intersection(*comptes), frozenset.union(*comptes)
        for rang, critere in enumerate(bloc.criteres):
            bloc.compte[critere.id] = True if rang in toujours else None if rang in parfois else False

    def _tabuler(self, cles: tuple[Cle, ...], calculer: Callable[[Situation], Lu]) -> Colonne | None:
        tailles = self._tailles(cles)
        if tailles is None:
            return None
        return cles, tailles, [calculer(situation) for situation in self.inconnus.completions(cles)]

    def _tailles(self, cles: Sequence[Cle]) -> tuple[int, ...] | None:
        """Le nombre de cellules de chaque inconnu ; ``None`` s'il y a trop de combinaisons."""
        try:
            tailles = tuple(len(self.inconnus.cellules(cle)) for cle in cles)
        except TropDeCellules:
            return None
        return tailles if prod(tailles) <= LIMITE else None


Colonne = tuple[tuple[Cle, ...], tuple[int, ...], list[Lu]]


def etaler(valeurs: Sequence[T], propres: Sequence[Cle], cles: Sequence[Cle], tailles: Sequence[int]) -> list[T]:
    """Des valeurs par combinaison de ``propres``, répétées pour chaque combinaison de ``cles``, plus nombreuses."""
    rangs = [0]
    for cle, combien in zip(cles, tailles, strict=True):
        if cle in propres:
            rangs = [rang * combien + place for rang in rangs for place in range(combien)]
        else:
            rangs = [rang for rang in rangs for _ in range(combien)]
    return [valeurs[rang] for rang in rangs]


def _cumuler(rubrique: Rubrique, lus: Sequence[Lu]) -> tuple[Decimal, frozenset[int]]:
    """Les points d'une rubrique après ses bornes, et le rang des critères qui comptent ; ``lus[0]`` : son ouverture."""
    if lus[0] is None:
        return ZERO, frozenset()
    valeur, compte = combiner(rubrique.cumul, lus[1:])
    return rubrique.bornes.appliquer(valeur), compte


def _ouverte(condition: Condition | None, situation: Situation) -> Lu:
    return ZERO if condition is None or evaluer(condition, situation) is True else None


def _groupes(blocs: Sequence[Bloc]) -> list[Groupe]:
    """Les composantes connexes des blocs par inconnus partagés."""
    groupes: list[Groupe] = []
    for bloc in blocs:
        lies = [g for g in groupes if set(g.cles) & set(bloc.cles)]
        reunis = [b for g in lies for b in g.blocs] + [bloc]
        cles = tuple(sorted({cle for b in reunis for cle in b.cles}))
        groupes = [g for g in groupes if g not in lies] + [Groupe(reunis, cles)]
    return groupes
