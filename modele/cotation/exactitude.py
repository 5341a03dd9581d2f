"""L'intervalle exact et les faits décisifs, par l'examen de toutes les complétions qui se distinguent.

Une rubrique, ou un critère d'une rubrique qui se contente d'additionner, fait un **bloc**. Les blocs qui lisent un même
inconnu forment un **groupe** ; deux groupes ne se gênent pas. Chaque critère n'est calculé qu'une fois par combinaison
des inconnus qu'il lit lui-même.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product

from modele.cotation.calcul import ZERO, combiner, en_vigueur, points_critere
from modele.cotation.grille import Critere, Cumul, Grille, Rubrique
from modele.cotation.inconnus import Cle, Inconnus, taille
from modele.regles.cellules import LIMITE, TropDeCellules
from modele.regles.conditions import Condition
from modele.regles.etats import Situation
from modele.regles.kleene import evaluer

Combinaison = tuple[int, ...]


@dataclass(slots=True)
class Table:
    """Une valeur par combinaison de cellules des inconnus ``cles``."""

    cles: tuple[Cle, ...]
    valeurs: dict[Combinaison, Decimal | None]

    def propres(self) -> list[Decimal]:
        """Les valeurs, 0 quand le critère ne s'applique pas."""
        return [ZERO if v is None else v for v in self.valeurs.values()]


@dataclass(slots=True)
class Bloc:
    """Une rubrique entière, ou l'un de ses critères si elle ne fait qu'additionner.

    ``points`` : par combinaison de ses inconnus. ``compte`` : par critère, compte toujours, jamais, ou parfois.
    """

    rubrique: int
    criteres: tuple[Critere, ...]
    cles: tuple[Cle, ...]
    points: dict[Combinaison, Decimal] = field(default_factory=dict)
    compte: dict[str, bool | None] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    trop: bool = False


class Examen:
    """L'examen complet d'une grille dans une situation."""

    def __init__(self, grille: Grille, situation: Situation, jour: date) -> None:
        self.grille, self.jour = grille, jour
        self.inconnus = Inconnus(grille, situation)
        self.blocs = [bloc for rang, r in enumerate(grille.rubriques) for bloc in self._blocs(rang, r)]
        self.groupes = _groupes(self.blocs)

    def _blocs(self, rang: int, rubrique: Rubrique) -> Iterator[Bloc]:
        criteres = en_vigueur(rubrique, self.jour)
        bornee = rubrique.bornes.plancher is not None or rubrique.bornes.plafond is not None
        separable = rubrique.cumul is Cumul.SOMME and not bornee and rubrique.si is None
        for lot in [(c,) for c in criteres] if separable else [criteres]:
            yield self._bloc(rang, rubrique, lot)

    def _bloc(self, rang: int, rubrique: Rubrique, criteres: tuple[Critere, ...]) -> Bloc:
        cles = self.inconnus.de_condition(rubrique.si)
        for critere in criteres:
            cles |= self.inconnus.de_critere(critere)
        bloc = Bloc(rang, criteres, tuple(sorted(cles)))
        try:
            self._remplir(bloc, rubrique)
        except TropDeCellules:
            bloc.trop = True
        return bloc

    def _remplir(self, bloc: Bloc, rubrique: Rubrique) -> None:
        cellules = [self.inconnus.cellules(cle) for cle in bloc.cles]
        if taille(cellules) > LIMITE:
            raise TropDeCellules
        vaut = rubrique.validite.vaut_le(self.jour)
        ouverte = self._table_condition(rubrique.si)
        tables = [self._table(critere) for critere in bloc.criteres]
        bloc.tables = {c.id: t for c, t in zip(bloc.criteres, tables, strict=True)}
        places = [[bloc.cles.index(cle) for cle in table.cles] for table in [ouverte, *tables]]
        comptes = []
        for combinaison in product(*(range(len(c)) for c in cellules)):
            lus = [
                table.valeurs[tuple(combinaison[p] for p in place)]
                for table, place in zip([ouverte, *tables], places, strict=True)
            ]
            points, compte = self._combiner(rubrique, lus, vaut=vaut)
            bloc.points[combinaison] = points
            comptes.append(compte)
        for rang, critere in enumerate(bloc.criteres):
            bloc.compte[critere.id] = _unanime([rang in compte for compte in comptes])

    def _combiner(
        self, rubrique: Rubrique, lus: Sequence[Decimal | None], *, vaut: bool
    ) -> tuple[Decimal, frozenset[int]]:
        if lus[0] is None or not vaut:
            return ZERO, frozenset()
        valeur, compte = combiner(rubrique.cumul, lus[1:])
        return rubrique.bornes.appliquer(valeur), compte

    def _table(self, critere: Critere) -> Table:
        cles = tuple(sorted(self.inconnus.de_critere(critere)))
        return Table(cles, {c: points_critere(critere, s) for c, s in self._completions(cles)})

    def _table_condition(self, condition: Condition | None) -> Table:
        """La condition d'une rubrique réservée, écrite comme un critère : 0 si elle est vraie, rien sinon."""
        cles = tuple(sorted(self.inconnus.de_condition(condition)))
        return Table(
            cles,
            {
                c: ZERO if condition is None or evaluer(condition, s) is True else None
                for c, s in self._completions(cles)
            },
        )

    def _completions(self, cles: tuple[Cle, ...]) -> Iterator[tuple[Combinaison, Situation]]:
        cellules = [self.inconnus.cellules(cle) for cle in cles]
        if taille(cellules) > LIMITE:
            raise TropDeCellules
        for combinaison in product(*(range(len(c)) for c in cellules)):
            choix = {cle: c[rang] for cle, c, rang in zip(cles, cellules, combinaison, strict=True)}
            yield combinaison, self.inconnus.completer(choix)


@dataclass(slots=True)
class Groupe:
    """Des blocs liés par leurs inconnus. ``sommes`` : total du groupe par combinaison ; vide s'il y en a trop."""

    blocs: list[Bloc]
    cles: tuple[Cle, ...]
    sommes: dict[Combinaison, Decimal] = field(default_factory=dict)
    trop: bool = False

    def enumerer(self, inconnus: Inconnus) -> None:
        """Calcule le total de chaque combinaison, s'il n'y en a pas trop."""
        self.trop = any(bloc.trop for bloc in self.blocs)
        if self.trop or taille(inconnus.cellules(cle) for cle in self.cles) > LIMITE:
            self.trop = True
            return
        places = [[self.cles.index(cle) for cle in bloc.cles] for bloc in self.blocs]
        for combinaison in product(*(range(len(inconnus.cellules(cle))) for cle in self.cles)):
            self.sommes[combinaison] = sum(
                (
                    bloc.points[tuple(combinaison[p] for p in place)]
                    for bloc, place in zip(self.blocs, places, strict=True)
                ),
                ZERO,
            )


def _groupes(blocs: Sequence[Bloc]) -> list[Groupe]:
    """Les composantes connexes des blocs par inconnus partagés."""
    groupes: list[Groupe] = []
    for bloc in blocs:
        lies = [g for g in groupes if set(g.cles) & set(bloc.cles)]
        reunis = [b for g in lies for b in g.blocs] + [bloc]
        cles = tuple(sorted({cle for b in reunis for cle in b.cles}))
        groupes = [g for g in groupes if g not in lies] + [Groupe(reunis, cles)]
    return groupes


def _ouverte(condition: Condition | None, situation: Situation) -> Decimal | None:
    return ZERO if condition is None or evaluer(condition, situation) is True else None


def _unanime(verdicts: Sequence[bool]) -> bool | None:
    return None if len(set(verdicts)) > 1 else verdicts[0]
