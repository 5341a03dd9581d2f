"""La note d'une grille dans une situation : total, rubriques, critères en intervalles, et les faits décisifs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from modele.cotation.calcul import EXACT, ZERO, en_vigueur
from modele.cotation.exactitude import Bloc, Combinaison, Examen, Groupe
from modele.cotation.grille import Bornes, Grille
from modele.cotation.inconnus import Cle
from modele.cotation.lectures import TRES_LOIN
from modele.cotation.resultat import Decisif, Fourchette
from modele.cotation.surete import NUL, CritereSur, Etendue, rubrique_sure
from modele.regles.etats import Situation

# Au-delà, un total ne vient que d'une valeur « très loin » : rien ne le borne.
_INFINI = Decimal(TRES_LOIN) / Decimal(10) ** 10
_TROP_DE_SOMMES = 200_000


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
    rubriques, criteres, compte, total = {}, {}, {}, NUL
    for rubrique in grille.rubriques:
        etendue, surs = rubrique_sure(rubrique, situation, jour)
        total = total.plus(etendue)
        rubriques[rubrique.id] = _fourchette(etendue)
        for critere, sur in zip(en_vigueur(rubrique, jour), surs, strict=True):
            criteres[critere.id] = _fourchette(sur.propre)
            compte[critere.id] = False if sur.applique is False else None
    borne = total.borner(grille.bornes)
    exact = borne.bas is not None and borne.bas == borne.haut
    return Note(_fourchette(borne), exact, rubriques, criteres, compte)


def noter(grille: Grille, situation: Situation, jour: date) -> Note:
    """La note exacte et ses faits décisifs. ``exact`` dit si les deux bornes sont atteintes."""
    with localcontext(EXACT):
        return _Bilan(grille, situation, jour).note()


class _Bilan:
    """Réunit les groupes d'un examen."""

    def __init__(self, grille: Grille, situation: Situation, jour: date) -> None:
        self.grille, self.situation, self.jour = grille, situation, jour
        self.examen = Examen(grille, situation, jour)
        for groupe in self.examen.groupes:
            groupe.enumerer(self.examen.inconnus)
        self.surs = [rubrique_sure(r, situation, jour) for r in grille.rubriques]
        self.etendues = [self._etendue_groupe(groupe) for groupe in self.examen.groupes]

    def note(self) -> Note:
        brut = NUL
        for etendue in self.etendues:
            brut = brut.plus(etendue)
        total = brut.borner(self.grille.bornes)
        prouve = all(self._prouve(g, e) for g, e in zip(self.examen.groupes, self.etendues, strict=True))
        decisifs, justes = self._decisifs(brut, total)
        criteres, compte = self._criteres()
        fige = total.bas is not None and total.bas == total.haut
        return Note(_fourchette(total), fige or (prouve and justes), self._rubriques(), criteres, compte, decisifs)

    def _etendue_groupe(self, groupe: Groupe) -> Etendue:
        if not groupe.trop:
            return _entre(groupe.sommes.values())
        etendue = NUL
        for bloc in groupe.blocs:
            etendue = etendue.plus(self._etendue_bloc(bloc))
        return etendue

    def _etendue_bloc(self, bloc: Bloc) -> Etendue:
        if not bloc.trop:
            return _entre(bloc.points.values())
        etendue, criteres = self.surs[bloc.rubrique]
        en_lice = en_vigueur(self.grille.rubriques[bloc.rubrique], self.jour)
        if len(bloc.criteres) == len(en_lice):
            return etendue
        return criteres[en_lice.index(bloc.criteres[0])].propre

    def _prouve(self, groupe: Groupe, etendue: Etendue) -> bool:
        """Vrai si les deux bornes d'un groupe sont atteintes par une vraie complétion."""
        if not groupe.trop or (etendue.bas is not None and etendue.bas == etendue.haut):
            return True
        if any(bloc.trop for bloc in groupe.blocs):
            return False
        return _temoin(groupe, min) == etendue.bas and _temoin(groupe, max) == etendue.haut

    def _rubriques(self) -> dict[str, Fourchette]:
        """Chaque rubrique après ses bornes : la somme de ses blocs, groupe par groupe."""
        etendues = [NUL for _ in self.grille.rubriques]
        for groupe in self.examen.groupes:
            for rang in dict.fromkeys(bloc.rubrique for bloc in groupe.blocs):
                etendues[rang] = etendues[rang].plus(self._part(groupe, rang))
        return {r.id: _fourchette(e) for r, e in zip(self.grille.rubriques, etendues, strict=True)}

    def _part(self, groupe: Groupe, rang: int) -> Etendue:
        """Ce qu'un groupe apporte à une rubrique, ses blocs variant ensemble quand on a pu les énumérer."""
        blocs = [bloc for bloc in groupe.blocs if bloc.rubrique == rang]
        if groupe.trop or len(blocs) == 1:
            part = NUL
            for bloc in blocs:
                part = part.plus(self._etendue_bloc(bloc))
            return part
        seul = Groupe(blocs, groupe.cles)
        seul.enumerer(self.examen.inconnus)
        return _entre(seul.sommes.values())

    def _criteres(self) -> tuple[dict[str, Fourchette], dict[str, bool | None]]:
        criteres: dict[str, Fourchette] = {}
        compte: dict[str, bool | None] = {}
        for bloc in self.examen.blocs:
            for critere in bloc.criteres:
                if bloc.trop:
                    sur = self._critere_sur(bloc, critere.id)
                    criteres[critere.id] = _fourchette(sur.propre)
                    compte[critere.id] = False if sur.applique is False else None
                else:
                    criteres[critere.id] = _fourchette(_entre(bloc.tables[critere.id].propres()))
                    compte[critere.id] = bloc.compte[critere.id]
        return criteres, compte

    def _critere_sur(self, bloc: Bloc, id_: str) -> CritereSur:
        en_lice = en_vigueur(self.grille.rubriques[bloc.rubrique], self.jour)
        rang = next(rang for rang, critere in enumerate(en_lice) if critere.id == id_)
        return self.surs[bloc.rubrique][1][rang]

    def _decisifs(self, brut: Etendue, total: Etendue) -> tuple[tuple[Decisif, ...], bool]:
        """Les faits décisifs, et vrai si leurs écarts sont exacts."""
        bornes = self.grille.bornes if _mord(self.grille.bornes, brut) else Bornes()
        trouves: dict[str, Decisif] = {}
        justes = True
        for rang, groupe in enumerate(self.examen.groupes):
            reste = self._reste(rang) if bornes != Bornes() and groupe.cles else [ZERO]
            justes = justes and reste is not None
            for cle in groupe.cles:
                ecart = self._ecart(groupe, cle, bornes, reste, total)
                if cle.sorte != "parametre" and ecart != 0:
                    _garder(trouves, Decisif(cle.nom, _fini(ecart), self.examen.inconnus.refuse(cle)))
        return tuple(sorted(trouves.values(), key=_rang)), justes

    def _reste(self, sauf: int) -> list[Decimal] | None:
        """Tout ce que les autres groupes peuvent apporter ensemble, trié ; ``None`` s'il y en a trop."""
        sommes = {ZERO}
        for rang, groupe in enumerate(self.examen.groupes):
            if rang == sauf:
                continue
            apports = set(groupe.sommes.values())
            if groupe.trop or len(sommes) * len(apports) > _TROP_DE_SOMMES:
                return None
            sommes = {a + b for a in sommes for b in apports}
        return sorted(sommes)

    def _ecart(
        self, groupe: Groupe, cle: Cle, bornes: Bornes, reste: list[Decimal] | None, total: Etendue
    ) -> Decimal | None:
        if groupe.trop:
            return self._majorant(groupe, cle, total)
        place = groupe.cles.index(cle)
        extremes: dict[Combinaison, tuple[Decimal, Decimal]] = {}
        for combinaison, somme in groupe.sommes.items():
            autres = combinaison[:place] + combinaison[place + 1 :]
            bas, haut = extremes.get(autres, (somme, somme))
            extremes[autres] = (min(bas, somme), max(haut, somme))
        if reste is None:
            return _le_plus_petit(max(haut - bas for bas, haut in extremes.values()), _largeur(total))
        return max(_ecart_borne(haut, bas, bornes, reste) for bas, haut in set(extremes.values()))

    def _majorant(self, groupe: Groupe, cle: Cle, total: Etendue) -> Decimal | None:
        touche = NUL
        for bloc in groupe.blocs:
            if cle in bloc.cles:
                touche = touche.plus(self._etendue_bloc(bloc))
        return _le_plus_petit(_largeur(touche), _largeur(total))


