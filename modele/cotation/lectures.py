"""Ce que la grille lit de chaque fait, et où cela coupe ses valeurs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from modele.cotation.calcul import unites
from modele.cotation.grille import Fixe, Grille, ParUnite, Tranches
from modele.regles.cellules import LIMITE, Coupe, Pas, TropDeCellules, Voisinage, coupes_de
from modele.regles.conditions import Comparaison, Condition, Parametre, comparaisons, quantificateurs
from modele.regles.etats import INCONNU, Enumere, Etat, Situation
from modele.regles.faits import Fait
from modele.regles.kleene import plage


@dataclass(frozen=True, slots=True)
class Lecture:
    """Les comparaisons et les formes en points qui lisent un fait."""

    fait: Fait
    comparaisons: tuple[Comparaison, ...] = ()
    formes: tuple[ParUnite | Tranches, ...] = ()


def conditions_de(grille: Grille) -> Iterator[Condition]:
    """Toutes les conditions qui décident de points."""
    for rubrique in grille.rubriques:
        if rubrique.si is not None:
            yield rubrique.si
        yield from (critere.si for critere in rubrique.criteres if critere.si is not None)


def lectures_de(grille: Grille) -> dict[str, Lecture]:
    """Ce que la grille lit, par nom de fait."""
    lues: dict[str, Lecture] = {}
    for condition in conditions_de(grille):
        for c in comparaisons(condition):
            lecture = lues.get(c.fait.nom, Lecture(c.fait))
            lues[c.fait.nom] = replace(lecture, comparaisons=(*lecture.comparaisons, c))
    for forme in (critere.forme for rubrique in grille.rubriques for critere in rubrique.criteres):
        if not isinstance(forme, Fixe):
            lecture = lues.get(forme.fait.nom, Lecture(forme.fait))
            lues[forme.fait.nom] = replace(lecture, formes=(*lecture.formes, forme))
    return lues


def seuils_de_personnes(grille: Grille) -> dict[Condition, int]:
    """Chaque condition sur une personne, et le plus grand nombre auquel on la compare."""
    seuils: dict[Condition, int] = {}
    for condition in conditions_de(grille):
        for q in quantificateurs(condition):
            seuils[q.condition] = max(q.n, seuils.get(q.condition, 0))
    return seuils


class Coupes:
    """Où couper les valeurs de chaque inconnu.

    Deux inconnus qui se comparent (un fait, un paramètre sans valeur) partagent leurs coupes, et prennent dans chaque
    cellule assez de valeurs pour que tous leurs ordres possibles soient représentés.
    """

    def __init__(self, lectures: Mapping[str, Lecture], situation: Situation, en_plus: int) -> None:
        """``en_plus`` : combien de personnes pas encore nommées peuvent s'ajouter."""
        self._lectures = lectures
        self._en_plus = en_plus
        self._situation = situation
        self.parametres = parametres_lus(lectures.values())
        self._voisins = _voisins(lectures.values(), situation)

    def de(self, nom: str) -> tuple[list[Coupe], Voisinage | None]:
        """Les coupes du fait ou du paramètre ``nom``, et les inconnus auxquels il se compare."""
        groupe = self._voisins.get(nom)
        if groupe is None:
            return list(self._propres(nom, seul=True)), None
        coupes = [coupe for membre in sorted(groupe) for coupe in self._propres(membre, seul=False)]
        combien = sum(etat.ouvert for membre in groupe for etat in self._etats(membre))
        return coupes, Voisinage(frozenset(Pas.du(self._fait(membre)) for membre in groupe), combien)

    def _fait(self, nom: str) -> Fait:
        return self._lectures[nom].fait if nom in self._lectures else self.parametres[nom]

    def _etats(self, nom: str) -> list[Etat]:
        """Ce qu'on sait du paramètre, du fait du foyer, ou du fait de chaque personne."""
        if nom in self.parametres:
            return [self._situation.parametres.get(nom, INCONNU)]
        if self._lectures[nom].fait.de_personne:
            return [p.get(nom, INCONNU) for p in self._situation.personnes] + [INCONNU] * self._en_plus
        return [self._situation.etat(nom)]

    def _propres(self, nom: str, *, seul: bool) -> Iterator[Coupe]:
        lecture = self._lectures.get(nom, Lecture(self._fait(nom)))
        for comparaison in lecture.comparaisons:
            yield from coupes_de(self._seuil_connu(comparaison))
        for etat in self._etats(nom):
            if not seul:
                yield from _bords(etat, lecture.fait)
            for forme in lecture.formes:
                if isinstance(forme, ParUnite) and forme.points and etat.ouvert:
                    yield from _multiples(forme, etat)
        for forme in lecture.formes:
            if isinstance(forme, Tranches):
                yield from ((t.borne, t.comprise) for t in forme.tranches if t.borne is not None)

    def _seuil_connu(self, comparaison: Comparaison) -> Comparaison:
        """Un paramètre qui a sa valeur coupe comme une constante."""
        if isinstance(comparaison.operande, Parametre):
            etat = self._situation.parametres.get(comparaison.operande.nom, INCONNU)
            if etat.valeur is not None:
                return replace(comparaison, operande=etat.valeur)
        return comparaison


