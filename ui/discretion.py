"""Ce que l'écran tait : ce qui dit une violence se nomme d'une phrase neutre, la même dans tous les dossiers.

Qui regarde par-dessus l'épaule ne doit rien apprendre, pas même d'une différence entre deux dossiers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from modele.bilan import Bilan, Regles
from modele.cotation.explication import faits_de
from modele.cotation.grille import Critere
from modele.cotation.resultat import Cotation, LigneCritere
from modele.dossier.chemins import poser
from modele.dossier.inventaire import inventaire
from modele.dossier.nomenclatures import nationales
from modele.dossier.violences import faits_de_violence
from modele.mots.noms import champ_de, nomenclatures_des_faits
from modele.regles.conditions import comparaisons

LIGNE_NEUTRE: Final = "Situation à voir seul à seul"
QUESTION_NEUTRE: Final = "Une question à poser seul à seul"


def est_discret(bilan: Bilan) -> bool:
    """Vrai si le dossier est discret, ou le devient : une voie discrète retenue suffit."""
    return bilan.discret or any(voie.discret for voie in bilan.voies_retenues)


def reponse_protegee(regles: Regles, chemin: str, valeurs: Iterable[Any] = ()) -> bool:
    """Vrai si cette réponse ne se montre que seul à seul : elle dit une violence, ou sa question le demande."""
    champ, question = champ_de(chemin), regles.vocabulaire.question(chemin)
    if (champ is not None and champ.champ.violence) or (question is not None and question.seul_a_seul):
        return True
    return any(faits_de_violence(poser({}, chemin, valeur)) for valeur in valeurs)


def fait_protege(regles: Regles, nom: str) -> bool:
    """Vrai si ce fait, ou l'un de ceux dont il vient, dit une violence."""
    return any(champ in _champs_de_violence() for champ in _sources(regles, nom, set()))


@lru_cache(maxsize=4)
def criteres_proteges(regles: Regles) -> frozenset[str]:
    """Les critères des grilles du territoire dont la seule lecture dirait une violence."""
    tous = (c for grille in regles.grilles for rubrique in grille.rubriques for c in rubrique.criteres)
    return frozenset(critere.id for critere in tous if _protege(regles, critere))


def neutraliser(note: Cotation, regles: Regles) -> Cotation:
    """La même note, aux mêmes points, où aucune ligne ne dit une violence, ni par son nom, ni par une autre ligne."""
    proteges = criteres_proteges(regles)
    criteres = [critere for rubrique in note.rubriques for critere in rubrique.criteres]
    libelles = [critere.libelle for critere in criteres if critere.id in proteges]
    if not libelles:
        return note

    def taire(critere: LigneCritere) -> LigneCritere:
        raison = critere.non_compte
        for libelle in libelles:
            raison = raison.replace(f"« {libelle} »", f"« {LIGNE_NEUTRE} »")
        if critere.id not in proteges:
            return replace(critere, non_compte=raison)
        return replace(
            critere, libelle=LIGNE_NEUTRE, constat="", non_compte=raison, pieces=(), reference="", faits=(),
            faits_inconnus=(),
        )  # fmt: skip

    rubriques = tuple(replace(r, criteres=tuple(taire(c) for c in r.criteres)) for r in note.rubriques)
    return replace(note, rubriques=rubriques)


def _protege(regles: Regles, critere: Critere) -> bool:
    if any(fait_protege(regles, fait.nom) for fait in faits_de(critere)):
        return True
    if critere.si is None:
        return False
    return any(_dit_violence(c.fait.nom, c.operande) for c in comparaisons(critere.si))


def _dit_violence(fait: str, operande: object) -> bool:
    liste = nationales().get(nomenclatures_des_faits().get(fait, ""))
    codes = operande if isinstance(operande, frozenset) else {operande}
    return liste is not None and any(c in liste.codes and liste.codes[c].violence for c in codes if isinstance(c, str))


@lru_cache(maxsize=1)
def _champs_de_violence() -> frozenset[str]:
    return frozenset(nom for nom, champ in inventaire().champs.items() if champ.champ.violence)


def _sources(regles: Regles, nom: str, vus: set[str]) -> Iterator[str]:
    if nom in vus:
        return
    vus.add(nom)
    yield nom
    fait = regles.catalogue.get(nom)
    for champ in fait.champs if fait else ():
        yield from _sources(regles, champ, vus)
