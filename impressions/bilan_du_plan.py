"""Le bilan annuel du plan partenarial sur papier : ses contenus, ses dates, les chiffres publiables de l'année.

Essais : ``tests/impressions/test_bilan_du_plan.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from impressions.atelier import Etabli
from impressions.blocs import Bloc
from impressions.rapport import ChiffreDit, LigneDite, blocs_de_chiffre, blocs_de_lignes, composer

CONTENUS: Final = "Ce que contient le plan"
DATES: Final = "Ses dates"
ANNEE: Final = "Les chiffres de l'année"


@dataclass(frozen=True, slots=True)
class ContenuDit:
    """Un contenu du plan, et ce qui en est écrit ici ou qu'il manque."""

    libelle: str
    dit: str


@dataclass(frozen=True, slots=True)
class BilanDit:
    """Le bilan, en mots. ``ecrits`` : combien de contenus sur ``contenus`` ; ``sources`` : de la liste, des dates."""

    titre: str
    avis: tuple[str, ...]
    ecrits: LigneDite
    contenus: tuple[ContenuDit, ...]
    dates: tuple[str, ...]
    sources: tuple[str, str]
    chiffres: tuple[ChiffreDit, ...]


def composer_bilan(dit: BilanDit, jour: date) -> bytes:
    """Le PDF, le même octet pour octet pour les mêmes mots et le même jour."""
    return composer(dit.titre, jour, lambda etabli: _blocs(etabli, dit))


def _blocs(etabli: Etabli, dit: BilanDit) -> Iterator[Bloc]:
    yield etabli.texte(dit.titre, etabli.styles.titre, etabli.racine.ajouter("H1"))
    yield from _paragraphes(etabli, dit.avis)
    yield _titre(etabli, CONTENUS)
    yield from blocs_de_lignes(etabli, [dit.ecrits])
    yield from _contenus(etabli, dit.contenus)
    yield _petit(etabli, dit.sources[0])
    yield _titre(etabli, DATES)
    yield from _paragraphes(etabli, dit.dates)
    yield _petit(etabli, dit.sources[1])
    yield _titre(etabli, ANNEE)
    for chiffre in dit.chiffres:
        yield from blocs_de_chiffre(etabli, chiffre)


def _titre(etabli: Etabli, dit: str) -> Bloc:
    titre = etabli.texte(dit, etabli.styles.section, etabli.racine.ajouter("H2"))
    titre.avec_suivant, titre.signet = True, dit
    return titre


def _petit(etabli: Etabli, dit: str) -> Bloc:
    return etabli.texte(dit, etabli.styles.petit, etabli.racine.ajouter("P"))


def _paragraphes(etabli: Etabli, dits: Sequence[str]) -> Iterator[Bloc]:
    for dit in dits:
        yield etabli.texte(dit, etabli.styles.corps, etabli.racine.ajouter("P"))


def _contenus(etabli: Etabli, contenus: Sequence[ContenuDit]) -> Iterator[Bloc]:
    tableau, serre = etabli.racine.ajouter("Table"), replace(etabli.styles.corps, apres=0)
    for un in contenus:
        rangee = tableau.ajouter("TR")
        colonnes = [
            etabli.cellule(rangee, (un.libelle, serre), role="TH"),
            etabli.cellule(rangee, (un.dit, serre)),
        ]
        yield etabli.rangee(colonnes, (None, 250), marge=2.5)