def parametres_lus(lectures: Iterable[Lecture]) -> dict[str, Fait]:
    """Les paramètres auxquels des faits se comparent, chacun écrit comme un fait de son type."""
    operandes = [c.operande for lecture in lectures for c in lecture.comparaisons]
    return {o.nom: Fait(o.nom, o.type) for o in operandes if isinstance(o, Parametre)}


def _voisins(lectures: Iterable[Lecture], situation: Situation) -> dict[str, frozenset[str]]:
    """Pour chaque inconnu qui se compare à un autre, tous ceux auxquels il finit par se comparer (lui compris)."""
    groupes: dict[str, frozenset[str]] = {}
    for lecture in lectures:
        for comparaison in lecture.comparaisons:
            operande = comparaison.operande
            if isinstance(operande, Parametre) and not situation.parametres.get(operande.nom, INCONNU).connu:
                nom = lecture.fait.nom
                uni = groupes.get(nom, frozenset({nom})) | groupes.get(operande.nom, frozenset({operande.nom}))
                groupes.update(dict.fromkeys(uni, uni))
    return groupes


def _bords(etat: Etat, fait: Fait) -> Iterator[Coupe]:
    """De part et d'autre de chaque bout de ce qu'on sait, ou de chaque valeur si elles se comptent."""
    bouts = etat.domaine.valeurs if isinstance(etat.domaine, Enumere) else plage(etat, fait)
    for bout in bouts:
        if bout is not None:
            yield (bout, False)
            yield (bout, True)


def _multiples(forme: ParUnite, etat: Etat) -> Iterator[Coupe]:
    """Les multiples de ``chaque`` où les points changent, jusqu'à saturation."""
    bas, haut = _saturations(forme)
    if isinstance(etat.domaine, Enumere):
        yield from ((forme.chaque * _rang(v, forme), False) for v in etat.domaine.valeurs)
        return
    premier, dernier = (None if bout is None else _rang(bout, forme) for bout in plage(etat, forme.fait))
    debut = max((rang + 1 for rang in (premier, bas) if rang is not None), default=None)
    fin = min((rang for rang in (dernier, haut) if rang is not None), default=None)
    if debut is None or fin is None:
        # Rien ne borne les points de ce côté : aucune valeur ne représente toutes les autres.
        raise TropDeCellules
    unite = _unite(forme)
    debut, fin = _entier(debut * forme.chaque / unite, ROUND_FLOOR), _entier(fin * forme.chaque / unite, ROUND_CEILING)
    if fin - debut > LIMITE:
        raise TropDeCellules
    yield from ((unite * rang, False) for rang in range(debut, fin + 1))


def _unite(forme: ParUnite) -> Decimal:
    """``chaque``, ou le pas du fait s'il est plus gros : entre deux valeurs, rien ne change."""
    pas = Pas.du(forme.fait).decimales
    return forme.chaque if pas is None else max(forme.chaque, Decimal(1).scaleb(-pas))


def _rang(valeur: Any, forme: ParUnite) -> int:
    return int(unites(Decimal(valeur), forme.chaque))


def _saturations(forme: ParUnite) -> tuple[int | None, int | None]:
    """Les rangs au-delà desquels les points ne bougent plus : (vers le bas, vers le haut)."""
    mini, maxi = forme.bornes.plancher, forme.bornes.plafond
    vers_bas, vers_haut = (mini, maxi) if forme.points > 0 else (maxi, mini)
    bas = None if vers_bas is None else _entier(vers_bas / forme.points, ROUND_FLOOR)
    haut = None if vers_haut is None else _entier(vers_haut / forme.points, ROUND_CEILING)
    return bas, haut


def _entier(nombre: Decimal, sens: str) -> int:
    return int(nombre.to_integral_value(sens))
