"""La note d'une grille dans une situation : total, rubriques, critères en intervalles, et les faits décisifs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from modele.cotation.apports import Apports, apports_de
from modele.cotation.calcul import EXACT, ZERO, du_jour
from modele.cotation.exactitude import Bloc, Examen, Groupe
from modele.cotation.grille import Bornes, Grille
from modele.cotation.inconnus import Cle
from modele.cotation.resultat import Decisif, Fourchette
from modele.cotation.surete import NUL, Etendue, RubriqueSure, rubrique_sure
from modele.regles.etats import Situation


@dataclass(frozen=True, slots=True)
class Note:
    """Les points, sans les mots. ``criteres`` et ``compte`` : par identifiant de critère en vigueur."""

    total: Fourchette
    exact: bool
    rubriques: Mapping[str, Fourchette]
    criteres: Mapping[str, Fourchette]
    compte: Mapping[str, bool | None]
    decisifs: tuple[Decisif, ...] = ()


def noter_sur(grille: Grille, situation: Situation, jour: date) -> Note:
    """L'intervalle sûr, en une passe : ce que l'écran montre dans l'image qui suit."""
    with localcontext(EXACT):
        return _noter_sur(grille, situation, jour)


def _noter_sur(grille: Grille, situation: Situation, jour: date) -> Note:
    rubriques = {rubrique.id: _fourchette(NUL) for rubrique in grille.rubriques}
    criteres, compte, total = {}, {}, NUL
    for rubrique in du_jour(grille, jour).rubriques:
        sure = rubrique_sure(rubrique, situation)
        total = total.plus(sure.etendue)
        rubriques[rubrique.id] = _fourchette(sure.etendue)
        for critere, sur in zip(rubrique.criteres, sure.criteres, strict=True):
            criteres[critere.id] = _fourchette(sur.propre)
            compte[critere.id] = sure.compte(sur)
    borne = total.borner(grille.bornes)
    return Note(_fourchette(borne), borne.fige, rubriques, criteres, compte)


def noter(grille: Grille, situation: Situation, jour: date) -> Note:
    """La note exacte et ses faits décisifs. ``exact`` dit si les deux bornes sont atteintes."""
    with localcontext(EXACT):
        return _Bilan(grille, situation, jour).note()


class _Bilan:
    """Réunit les groupes d'un examen."""

    def __init__(self, grille: Grille, situation: Situation, jour: date) -> None:
        self.grille, self.situation = grille, situation
        self.examen = Examen(du_jour(grille, jour), situation)
        self._surs: dict[str, RubriqueSure] = {}
        self.etendues = [self._etendue_groupe(groupe) for groupe in self.examen.groupes]

    def note(self) -> Note:
        brut = NUL
        for etendue in self.etendues:
            brut = brut.plus(etendue)
        total = brut.borner(self.grille.bornes)
        prouve = all(_prouve(g, e) for g, e in zip(self.examen.groupes, self.etendues, strict=True))
        decisifs, justes = self._decisifs(brut, total)
        criteres, compte = self._criteres()
        exact = total.fige or (prouve and justes)
        return Note(_fourchette(total), exact, self._rubriques(), criteres, compte, decisifs)

    def _etendue_groupe(self, groupe: Groupe) -> Etendue:
        return self._somme(groupe.blocs) if groupe.trop else _entre(groupe.sommes)

    def _somme(self, blocs: Iterable[Bloc]) -> Etendue:
        etendue = NUL
        for bloc in blocs:
            etendue = etendue.plus(self._etendue_bloc(bloc))
        return etendue

    def _etendue_bloc(self, bloc: Bloc) -> Etendue:
        if not bloc.trop:
            return _entre(bloc.points)
        sure = self._sure(bloc)
        if len(bloc.criteres) == len(bloc.rubrique.criteres):
            return sure.etendue
        return sure.criteres[bloc.rubrique.criteres.index(bloc.criteres[0])].propre

    def _sure(self, bloc: Bloc) -> RubriqueSure:
        rubrique = bloc.rubrique
        if rubrique.id not in self._surs:
            self._surs[rubrique.id] = rubrique_sure(rubrique, self.situation)
        return self._surs[rubrique.id]

    def _rubriques(self) -> dict[str, Fourchette]:
        """Chaque rubrique après ses bornes : la somme de ses blocs, groupe par groupe."""
        etendues = {rubrique.id: NUL for rubrique in self.grille.rubriques}
        for groupe in self.examen.groupes:
            for id_ in dict.fromkeys(bloc.rubrique.id for bloc in groupe.blocs):
                etendues[id_] = etendues[id_].plus(self._part(groupe, id_))
        return {id_: _fourchette(etendue) for id_, etendue in etendues.items()}

    def _part(self, groupe: Groupe, rubrique: str) -> Etendue:
        """Ce qu'un groupe apporte à une rubrique, ses blocs variant ensemble quand on a pu les énumérer."""
        blocs = [bloc for bloc in groupe.blocs if bloc.rubrique.id == rubrique]
        return self._somme(blocs) if groupe.trop or len(blocs) == 1 else _entre(groupe.de(blocs))

    def _criteres(self) -> tuple[dict[str, Fourchette], dict[str, bool | None]]:
        criteres: dict[str, Fourchette] = {}
        compte: dict[str, bool | None] = {}
        for bloc in self.examen.blocs:
            compte |= bloc.compte
            criteres |= {id_: _fourchette(_entre(valeurs)) for id_, valeurs in bloc.propres.items()}
            if bloc.trop:
                sure = self._sure(bloc)
                for critere, sur in zip(bloc.rubrique.criteres, sure.criteres, strict=True):
                    if critere in bloc.criteres:
                        criteres[critere.id], compte[critere.id] = _fourchette(sur.propre), sure.compte(sur)
        return criteres, compte

    def _decisifs(self, brut: Etendue, total: Etendue) -> tuple[tuple[Decisif, ...], bool]:
        """Les faits décisifs, et vrai si leurs écarts sont exacts."""
        bornes = self.grille.bornes if _mord(self.grille.bornes, brut) else Bornes()
        trouves: dict[str, Decisif] = {}
        justes = True
        for groupe in self.examen.groupes:
            if not groupe.cles:
                continue
            reste = self._reste(groupe) if bornes != Bornes() else apports_de([])
            justes = justes and reste is not None
            for cle in groupe.cles:
                ecart = self._ecart(groupe, cle, bornes, reste, total)
                if cle.sorte != "parametre" and ecart != 0:
                    _garder(trouves, Decisif(cle.nom, ecart, self.examen.inconnus.refuse(cle)))
        return tuple(sorted(trouves.values(), key=_rang)), justes

    def _reste(self, sauf: Groupe) -> Apports | None:
        """Tout ce que les autres groupes peuvent apporter ensemble ; ``None`` s'il y en a trop."""
        autres = [groupe for groupe in self.examen.groupes if groupe is not sauf]
        return None if any(groupe.trop for groupe in autres) else apports_de([groupe.sommes for groupe in autres])

    def _ecart(self, groupe: Groupe, cle: Cle, bornes: Bornes, reste: Apports | None, total: Etendue) -> Decimal | None:
        if groupe.trop:
            touche = self._somme(bloc for bloc in groupe.blocs if cle in bloc.cles)
            return _le_plus_petit(touche.largeur, total.largeur)
        extremes = groupe.extremes(cle)
        if reste is None:
            return _le_plus_petit(max(haut - bas for bas, haut in extremes), total.largeur)
        return max(_ecart_borne(haut, bas, bornes, reste) for bas, haut in extremes)


