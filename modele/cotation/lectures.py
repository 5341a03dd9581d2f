"""Ce que la grille lit de chaque fait, et où cela coupe ses valeurs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from modele.cotation.grille import Fixe, Grille, ParUnite, Tranches
from modele.regles.cellules import LIMITE, Coupe, TropDeCellules, coupes_de
from modele.regles.conditions import Comparaison, Condition, Parametre, comparaisons, quantificateurs
from modele.regles.etats import INCONNU, Enumere, Etat, Situation, connu
from modele.regles.faits import Fait, TypeFait
from modele.regles.kleene import plage

# Plus loin que toute borne : ce que rend cette valeur dit si les points filent à l'infini.
TRES_LOIN = 10**40


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
    cellule assez de valeurs distinctes pour que tous leurs ordres possibles soient représentés.
    """

    def __init__(self, lectures: Mapping[str, Lecture], situation: Situation) -> None:
        self._lectures = lectures
        self._situation = situation
        self._voisins = _voisins(lectures.values(), situation)

    def de(self, nom: str) -> tuple[list[Coupe], int]:
        """Les coupes du fait ou du paramètre ``nom``, et le nombre de valeurs à prendre par cellule."""
        groupe = self._voisins.get(nom, frozenset({nom}))
        coupes = [coupe for membre in groupe for coupe in self._propres(membre, seul=len(groupe) == 1)]
        return coupes, self._exemplaires(groupe)

    def _exemplaires(self, groupe: frozenset[str]) -> int:
        if len(groupe) == 1:
            return 1
        par_personne = len(self._situation.personnes) + 1
        return sum(par_personne if nom.startswith("personne.") else 1 for nom in groupe)

    def _propres(self, nom: str, *, seul: bool) -> Iterator[Coupe]:
        lecture = self._lectures.get(nom)
        if lecture is None:
            yield from _bords(plage(self._situation.parametres.get(nom, INCONNU), None))
            return
        seuils = [coupe for c in lecture.comparaisons for coupe in coupes_de(self._seuil_connu(c))]
        for forme in lecture.formes:
            if isinstance(forme, Tranches):
                seuils += [(t.borne, t.comprise) for t in forme.tranches if t.borne is not None]
        yield from seuils
        for forme in lecture.formes:
            if isinstance(forme, ParUnite) and forme.points:
                yield from _multiples(forme, plage(self._situation.etat(nom), lecture.fait), [v for v, _ in seuils])
        if not seul:
            yield from _bords(plage(self._situation.etat(nom), lecture.fait))

    def _seuil_connu(self, comparaison: Comparaison) -> Comparaison:
        """Un paramètre qui a sa valeur coupe comme une constante."""
        if isinstance(comparaison.operande, Parametre):
            etat = self._situation.parametres.get(comparaison.operande.nom, INCONNU)
            if etat.valeur is not None:
                return replace(comparaison, operande=etat.valeur)
        return comparaison


def _voisins(lectures: Iterable[Lecture], situation: Situation) -> dict[str, frozenset[str]]:
    """Pour chaque inconnu, ceux auxquels il finit par se comparer (lui compris)."""
    groupes: dict[str, frozenset[str]] = {}
    for lecture in lectures:
        for comparaison in lecture.comparaisons:
            operande = comparaison.operande
            if isinstance(operande, Parametre) and not situation.parametres.get(operande.nom, INCONNU).connu:
                nom = lecture.fait.nom
                uni = groupes.get(nom, frozenset({nom})) | groupes.get(operande.nom, frozenset({operande.nom}))
                groupes.update(dict.fromkeys(uni, uni))
    return groupes


def _bords(bornes: tuple[Any, Any]) -> Iterator[Coupe]:
    for borne in bornes:
        if borne is not None:
            yield (borne, False)
            yield (borne, True)


def _multiples(forme: ParUnite, bornes: tuple[Any, Any], seuils: list[Any]) -> Iterator[Coupe]:
    """Les multiples de ``chaque`` où les points changent, jusqu'à saturation.

    Là où rien ne les arrête, jusqu'au dernier seuil : au-delà la note ne fait plus que monter, ou que descendre.
    """
    bas, haut = _saturations(forme)
    rangs = [_rang(seuil, forme) for seuil in seuils] or [0]
    premier = min(rangs) - 1 if bornes[0] is None else _rang(bornes[0], forme) + 1
    dernier = max(rangs) + 1 if bornes[1] is None else _rang(bornes[1], forme)
    debut = premier if bas is None else bas + 1 if bornes[0] is None else max(premier, bas + 1)
    fin = dernier if haut is None else haut if bornes[1] is None else min(dernier, haut)
    if fin - debut > LIMITE:
        raise TropDeCellules
    yield from ((forme.chaque * rang, False) for rang in range(debut, fin + 1))


def _rang(valeur: Any, forme: ParUnite) -> int:
    return _entier(valeur / forme.chaque, ROUND_FLOOR)


def _saturations(forme: ParUnite) -> tuple[int | None, int | None]:
    """Les rangs au-delà desquels les points ne bougent plus : (vers le bas, vers le haut)."""
    mini, maxi = forme.bornes.plancher, forme.bornes.plafond
    vers_bas, vers_haut = (mini, maxi) if forme.points > 0 else (maxi, mini)
    bas = None if vers_bas is None else _entier(vers_bas / forme.points, ROUND_FLOOR)
    haut = None if vers_haut is None else _entier(vers_haut / forme.points, ROUND_CEILING)
    return bas, haut


def _entier(nombre: Decimal, sens: str) -> int:
    return int(nombre.to_integral_value(sens))


def lointaines(lecture: Lecture, etat: Etat) -> list[Etat]:
    """Une valeur très loin de chaque côté que rien ne borne, si des points en dépendent sans saturer."""
    if isinstance(etat.domaine, Enumere) or lecture.fait.type not in (TypeFait.ENTIER, TypeFait.DECIMAL):
        return []
    bornes = plage(etat, lecture.fait)
    loin: list[Etat] = []
    for forme in lecture.formes:
        if isinstance(forme, ParUnite) and forme.points:
            for borne, signe, saturation in zip(bornes, (-1, 1), _saturations(forme), strict=True):
                if borne is None and saturation is None:
                    loin.append(connu(_loin(lecture.fait, signe)))
    return list(dict.fromkeys(loin))


def _loin(fait: Fait, signe: int) -> int | Decimal:
    return signe * TRES_LOIN if fait.type is TypeFait.ENTIER else Decimal(signe * TRES_LOIN)


def illimitee(lecture: Lecture, etat: Etat) -> bool:
    """Vrai si deux formes au moins suivent un fait que rien ne borne : le milieu n'est alors pas énuméré."""
    sans_fin = lointaines(lecture, etat)
    return bool(sans_fin) and len(lecture.formes) > 1
