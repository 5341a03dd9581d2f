"""Les inconnus d'une grille, et les quelques valeurs qui suffisent à représenter toutes les autres."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from modele.cotation.grille import Critere, Fixe, Grille
from modele.cotation.lectures import Coupes, illimitee, lectures_de, lointaines, seuils_de_personnes
from modele.regles.cellules import LIMITE, TropDeCellules, cellules
from modele.regles.conditions import Condition, NombreDePersonnes, Op, Parametre, comparaisons, quantificateurs
from modele.regles.etats import INCONNU, Etat, Situation, Statut
from modele.regles.faits import Fait, TypeFait
from modele.regles.kleene import evaluer


@dataclass(frozen=True, slots=True, order=True)
class Cle:
    """Un inconnu : un fait du foyer, celui d'une personne (``rang``), un paramètre sans valeur, ou la liste ouverte."""

    sorte: str  # fait | personne | parametre | liste
    nom: str
    rang: int = -1


LISTE_OUVERTE = Cle("liste", "foyer.personnes")


class Inconnus:
    """Les inconnus d'une grille dans une situation, et leurs cellules, découpées une fois."""

    def __init__(self, grille: Grille, situation: Situation) -> None:
        self.situation = situation
        self._lectures = lectures_de(grille)
        self._seuils = seuils_de_personnes(grille)
        self._coupes = Coupes(self._lectures, situation)
        self._cellules: dict[Cle, list[Any] | None] = {}

    def de_condition(self, condition: Condition | None) -> frozenset[Cle]:
        """Les inconnus que lit une condition."""
        if condition is None:
            return frozenset()
        cles = set(self._du_foyer(condition))
        for quantificateur in quantificateurs(condition):
            cles.update(self._des_personnes(quantificateur))
        return frozenset(cles)

    def de_critere(self, critere: Critere) -> frozenset[Cle]:
        """Les inconnus que lit un critère : ceux de sa condition et celui de sa forme."""
        cles = self.de_condition(critere.si)
        if not isinstance(critere.forme, Fixe) and self._ouvert(critere.forme.fait.nom):
            cles |= {Cle("fait", critere.forme.fait.nom)}
        return cles

    def _ouvert(self, nom: str) -> bool:
        return self.situation.etat(nom).ouvert

    def _du_foyer(self, condition: Condition) -> Iterator[Cle]:
        for comparaison in comparaisons(condition):
            operande = comparaison.operande
            if isinstance(operande, Parametre) and not self._parametre(operande.nom).connu:
                yield Cle("parametre", operande.nom)
            if not comparaison.fait.de_personne and self._ouvert(comparaison.fait.nom):
                yield Cle("fait", comparaison.fait.nom)

    def _des_personnes(self, quantificateur: NombreDePersonnes) -> Iterator[Cle]:
        for comparaison in comparaisons(quantificateur.condition):
            for rang, personne in enumerate(self.situation.personnes):
                if personne.get(comparaison.fait.nom, INCONNU).ouvert:
                    yield Cle("personne", comparaison.fait.nom, rang)
        if not self.situation.personnes_closes and self._places():
            yield LISTE_OUVERTE

    def _places(self) -> int:
        """Combien de personnes peuvent encore s'ajouter au foyer."""
        return max(0, self.situation.personnes_max - len(self.situation.personnes))

    def cellules(self, cle: Cle) -> list[Any]:
        """Les valeurs qui représentent l'inconnu. Lève ``TropDeCellules``."""
        if cle not in self._cellules:
            try:
                self._cellules[cle] = self._decouper(cle)
            except TropDeCellules:
                self._cellules[cle] = None
        trouvees = self._cellules[cle]
        if trouvees is None:
            raise TropDeCellules
        return trouvees

    def _decouper(self, cle: Cle) -> list[Any]:
        if cle.sorte == "liste":
            return self._autres_personnes()
        coupes, exemplaires = self._coupes.de(cle.nom)
        if cle.sorte == "parametre":
            return cellules(self._comme_un_fait(cle.nom), self._parametre(cle.nom), (), coupes, exemplaires)
        lecture, etat = self._lectures[cle.nom], self.etat(cle)
        if illimitee(lecture, etat):
            raise TropDeCellules
        trouvees = cellules(lecture.fait, etat, lecture.comparaisons, coupes, exemplaires)
        return [*trouvees, *lointaines(lecture, etat)]

    def _parametre(self, nom: str) -> Etat:
        return self.situation.parametres.get(nom, INCONNU)

    def _comme_un_fait(self, nom: str) -> Fait:
        """Un paramètre prend le type du fait auquel il se compare."""
        types = {
            lue.fait.type for lue in self._lectures.values() for c in lue.comparaisons if c.operande == Parametre(nom)
        }
        return Fait(nom, TypeFait.DATE if TypeFait.DATE in types else TypeFait.DECIMAL)

    def etat(self, cle: Cle) -> Etat:
        """Ce qu'on sait d'un fait du foyer ou d'une personne."""
        if cle.sorte == "personne":
            return self.situation.personnes[cle.rang].get(cle.nom, INCONNU)
        return self.situation.etat(cle.nom)

    def refuse(self, cle: Cle) -> bool:
        """Vrai si la personne a refusé de répondre."""
        return cle.sorte in ("fait", "personne") and self.etat(cle).statut is Statut.REFUSE

    def completer(self, choix: Mapping[Cle, Any]) -> Situation:
        """La situation où chaque inconnu de ``choix`` a pris la valeur choisie."""
        faits, parametres = dict(self.situation.faits), dict(self.situation.parametres)
        personnes, autres = list(self.situation.personnes), self.situation.autres
        for cle, valeur in choix.items():
            if cle.sorte == "fait":
                faits[cle.nom] = valeur
            elif cle.sorte == "parametre":
                parametres[cle.nom] = valeur
            elif cle.sorte == "personne":
                personnes[cle.rang] = {**personnes[cle.rang], cle.nom: valeur}
            else:
                autres = valeur
        return replace(self.situation, faits=faits, personnes=tuple(personnes), parametres=parametres, autres=autres)

    def _autres_personnes(self) -> list[Mapping[object, int]]:
        """Combien de personnes encore inconnues peuvent remplir chaque condition : tous les cas qui se distinguent."""
        conditions = list(self._seuils)
        genres = self._genres(conditions)
        plafonds = [self._seuils[c] + 1 for c in conditions]
        atteints = {tuple(0 for _ in conditions)}
        frontiere = set(atteints)
        for _ in range(self._places()):
            frontiere = {_ajouter(compte, genre, plafonds) for compte in frontiere for genre in genres} - atteints
            atteints |= frontiere
            if len(atteints) > LIMITE:
                raise TropDeCellules
        return [dict(zip(conditions, compte, strict=True)) for compte in sorted(atteints)]

    def _genres(self, conditions: Sequence[Condition]) -> set[tuple[bool, ...]]:
        """Tout ce qu'une personne inconnue peut remplir à la fois."""
        noms = list(dict.fromkeys(c.fait.nom for condition in conditions for c in comparaisons(condition)))
        choix = []
        for nom in noms:
            lecture = self._lectures[nom]
            choix.append(cellules(lecture.fait, INCONNU, lecture.comparaisons, *self._coupes.de(nom)))
        if taille(choix) > LIMITE:
            raise TropDeCellules
        return {self._remplit(conditions, dict(zip(noms, valeurs, strict=True))) for valeurs in product(*choix)}

    def _remplit(self, conditions: Sequence[Condition], personne: Mapping[str, Etat]) -> tuple[bool, ...]:
        seule = replace(self.situation, personnes=(personne,), personnes_closes=True, autres=None)
        return tuple(evaluer(NombreDePersonnes(c, Op.AU_MOINS, 1), seule) is True for c in conditions)


def _ajouter(compte: tuple[int, ...], genre: tuple[bool, ...], plafonds: Sequence[int]) -> tuple[int, ...]:
    return tuple(min(c + g, p) for c, g, p in zip(compte, genre, plafonds, strict=True))


def taille(choix: Iterable[Sequence[Any]]) -> int:
    """Le nombre de combinaisons d'un choix par liste."""
    produit = 1
    for valeurs in choix:
        produit *= len(valeurs)
    return produit