def _prouve(groupe: Groupe, etendue: Etendue) -> bool:
    """Vrai si les deux bornes d'un groupe sont atteintes par une vraie complétion."""
    if not groupe.trop or etendue.fige:
        return True
    if any(bloc.trop for bloc in groupe.blocs):
        return False
    return _temoin(groupe, 1) == etendue.haut and _temoin(groupe, -1) == etendue.bas


def _temoin(groupe: Groupe, sens: int) -> Decimal:
    """Le total du groupe quand chaque bloc, les plus larges d'abord, impose la complétion qui l'arrange.

    ``sens`` : 1 vers le haut, -1 vers le bas.
    """
    choix: dict[Cle, int] = {}
    for bloc in sorted(groupe.blocs, key=lambda bloc: min(bloc.points) - max(bloc.points)):
        meilleure = max(range(len(bloc.points)), key=lambda rang, b=bloc: sens * b.points[rang])  # type: ignore[misc]
        for cle, cellule in zip(bloc.cles, bloc.cellules(meilleure), strict=True):
            choix.setdefault(cle, cellule)
    return sum((bloc.points[bloc.rang(choix)] for bloc in groupe.blocs), ZERO)


def _mord(bornes: Bornes, brut: Etendue) -> bool:
    """Vrai si le plancher ou le plafond de la grille peut jouer."""
    if bornes.plancher is not None and (brut.bas is None or brut.bas < bornes.plancher):
        return True
    return bornes.plafond is not None and (brut.haut is None or brut.haut > bornes.plafond)


def _ecart_borne(haut: Decimal, bas: Decimal, bornes: Bornes, reste: Apports) -> Decimal:
    """Le plus grand écart, après les bornes du total, entre deux apports du groupe, quel que soit le reste.

    L'écart monte, tient un palier, puis descend quand le reste croît : il suffit de regarder autour du palier.
    """
    reperes = [ZERO if b is None else b - bout for b in (bornes.plancher, bornes.plafond) for bout in (bas, haut)]
    candidats = [r for repere in reperes for r in reste.autour(repere)]
    return max(bornes.appliquer(haut + r) - bornes.appliquer(bas + r) for r in candidats)


def _garder(trouves: dict[str, Decisif], nouveau: Decisif) -> None:
    """Un fait lu sur plusieurs personnes n'est cité qu'une fois, avec son plus grand écart."""
    ancien = trouves.get(nouveau.fait)
    if ancien is None or _rang(nouveau) < _rang(ancien):
        trouves[nouveau.fait] = nouveau


def _rang(decisif: Decisif) -> tuple[bool, Decimal, str]:
    return (decisif.ecart is not None, -(decisif.ecart or ZERO), decisif.fait)


def _entre(valeurs: Iterable[Decimal]) -> Etendue:
    liste = list(valeurs)
    return Etendue(min(liste), max(liste))


def _le_plus_petit(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return b if a is None else a if b is None else min(a, b)


def _fourchette(etendue: Etendue) -> Fourchette:
    return Fourchette(etendue.bas, etendue.haut)
