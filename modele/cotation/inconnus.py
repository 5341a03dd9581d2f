"""Les inconnus d'une grille, et les quelques valeurs qui suffisent à représenter toutes les autres."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from modele.cotation.grille import Critere, Fixe, Grille
from modele.cotation.lectures import Coupes, lectures_de, seuils_de_personnes
from modele.regles.cellules import LIMITE, TropDeCellules, cellules
from modele.regles.conditions import (
    Comparaison,
    Condition,
    NombreDePersonnes,
    Parametre,
    comparaisons,
    quantificateurs,
)
from modele.regles.etats import INCONNU, Enumere, Etat, FaitsPersonne, PersonneRetenue, Situation, Statut, partiel
from modele.regles.faits import ROLE, Fait
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
        self._lectures = lectures_de(grille)
        # Recopiée à chaque complétion : on n'y garde que ce que la grille lit.
        faits = {nom: etat for nom, etat in situation.faits.items() if nom in self._lectures}
        personnes = tuple(PersonneRetenue(personne) for personne in situation.personnes)
        self.situation = replace(situation, faits=faits, personnes=personnes)
        self._variantes: dict[tuple[int, tuple[tuple[str, int], ...]], PersonneRetenue] = {}
        self._seuils = seuils_de_personnes(grille)
        self._coupes = Coupes(self._lectures, situation, self._en_plus())
        self._vus: dict[tuple[Cle, ...], list[tuple[FaitsPersonne, ...]]] = {}
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
            if self._parametre_inconnu(comparaison):
                yield Cle("parametre", comparaison.operande.nom)  # type: ignore[union-attr]
            if not comparaison.fait.de_personne and self._ouvert(comparaison.fait.nom):
                yield Cle("fait", comparaison.fait.nom)

    def _parametre_inconnu(self, comparaison: Comparaison) -> bool:
        operande = comparaison.operande
        return isinstance(operande, Parametre) and not self._parametre(operande.nom).connu

    def _des_personnes(self, quantificateur: NombreDePersonnes) -> Iterator[Cle]:
        for comparaison in comparaisons(quantificateur.condition):
            for rang, personne in enumerate(self.situation.personnes):
                if personne.get(comparaison.fait.nom, INCONNU).ouvert:
                    yield Cle("personne", comparaison.fait.nom, rang)
        if self._en_plus() and self.situation.peut_s_ajouter(quantificateur.role):
            yield LISTE_OUVERTE

    def _en_plus(self) -> int:
        """Combien de personnes ajouter au foyer, au plus : ensuite, aucun compte ne peut plus trancher autrement."""
        if self.situation.personnes_closes:
            return 0
        places = max(0, self.situation.personnes_max - len(self.situation.personnes))
        return min(places, sum(n + 1 for n in self._seuils.values()))

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
        coupes, voisinage = self._coupes.de(cle.nom)
        if cle.sorte == "parametre":
            fait = self._coupes.parametres[cle.nom]
            return cellules(fait, self._parametre(cle.nom), (), coupes, voisinage)
        lecture = self._lectures[cle.nom]
        return cellules(lecture.fait, self.etat(cle), lecture.comparaisons, coupes, voisinage)

    def _parametre(self, nom: str) -> Etat:
        return self.situation.parametres.get(nom, INCONNU)

    def etat(self, cle: Cle) -> Etat:
        """Ce qu'on sait d'un fait du foyer ou d'une personne."""
        if cle.sorte == "personne":
            return self.situation.personnes[cle.rang].get(cle.nom, INCONNU)
        return self.situation.etat(cle.nom)

    def refuse(self, cle: Cle) -> bool:
        """Vrai si la personne a refusé de répondre."""
        return cle.sorte in ("fait", "personne") and self.etat(cle).statut is Statut.REFUSE

    def completions(self, cles: Sequence[Cle]) -> Iterator[Situation]:
        """Une situation par combinaison des cellules de ``cles`` (triées), la dernière variant le plus vite.

        Triées, les clés vont par sorte : ce qu'une sorte donne se fait une fois et se partage. Lève ``TropDeCellules``.
        """
        nue = self.situation
        du_foyer, du_droit, des_gens = (
            tuple(cle for cle in cles if cle.sorte == sorte) for sorte in ("fait", "parametre", "personne")
        )
        ajouts = self.cellules(LISTE_OUVERTE) if LISTE_OUVERTE in cles else [None]
        parametres, foyers = self._tables(nue.parametres, du_droit), self._foyers(des_gens)
        for faits, en_plus, droit, foyer in product(self._tables(nue.faits, du_foyer), ajouts, parametres, foyers):
            yield Situation(
                faits=faits,
                personnes=foyer if en_plus is None else (*foyer, *en_plus),
                personnes_closes=nue.personnes_closes or en_plus is not None,
                personnes_max=nue.personnes_max,
                parametres=droit,
                roles_clos=nue.roles_clos,
            )

    def _tables(self, nue: Mapping[str, Etat], cles: Sequence[Cle]) -> list[Mapping[str, Etat]]:
        """La table, complétée de chaque façon ; elle-même si rien n'y manque."""
        noms = [cle.nom for cle in cles]
        choix = product(*(self.cellules(cle) for cle in cles))
        return [{**nue, **dict(zip(noms, dits, strict=True))} for dits in choix] if cles else [nue]

    def _foyers(self, cles: tuple[Cle, ...]) -> list[tuple[FaitsPersonne, ...]]:
        """Le foyer, ses personnes complétées de chaque façon."""
        if cles not in self._vus:
            choix = product(*(self.cellules(cle) for cle in cles))
            self._vus[cles] = [self._foyer(cles, dits) for dits in choix]
        return self._vus[cles]

    def _foyer(self, cles: Sequence[Cle], dits: Sequence[Etat]) -> tuple[FaitsPersonne, ...]:
        personnes: list[FaitsPersonne] = list(self.situation.personnes)
        par_personne: dict[int, dict[str, Etat]] = {}
        for cle, etat in zip(cles, dits, strict=True):
            par_personne.setdefault(cle.rang, {})[cle.nom] = etat
        for rang, etats in par_personne.items():
            personnes[rang] = self._variante(rang, etats)
        return tuple(personnes)

    def _variante(self, rang: int, etats: Mapping[str, Etat]) -> PersonneRetenue:
        """Une personne aux faits ainsi complétés, toujours la même : ses verdicts servent à toutes les complétions."""
        cle = (rang, tuple((nom, id(etat)) for nom, etat in etats.items()))
        if cle not in self._variantes:
            self._variantes[cle] = PersonneRetenue({**self.situation.personnes[rang], **etats})
        return self._variantes[cle]

    def _autres_personnes(self) -> list[tuple[FaitsPersonne, ...]]:
        """Les personnes qui peuvent encore s'ajouter : tous les foyers qui se distinguent, un de chaque."""
        genres, plafonds = self._genres()
        atteints: dict[tuple[int, ...], tuple[FaitsPersonne, ...]] = {tuple(0 for _ in plafonds): ()}
        frontiere = dict(atteints)
        for _ in range(self._en_plus()):
            frontiere = {
                compte: (*foyer, personne)
                for avant, foyer in frontiere.items()
                for genre, personne in genres.items()
                if (compte := _ajouter(avant, genre, plafonds)) not in atteints
            }
            atteints |= frontiere
            if len(atteints) > LIMITE:
                raise TropDeCellules
        return list(atteints.values())

    def _genres(self) -> tuple[dict[tuple[bool, ...], FaitsPersonne], list[int]]:
        """Une personne par ensemble de conditions qu'elle peut remplir, et jusqu'où compter chaque condition.

        Si une condition dépend d'un paramètre sans valeur, on ne sait pas encore qui la remplit : chaque personne
        différente est alors un genre à elle seule.
        """
        conditions = list(self._seuils)
        lues = [c for condition in conditions for c in comparaisons(condition)]
        noms = list(dict.fromkeys(c.fait.nom for c in lues))
        choix = []
        for nom in noms:
            lecture = self._lectures[nom]
            admis = self._admis(lecture.fait)
            choix.append(cellules(lecture.fait, admis, lecture.comparaisons, *self._coupes.de(nom)))
        if taille(choix) > LIMITE:
            raise TropDeCellules
        personnes: list[FaitsPersonne] = [
            PersonneRetenue(dict(zip(noms, valeurs, strict=True))) for valeurs in product(*choix)
        ]
        if any(self._parametre_inconnu(c) for c in lues):
            seuls = {tuple(rang == autre for autre in range(len(personnes))): p for rang, p in enumerate(personnes)}
            return seuls, [self._en_plus()] * len(personnes)
        return {self._remplit(conditions, p): p for p in personnes}, [self._seuils[c] + 1 for c in conditions]

    def _admis(self, fait: Fait) -> Etat:
        """Ce qu'on sait d'un fait d'une personne qui s'ajouterait : rien, sinon que son rôle n'est pas clos."""
        if fait.nom != ROLE:
            return INCONNU
        return partiel(Enumere(tuple(role for role in fait.codes if role not in self.situation.roles_clos)))

    def _remplit(self, conditions: Sequence[Condition], personne: FaitsPersonne) -> tuple[bool, ...]:
        return tuple(evaluer(condition, self.situation, personne) is True for condition in conditions)


def _ajouter(compte: tuple[int, ...], genre: tuple[bool, ...], plafonds: Sequence[int]) -> tuple[int, ...]:
    return tuple(min(c + g, p) for c, g, p in zip(compte, genre, plafonds, strict=True))


def taille(choix: Iterable[Sequence[Any]]) -> int:
    """Le nombre de combinaisons d'un choix par liste."""
    produit = 1
    for valeurs in choix:
        produit *= len(valeurs)
    return produit