def _temoin(groupe: Groupe, choisir: object) -> Decimal:
    """Le total du groupe quand chaque bloc, les plus larges d'abord, impose la complétion qui l'arrange."""
    choix: dict[Cle, int] = {}
    largeurs = sorted(groupe.blocs, key=lambda bloc: -(max(bloc.points.values()) - min(bloc.points.values())))
    for bloc in largeurs:
        meilleure = choisir(bloc.points, key=lambda c, b=bloc: b.points[c])  # type: ignore[operator]
        for cle, rang in zip(bloc.cles, meilleure, strict=True):
            choix.setdefault(cle, rang)
    return sum((bloc.points[tuple(choix[cle] for cle in bloc.cles)] for bloc in groupe.blocs), ZERO)


def _mord(bornes: Bornes, brut: Etendue) -> bool:
    """Vrai si le plancher ou le plafond de la grille peut jouer."""
    if bornes.plancher is not None and (brut.bas is None or brut.bas < bornes.plancher):
        return True
    return bornes.plafond is not None and (brut.haut is None or brut.haut > bornes.plafond)


def _ecart_borne(haut: Decimal, bas: Decimal, bornes: Bornes, reste: Sequence[Decimal]) -> Decimal:
    """Le plus grand écart, après les bornes du total, entre deux apports du groupe, quel que soit le reste.

    L'écart monte, tient un palier, puis descend quand le reste croît : il suffit de regarder autour du palier.
    """
    if len(reste) == 1:
        candidats = list(reste)
    else:
        reperes = [reste[0], reste[-1]]
        for borne in (bornes.plancher, bornes.plafond):
            if borne is not None:
                reperes += [borne - bas, borne - haut]
        candidats = [reste[p] for r in reperes for p in _autour(reste, r)]
    return max(bornes.appliquer(haut + r) - bornes.appliquer(bas + r) for r in candidats)


def _autour(reste: Sequence[Decimal], repere: Decimal) -> list[int]:
    place = bisect_left(reste, repere)
    return [p for p in (place - 1, place) if 0 <= p < len(reste)]


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


def _largeur(etendue: Etendue) -> Decimal | None:
    return None if etendue.bas is None or etendue.haut is None else etendue.haut - etendue.bas


def _le_plus_petit(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    connus = [n for n in (a, b) if n is not None]
    return min(connus) if connus else None


def _fini(points: Decimal | None) -> Decimal | None:
    return None if points is None or abs(points) >= _INFINI else points


def _fourchette(etendue: Etendue) -> Fourchette:
    return Fourchette(_fini(etendue.bas), _fini(etendue.haut))
