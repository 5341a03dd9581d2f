"""La note d'une grille dans une situation : total, rubriques, critères en intervalles, et les faits décisifs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from modele.cotation.apports import Apports, apports_de
from modele.cotation.calcul import EXACT, ZERO, du_jour
from modele.cotation.exactitude import Bloc, Examen, Groupe, Table
from modele.cotation.grille import Bornes, Critere, Cumul, Grille
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
        for rang, (critere, sur) in enumerate(zip(rubrique.criteres, sure.criteres, strict=True)):
            criteres[critere.id] = _fourchette(sur.propre)
            compte[critere.id] = sure.compte(rang)
    borne = total.borner(grille.bornes)
    return Note(_fourchette(borne), borne.fige, rubriques, criteres, compte)


def noter(grille: Grille, situation: Situation, jour: date) -> Note:
    """La note exacte et ses faits décisifs. ``exact`` dit si les deux bornes sont atteintes."""
    with localcontext(EXACT):
        return _Bilan(grille, situation, jour).note()


def total_exact(grille: Grille, situation: Situation, jour: date) -> Fourchette:
    """Le total de ``noter``, sans ses raisons."""
    with localcontext(EXACT):
        return _fourchette(_Bilan(grille, situation, jour).total)


class _Bilan:
    """Réunit les groupes d'un examen."""

    def __init__(self, grille: Grille, situation: Situation, jour: date) -> None:
        self.grille, self.situation = grille, situation
        self.examen = Examen(du_jour(grille, jour), situation)
        self._surs: dict[str, RubriqueSure] = {}
        self.etendues = [self._etendue_groupe(groupe) for groupe in self.examen.groupes]
        self.brut = _ajouter(self.etendues)
        self.total = self.brut.borner(grille.bornes)

    def note(self) -> Note:
        brut, total = self.brut, self.total
        prouve = all(_prouve(g, e) for g, e in zip(self.examen.groupes, self.etendues, strict=True))
        decisifs, justes = self._decisifs(brut, total)
        criteres, compte = self._criteres()
        exact = total.fige or (prouve and justes)
        return Note(_fourchette(total), exact, self._rubriques(), criteres, compte, decisifs)

    def _etendue_groupe(self, groupe: Groupe) -> Etendue:
        return self._somme(groupe.blocs) if groupe.sommes is None else _entre(groupe.sommes)

    def _somme(self, blocs: Iterable[Bloc]) -> Etendue:
        return _ajouter(self._etendue_bloc(bloc) for bloc in blocs)

    def _etendue_bloc(self, bloc: Bloc) -> Etendue:
        if bloc.points is not None:
            return _entre(bloc.points)
        sure = self._sure(bloc)
        if sure.cumul is not Cumul.SOMME or sure.ouverte is False:
            return sure.etendue
        # Critère par critère, on sait souvent mieux que l'intervalle immédiat.
        etendue = _ajouter(self._propre(bloc, critere) for critere in bloc.criteres).borner(bloc.rubrique.bornes)
        return etendue if sure.ouverte else etendue.ou(NUL)

    def _propre(self, bloc: Bloc, critere: Critere) -> Etendue:
        """La valeur d'un critère avant cumul."""
        if critere.id in bloc.propres:
            return _entre(bloc.propres[critere.id])
        return self._sure(bloc).criteres[bloc.rubrique.criteres.index(critere)].propre

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
        """Ce qu'un groupe apporte à une rubrique, ses blocs variant ensemble quand on peut les énumérer."""
        blocs = [bloc for bloc in groupe.blocs if bloc.rubrique.id == rubrique]
        cles = tuple(sorted({cle for bloc in blocs for cle in bloc.cles}))
        ensemble = self.examen.ensemble(blocs, cles)
        return self._somme(blocs) if ensemble is None else _entre(ensemble)

    def _criteres(self) -> tuple[dict[str, Fourchette], dict[str, bool | None]]:
        criteres: dict[str, Fourchette] = {}
        compte: dict[str, bool | None] = {}
        for bloc in self.examen.blocs:
            for critere in bloc.criteres:
                criteres[critere.id] = _fourchette(self._propre(bloc, critere))
                if critere.id in bloc.compte:
                    compte[critere.id] = bloc.compte[critere.id]
                else:
                    compte[critere.id] = self._sure(bloc).compte(bloc.rubrique.criteres.index(critere))
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
        autres = [groupe.sommes for groupe in self.examen.groupes if groupe is not sauf]
        connus = [table.valeurs for table in autres if table is not None]
        return apports_de(connus) if len(connus) == len(autres) else None

    def _ecart(self, groupe: Groupe, cle: Cle, bornes: Bornes, reste: Apports | None, total: Etendue) -> Decimal | None:
        if groupe.sommes is None:
            majorants = [self._majorant(bloc, cle) for bloc in groupe.blocs if cle in bloc.cles]
            return _le_plus_petit(_total(majorants), total.largeur)
        if reste is None:
            return _le_plus_petit(groupe.sommes.ecart(cle), total.largeur)
        return max(_ecart_borne(haut, bas, bornes, reste) for bas, haut in groupe.sommes.extremes(cle))

    def _majorant(self, bloc: Bloc, cle: Cle) -> Decimal | None:
        """De combien un inconnu peut changer un bloc, au plus."""
        if bloc.points is not None:
            return bloc.points.ecart(cle)
        largeur = self._etendue_bloc(bloc).largeur
        if bloc.rubrique.cumul is not Cumul.SOMME or cle in bloc.reservees:
            return largeur
        # Des bornes n'écartent jamais deux sommes : chaque critère qui lit l'inconnu compte pour son propre écart.
        lus = [c for c in bloc.criteres if cle in self.examen.inconnus.de_critere(c)]
        return _le_plus_petit(_total([self._ecart_critere(bloc, c, cle) for c in lus]), largeur)

    def _ecart_critere(self, bloc: Bloc, critere: Critere, cle: Cle) -> Decimal | None:
        if critere.id in bloc.propres:
            return bloc.propres[critere.id].ecart(cle)
        return self._propre(bloc, critere).largeur


