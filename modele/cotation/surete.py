"""L'intervalle sûr, tout de suite : quelle que soit la suite des réponses, la note sera dedans.

Arithmétique d'intervalles sur les verdicts de Kleene : large parfois, fausse jamais. L'exactitude vient ensuite.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from modele.cotation.calcul import ZERO, convient, points_valeur, unites
from modele.cotation.grille import Bornes, Critere, Cumul, Fixe, Forme, ParUnite, Rubrique, Tranches
from modele.regles.etats import Enumere, Etat, Situation, Statut
from modele.regles.kleene import evaluer, plage

Points = Decimal | None  # None : rien ne borne de ce côté


@dataclass(frozen=True, slots=True)
class Etendue:
    """Un intervalle de points."""

    bas: Points
    haut: Points

    @classmethod
    def en(cls, points: Decimal) -> Etendue:
        """L'intervalle réduit à un point."""
        return cls(points, points)

    def plus(self, autre: Etendue) -> Etendue:
        """La somme de deux intervalles indépendants."""
        return Etendue(_plus(self.bas, autre.bas), _plus(self.haut, autre.haut))

    def ou(self, autre: Etendue) -> Etendue:
        """Le plus petit intervalle qui contient les deux."""
        return Etendue(_extreme(min, self.bas, autre.bas), _extreme(max, self.haut, autre.haut))

    def borner(self, bornes: Bornes) -> Etendue:
        """L'intervalle après plancher et plafond."""
        bas = bornes.plancher if self.bas is None else bornes.appliquer(self.bas)
        haut = bornes.plafond if self.haut is None else bornes.appliquer(self.haut)
        return Etendue(bas, haut)

    @property
    def fige(self) -> bool:
        """Vrai si un seul point reste possible."""
        return self.bas is not None and self.bas == self.haut

    @property
    def largeur(self) -> Points:
        """De combien les points peuvent encore changer."""
        return None if self.bas is None or self.haut is None else self.haut - self.bas


NUL = Etendue(ZERO, ZERO)


@dataclass(frozen=True, slots=True)
class CritereSur:
    """Un critère, prudemment : s'applique-t-il, sa valeur s'il s'applique, sa valeur propre, et s'il compte."""

    applique: bool | None
    etendue: Etendue

    @property
    def propre(self) -> Etendue:
        """La valeur propre : 0 quand il ne s'applique pas."""
        if self.applique is False:
            return NUL
        return self.etendue if self.applique else self.etendue.ou(NUL)


def critere_sur(critere: Critere, situation: Situation) -> CritereSur:
    """L'étendue d'un critère dans une situation où tout n'est pas connu."""
    applique = True if critere.si is None else evaluer(critere.si, situation)
    return CritereSur(applique, NUL if applique is False else etendue_forme(critere.forme, situation))


def etendue_forme(forme: Forme, situation: Situation) -> Etendue:
    """Les points possibles d'une forme, son fait prenant toutes ses valeurs admissibles."""
    if isinstance(forme, Fixe):
        return Etendue.en(forme.points)
    etat = situation.etat(forme.fait.nom)
    if etat.statut is Statut.SANS_OBJET:
        return NUL
    etendue = _etendue_ouverte(forme, etat)
    return etendue.ou(NUL) if etat.peut_etre_sans_objet else etendue


def _etendue_ouverte(forme: ParUnite | Tranches, etat: Etat) -> Etendue:
    if isinstance(etat.domaine, Enumere):
        return _union(Etendue.en(points_valeur(forme, v)) for v in etat.domaine.valeurs)
    bas, haut = plage(etat, forme.fait)
    return _par_unite(forme, bas, haut) if isinstance(forme, ParUnite) else _tranches(forme, bas, haut)


def _par_unite(forme: ParUnite, bas: Any, haut: Any) -> Etendue:
    if forme.points == 0:
        return Etendue.en(forme.bornes.appliquer(ZERO))
    bouts = [None if bout is None else forme.points * unites(Decimal(bout), forme.chaque) for bout in (bas, haut)]
    if forme.points < 0:
        bouts.reverse()
    return Etendue(bouts[0], bouts[1]).borner(forme.bornes)


