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
from itertools import product
from typing import TypeVar

from modele.cotation.calcul import ZERO, combiner, points_critere
from modele.cotation.grille import Critere, Cumul, Grille, Rubrique
from modele.cotation.inconnus import Cle, Inconnus, taille
from modele.regles.cellules import LIMITE, TropDeCellules
from modele.regles.conditions import Condition
from modele.regles.etats import Situation
from modele.regles.kleene import evaluer

T = TypeVar("T")
# Les points d'un critère ; ``None`` s'il ne s'applique pas.
Lu = Decimal | None


@dataclass(slots=True)
class Bloc:
    """Une rubrique entière, ou l'un de ses critères si elle ne fait qu'additionner.

    ``points`` : par combinaison de ses inconnus. Par critère, ``propres`` : ses valeurs avant cumul, 0 s'il ne
    s'applique pas ; ``compte`` : toujours, jamais, ou parfois. ``trop`` : trop de combinaisons, rien n'est calculé.
    """

    rubrique: Rubrique
    criteres: tuple[Critere, ...]
    cles: tuple[Cle, ...]
    tailles: tuple[int, ...] = ()
    points: list[Decimal] = field(default_factory=list)
    propres: dict[str, list[Decimal]] = field(default_factory=dict)
    compte: dict[str, bool | None] = field(default_factory=dict)
    trop: bool = False

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
class Groupe:
    """Des blocs liés par leurs inconnus. ``sommes`` : total du groupe par combinaison, sauf s'il y en a trop."""

    blocs: list[Bloc]
    cles: tuple[Cle, ...]
    tailles: tuple[int, ...] = ()
    sommes: list[Decimal] = field(default_factory=list)
    trop: bool = False

    def de(self, blocs: Sequence[Bloc]) -> list[Decimal]:
        """Le total de quelques blocs du groupe, par combinaison du groupe."""
        etales = [etaler(bloc.points, bloc.cles, self.cles, self.tailles) for bloc in blocs]
        return [sum(points, ZERO) for points in zip(*etales, strict=True)]

    def extremes(self, cle: Cle) -> set[tuple[Decimal, Decimal]]:
        """Le plus petit et le plus grand total que permet ``cle`` seule, pour chaque choix des autres inconnus."""
        place = self.cles.index(cle)
        ecart = taille([range(n) for n in self.tailles[place + 1 :]])
        tour = ecart * self.tailles[place]
        trouves = set()
        for debut in range(0, len(self.sommes), tour):
            for decalage in range(debut, debut + ecart):
                rangee = self.sommes[decalage : debut + tour : ecart]
                trouves.add((min(rangee), max(rangee)))
        return trouves


class Examen:
    """L'examen complet d'une grille (réduite à ce qui est en vigueur) dans une situation."""

    def __init__(self, grille: Grille, situation: Situation) -> None:
        self.inconnus = Inconnus(grille, situation)
        self.blocs = [bloc for rubrique in grille.rubriques for bloc in self._blocs(rubrique)]
        self.groupes = _groupes(self.blocs)
        for groupe in self.groupes:
            self._enumerer(groupe)

    def _blocs(self, rubrique: Rubrique) -> Iterator[Bloc]:
        bornee = rubrique.bornes.plancher is not None or rubrique.bornes.plafond is not None
        separable = rubrique.cumul is Cumul.SOMME and not bornee and rubrique.si is None
        for lot in [(c,) for c in rubrique.criteres] if separable else [rubrique.criteres]:
            cles = self.inconnus.de_condition(rubrique.si).union(*(self.inconnus.de_critere(c) for c in lot))
            bloc = Bloc(rubrique, lot, tuple(sorted(cles)))
            try:
                self._remplir(bloc)
            except TropDeCellules:
                bloc.trop = True
            yield bloc

    def _remplir(self, bloc: Bloc) -> None:
        bloc.tailles = self._tailles(bloc.cles)
        colonnes = [self._ouverture(bloc)]
        for critere in bloc.criteres:
            cles = tuple(sorted(self.inconnus.de_critere(critere)))
            valeurs = self._tabuler(cles, partial(points_critere, critere))
            bloc.propres[critere.id] = [ZERO if v is None else v for v in valeurs]
            colonnes.append(etaler(valeurs, cles, bloc.cles, bloc.tailles))
        # Peu de lignes différentes parmi toutes les combinaisons : chacune n'est cumulée qu'une fois.
        cumuls = {lus: _cumuler(bloc.rubrique, lus) for lus in set(zip(*colonnes, strict=True))}
        bloc.points = [cumuls[lus][0] for lus in zip(*colonnes, strict=True)]
        for rang, critere in enumerate(bloc.criteres):
            verdicts = {rang in compte for _, compte in cumuls.values()}
            bloc.compte[critere.id] = None if len(verdicts) > 1 else verdicts.pop()

    def _ouverture(self, bloc: Bloc) -> list[Lu]:
        """La condition d'une rubrique réservée, écrite comme un critère : 0 si elle est vraie, rien sinon."""
        condition = bloc.rubrique.si
        cles = tuple(sorted(self.inconnus.de_condition(condition)))
        return etaler(self._tabuler(cles, lambda s: _ouverte(condition, s)), cles, bloc.cles, bloc.tailles)

    def _tabuler(self, cles: tuple[Cle, ...], calculer: Callable[[Situation], T]) -> list[T]:
        cellules = [self.inconnus.cellules(cle) for cle in cles]
        return [calculer(self.inconnus.completer(dict(zip(cles, choix, strict=True)))) for choix in product(*cellules)]

    def _tailles(self, cles: Sequence[Cle]) -> tuple[int, ...]:
        """Le nombre de cellules de chaque inconnu. Lève ``TropDeCellules``."""
        cellules = [self.inconnus.cellules(cle) for cle in cles]
        if taille(cellules) > LIMITE:
            raise TropDeCellules
        return tuple(len(c) for c in cellules)

    def _enumerer(self, groupe: Groupe) -> None:
        groupe.trop = any(bloc.trop for bloc in groupe.blocs)
        if not groupe.trop:
            try:
                groupe.tailles = self._tailles(groupe.cles)
            except TropDeCellules:
                groupe.trop = True
            else:
                groupe.sommes = groupe.de(groupe.blocs)


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