def _prouve(groupe: Groupe, etendue: Etendue) -> bool:
    """Vrai si les deux bornes d'un groupe sont atteintes par une vraie complétion."""
    if groupe.sommes is not None or etendue.fige:
        return True
    tables = [bloc.points for bloc in groupe.blocs if bloc.points is not None]
    if len(tables) < len(groupe.blocs):
        return False
    return _temoin(tables, 1) == etendue.haut and _temoin(tables, -1) == etendue.bas


def _temoin(tables: Sequence[Table], sens: int) -> Decimal:
    """Le total quand chaque bloc, les plus larges d'abord, impose la complétion qui l'arrange.

    ``sens`` : 1 vers le haut, -1 vers le bas.
    """
    choix: dict[Cle, int] = {}
    for table in sorted(tables, key=lambda table: min(table.valeurs) - max(table.valeurs)):
        points = [sens * valeur for valeur in table.valeurs]
        for cle, cellule in zip(table.cles, table.cellules(points.index(max(points))), strict=True):
            choix.setdefault(cle, cellule)
    return sum((table.valeurs[table.rang(choix)] for table in tables), ZERO)


def _ajouter(etendues: Iterable[Etendue]) -> Etendue:
    somme = NUL
    for etendue in etendues:
        somme = somme.plus(etendue)
    return somme


def _total(nombres: Sequence[Decimal | None]) -> Decimal | None:
    connus = [nombre for nombre in nombres if nombre is not None]
    return sum(connus, ZERO) if len(connus) == len(nombres) else None


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


def _entre(table: Table) -> Etendue:
    return Etendue(min(table.valeurs), max(table.valeurs))


def _le_plus_petit(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return b if a is None else a if b is None else min(a, b)


def _fourchette(etendue: Etendue) -> Fourchette:
    return Fourchette(etendue.bas, etendue.haut)
