"""Redire ce qu'un dossier montrait et que plus aucune saisie ne dit. Dans la transaction qu'on donne."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection

from modele.coffre import depot
from modele.coffre.restes import ARedire
from modele.dossier.chemins import ABSENT, Document
from modele.dossier.unites import atomes
from modele.droits import Auteur
from modele.protection.mur import Ailleurs
from modele.regles.fautes import ErreurUtilisateur

_IMMUABLES: Final = frozenset({"id", "territoire", "schema", "cree_le"})


def redire(connexion: Connection, a_redire: ARedire, auteur: Auteur, quand: datetime) -> None:
    """Chaque dossier dit de nouveau ce qu'il montrait, par une saisie neuve de cet auteur.

    Ce que le mur ou ses droits lui refusent ne se redit pas : le dossier montre alors ce que ses saisies disent.
    """
    for dossier in sorted(a_redire.sans_creation):
        _ou_pas(connexion, partial(depot.recreer, connexion, dossier, auteur, quand))
    for dossier, montrait in a_redire.montrait.items():
        valeurs = _ecarts(depot.document(connexion, dossier), montrait)
        _ou_pas(connexion, partial(depot.modifier, connexion, dossier, valeurs, auteur, quand))


def _ou_pas(connexion: Connection, geste: Callable[[], object]) -> None:
    with connexion.begin_nested() as essai:
        try:
            geste()
        except (ErreurUtilisateur, Ailleurs):
            essai.rollback()


def _ecarts(dit: Document, montrait: Document) -> Mapping[str, Any]:
    avant, apres = dict(atomes(dit)), dict(atomes(montrait))
    poses = {chemin: valeur for chemin, valeur in apres.items() if avant.get(chemin) != valeur}
    retires = dict.fromkeys(avant.keys() - apres.keys(), ABSENT)
    return {chemin: valeur for chemin, valeur in {**poses, **retires}.items() if chemin not in _IMMUABLES}