def _tranches(forme: Tranches, bas: Any, haut: Any) -> Etendue:
    """Les tranches entre celle de ``bas`` et celle de ``haut``."""
    possibles: list[Decimal] = []
    for tranche in forme.tranches:
        if bas is None or convient(tranche, bas):
            possibles.append(tranche.points)
        if haut is not None and convient(tranche, haut):
            return _union(Etendue.en(p) for p in possibles)
    sans_reste = forme.tranches[-1].borne is None
    return _union(Etendue.en(p) for p in (possibles if sans_reste else [*possibles, ZERO]))


def _union(etendues: Iterable[Etendue]) -> Etendue:
    premiere, *suite = etendues
    for etendue in suite:
        premiere = premiere.ou(etendue)
    return premiere


@dataclass(frozen=True, slots=True)
class RubriqueSure:
    """Une rubrique, prudemment : est-elle ouverte, son étendue après ses bornes, ses critères."""

    cumul: Cumul
    ouverte: bool | None
    etendue: Etendue
    criteres: tuple[CritereSur, ...]

    def compte(self, rang: int) -> bool | None:
        """Vrai ou faux si le critère de ce rang compte, ou non, à coup sûr."""
        critere = self.criteres[rang]
        if self.ouverte is False or critere.applique is False:
            return False
        rivaux = [(autre < rang, c) for autre, c in enumerate(self.criteres) if autre != rang]
        if any(autre.applique and _bat(self.cumul, autre, critere, avant=avant) for avant, autre in rivaux):
            return False
        seul = all(c.applique is False or _bat(self.cumul, critere, c, avant=not avant) for avant, c in rivaux)
        return True if self.ouverte and critere.applique and (seul or self.cumul is Cumul.SOMME) else None


def _bat(cumul: Cumul, un: CritereSur, autre: CritereSur, *, avant: bool) -> bool:
    """Vrai si, les deux s'appliquant, ``un`` évince ``autre`` à coup sûr ; ``avant`` : il est écrit avant lui."""
    if cumul is not Cumul.MAXIMUM:
        return cumul is Cumul.PREMIER and avant
    bas, haut = un.etendue.bas, autre.etendue.haut
    return bas is not None and haut is not None and (bas >= haut if avant else bas > haut)


def rubrique_sure(rubrique: Rubrique, situation: Situation) -> RubriqueSure:
    """L'étendue d'une rubrique en vigueur, et celle de chacun de ses critères."""
    criteres = tuple(critere_sur(critere, situation) for critere in rubrique.criteres)
    ouverte = True if rubrique.si is None else evaluer(rubrique.si, situation)
    etendue = NUL if ouverte is False else combiner_surs(rubrique.cumul, criteres).borner(rubrique.bornes)
    return RubriqueSure(rubrique.cumul, ouverte, etendue if ouverte else etendue.ou(NUL), criteres)


def combiner_surs(cumul: Cumul, criteres: Sequence[CritereSur]) -> Etendue:
    """L'étendue d'une rubrique avant ses bornes."""
    return _COMBINER[cumul]([c for c in criteres if c.applique is not False])


def _somme(criteres: Sequence[CritereSur]) -> Etendue:
    etendue = NUL
    for critere in criteres:
        etendue = etendue.plus(critere.propre)
    return etendue


def _maximum(criteres: Sequence[CritereSur]) -> Etendue:
    """Le plus élevé : ceux qui s'appliquent sûrement relèvent le bas, les autres ne peuvent que relever le haut."""
    surs = [c.etendue for c in criteres if c.applique]
    possibles = [c.etendue for c in criteres] + ([] if surs else [NUL])
    haut = possibles[0].haut
    for etendue in possibles[1:]:
        haut = _extreme(max, haut, etendue.haut)
    return Etendue(_plus_haut_des_bas(surs) if surs else _union(possibles).bas, haut)


def _plus_haut_des_bas(etendues: Sequence[Etendue]) -> Points:
    connus = [etendue.bas for etendue in etendues if etendue.bas is not None]
    return max(connus) if connus else None


def _premier(criteres: Sequence[CritereSur]) -> Etendue:
    possibles: list[Etendue] = []
    for critere in criteres:
        possibles.append(critere.etendue)
        if critere.applique:
            return _union(possibles)
    return _union([*possibles, NUL])


_COMBINER = {Cumul.SOMME: _somme, Cumul.MAXIMUM: _maximum, Cumul.PREMIER: _premier}


def _plus(a: Points, b: Points) -> Points:
    return None if a is None or b is None else a + b


def _extreme(choisir: Any, a: Points, b: Points) -> Points:
    return None if a is None or b is None else choisir(a, b)
