"""Dire la note : le fait, la règle et le cumul de chaque ligne, les réserves. Aucun point ne se calcule ici."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from modele.cotation.grille import Bornes, Cumul, Fixe, Forme, ParUnite, Rubrique, Tranche, Tranches
from modele.cotation.resultat import (
    Cotation,
    Fourchette,
    LigneCritere,
    LigneRubrique,
    Reserve,
    SorteReserve,
)
from modele.mots.ecriture import dire_date, dire_nombre, en_francais
from modele.mots.faits import dire_etat
from modele.mots.phrases import Mots, mots
from modele.territoire.modele import Territoire

_CUMULS: Final = {
    Cumul.SOMME: "cumul.somme",
    Cumul.MAXIMUM: "cumul.maximum",
    Cumul.PREMIER: "cumul.premier",
}
_INVARIABLES: Final = ("mois", "refus")


class DiseurDeNote:
    """Les mots d'une note, dans une langue."""

    def __init__(self, parole: Mots | None = None) -> None:
        self._mots = parole or mots()

    # Les points.

    def points(self, valeur: Decimal) -> str:
        """« 1 point », « −10 points »."""
        return self._mots.points(valeur)

    def fourchette(self, points: Fourchette) -> str:
        """« 41 points », « 41 à 63 points » ; une borne absente se dit."""
        return self._mots.fourchette(points)

    def courte(self, points: Fourchette) -> str:
        """« 12 », « 0 à 12 »."""
        return self._mots.fourchette_courte(points)

    def nombre(self, valeur: Decimal) -> str:
        """« 12 », « −10 » : des points, sans le mot."""
        return dire_nombre(valeur, self._mots.langue)

    # Une ligne.

    def constats(self, ligne: LigneCritere, *, abreges: bool = False) -> tuple[str, ...]:
        """Ce qu'on sait de la situation, fait par fait : « Mois révolus depuis la réception : 12 mois ».

        ``abreges`` : sans les précisions qui suivent la première virgule pointée de la définition, celle de la langue.
        """
        return tuple(self._constats(ligne, abreges=abreges))

    def _constats(self, ligne: LigneCritere, *, abreges: bool) -> Iterator[str]:
        for constat in ligne.constats:
            fait = constat.fait
            nom = fait.question or fait.definition or fait.nom
            dits = dict.fromkeys(dire_etat(fait, etat, self._mots) for etat in constat.etats)
            court = nom.partition(self._mots("liste.suite"))[0] if abreges else nom
            yield self._mots("detail.constat", fait=court, etats=self._mots.enumerer(dits))

    def regle(self, ligne: LigneCritere) -> str:
        """« 1 point par mois, 60 au plus »."""
        return self._forme(ligne.forme) if ligne.forme is not None else ""

    def _forme(self, forme: Forme) -> str:
        if isinstance(forme, Fixe):
            return self.points(forme.points)
        return self._par_unite(forme) if isinstance(forme, ParUnite) else self._tranches(forme)

    def _par_unite(self, forme: ParUnite) -> str:
        points = self.points(forme.points)
        unite = self._unite(forme.fait.unite, forme.chaque)
        if forme.chaque == 1:
            debut = self._mots("regle.par_unite", points=points, unite=unite)
        else:
            debut = self._mots("regle.par_tranche", points=points, chaque=self.nombre(forme.chaque), unite=unite)
        return self._mots.enumerer((debut, *self._bornes(forme.bornes, self.nombre)))

    def _unite(self, unite: str, nombre: Decimal) -> str:
        """L'unité d'un fait, au singulier s'il n'y en a qu'une."""
        if not unite:
            return self._mots("regle.unite")
        dite = self._mots.mesure(unite, nombre)
        return au_singulier(dite) if nombre == 1 and en_francais(self._mots.langue) else dite

    def _tranches(self, forme: Tranches) -> str:
        unite = f" {self._mots.mesure(forme.fait.unite, 2)}" if forme.fait.unite else ""
        dites = ((self._borne(t, unite), self.nombre(t.points)) for t in forme.tranches)
        return self._mots("liste.suite").join(
            self._mots("regle.tranche", borne=borne, points=points) for borne, points in dites
        )

    def _borne(self, tranche: Tranche, unite: str) -> str:
        if tranche.borne is None:
            return self._mots("regle.au_dela")
        if isinstance(tranche.borne, int | Decimal):
            dite = self.nombre(Decimal(tranche.borne))
        else:
            dite = dire_date(tranche.borne, self._mots.langue)
        return self._mots("regle.jusqu_a" if tranche.comprise else "regle.moins_de", borne=f"{dite}{unite}")

    def _bornes(self, bornes: Bornes, dire: Callable[[Decimal], str]) -> Iterator[str]:
        if bornes.plafond is not None:
            yield self._mots("regle.plafond", points=dire(bornes.plafond))
        if bornes.plancher is not None:
            yield self._mots("regle.plancher", points=dire(bornes.plancher))

    def non_compte(self, ligne: LigneCritere) -> str:
        """Pourquoi un critère ne compte pas ; vide s'il compte, ou s'il ne s'applique simplement pas."""
        raison = ligne.non_compte
        return self._mots(f"non_compte.{raison.motif.value}", gagnant=raison.gagnant) if raison is not None else ""

    # Une rubrique.

    def cumul(self, ligne: LigneRubrique) -> str:
        """La règle de cumul et les bornes : « les critères s'additionnent ; 80 points au plus »."""
        return self._mots("liste.suite").join(self._cumul(ligne.regle)) if ligne.regle is not None else ""

    def _cumul(self, rubrique: Rubrique) -> Iterator[str]:
        if len(rubrique.criteres) > 1:
            yield self._mots(_CUMULS[rubrique.cumul])
        yield from self._bornes(rubrique.bornes, self.points)
        if rubrique.si is not None:
            yield self._mots("cumul.reservee")

    # La note.

    def population(self, code: str) -> str:
        """De quelles demandes est une note : « demande hors mutation » ; « à préciser » si on ne le sait pas."""
        return self._mots(f"population.{code}")

    def reserves(self, note: Cotation) -> tuple[str, ...]:
        """Les réserves en toutes lettres."""
        return tuple(map(self.reserve, note.reserves))

    def reserve(self, reserve: Reserve) -> str:
        """Ce qu'il faut savoir avant de lire la note."""
        if reserve.sorte is SorteReserve.REMARQUE:
            return reserve.libelle
        return self._mots(
            f"reserve.{reserve.sorte.value}",
            libelle=reserve.libelle,
            points=self.fourchette(reserve.points) if reserve.points is not None else "",
            jour=dire_date(reserve.jour, self._mots.langue) if reserve.jour is not None else "",
            population=self.population(reserve.population) if reserve.population else "",
        )


def mention_dite(lieu: Territoire, dits: Mots) -> str:
    """Ce que vaut une note d'ici, dans une autre langue ; en français, c'est le territoire qui la dit."""
    fictif = (dits("note.mention_fictive"),) if lieu.exemple else ()
    return " ".join((dits("note.mention_de", systeme=lieu.systeme.nom), *fictif))


def au_singulier(unite: str) -> str:
    """« personnes » devient « personne », « euros par mois » devient « euro par mois »."""
    mot, espace, suite = unite.partition(" ")
    return f"{mot if mot in _INVARIABLES else mot.removesuffix('s')}{espace}{suite}"
