"""La revue du droit sur papier : un tableau par sorte de règle. Un papier de travail, jamais remis à quelqu'un."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final

from impressions.atelier import Etabli
from impressions.balises import Noeud
from impressions.blocs import Bloc
from impressions.pages import Identite, dessiner, paginer
from impressions.styles import styles
from modele.mots.ecriture import majuscule
from modele.mots.phrases import mots

TITRE: Final = "Revue du droit"


@dataclass(frozen=True, slots=True)
class LigneDeRevue:
    """Une règle : sa sorte, ce qu'elle dit, quand elle a été vérifiée, d'où elle vient."""

    sorte: str
    libelle: str
    verification: str
    source: str


def composer_revue(compte: str, lignes: Sequence[LigneDeRevue], jour: date) -> bytes:
    """Le PDF de la revue, le même octet pour octet pour les mêmes lignes. ``compte`` : la phrase du haut."""
    dits, racine = mots(), Noeud("Document")
    etabli = Etabli(dits, styles(), racine)
    blocs = list(_blocs(etabli, compte, lignes))
    numerotation = dits("page.numerotation", n="{n}", total="{total}")
    identite = Identite(TITRE, dits.langue, jour, TITRE, numerotation, etabli.styles.pied)
    return dessiner(paginer(blocs), racine, identite)


def _blocs(etabli: Etabli, compte: str, lignes: Sequence[LigneDeRevue]) -> Iterator[Bloc]:
    yield etabli.texte(TITRE, etabli.styles.titre, etabli.racine.ajouter("H1"))
    yield etabli.texte(compte, etabli.styles.corps, etabli.racine.ajouter("P"))
    for sorte, siennes in groupby(sorted(lignes, key=lambda une: une.sorte), key=lambda une: une.sorte):
        titre = etabli.texte(majuscule(sorte), etabli.styles.section, etabli.racine.ajouter("H2"))
        titre.avec_suivant, titre.signet = True, majuscule(sorte)
        yield titre
        yield from _tableau(etabli, siennes)


def _tableau(etabli: Etabli, lignes: Iterator[LigneDeRevue]) -> Iterator[Bloc]:
    tableau, petit = etabli.racine.ajouter("Table"), etabli.styles.petit
    serre = replace(etabli.styles.corps, apres=0)
    for une in lignes:
        rangee = tableau.ajouter("TR")
        colonnes = [etabli.cellule(rangee, (une.libelle, serre), (une.source, petit))]
        colonnes.append(etabli.cellule(rangee, (une.verification, petit)))
        yield etabli.rangee(colonnes, (None, 150), marge=3)
