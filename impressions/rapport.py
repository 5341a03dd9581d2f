"""Le rapport d'activité sur papier : chaque chiffre, sa définition, ses lignes et leur barre. Rien de personne."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from impressions.atelier import Etabli
from impressions.balises import Noeud
from impressions.blocs import Bloc, Pile
from impressions.graphiques import Barre
from impressions.pages import Identite, dessiner, paginer
from impressions.styles import styles
from modele.mots.phrases import mots


@dataclass(frozen=True, slots=True)
class LigneDite:
    """Une ligne : ce qu'elle compte, sa valeur en mots, et la longueur de sa barre (``None`` : pas de barre)."""

    libelle: str
    valeur: str
    part: float | None = None


@dataclass(frozen=True, slots=True)
class ChiffreDit:
    """Un chiffre : où il se lit, ce qu'il veut dire, ses lignes, et ce qui n'en est pas publié."""

    titre: str
    perimetre: str
    definition: str
    lignes: tuple[LigneDite, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class RapportDit:
    """Le rapport, en mots. ``avis`` : ce qu'il faut savoir avant de lire un nombre."""

    titre: str
    avis: tuple[str, ...]
    chiffres: tuple[ChiffreDit, ...]


def composer_rapport(dit: RapportDit, jour: date) -> bytes:
    """Le PDF, le même octet pour octet pour les mêmes nombres et le même jour."""
    return composer(dit.titre, jour, lambda etabli: _blocs(etabli, dit))


def composer(titre: str, jour: date, ecrire: Callable[[Etabli], Iterable[Bloc]]) -> bytes:
    """Le PDF d'un papier de nombres, qui n'est à personne : son titre, en tête et au pied, et ce que dit ``ecrire``."""
    phrases, racine = mots(), Noeud("Document")
    etabli = Etabli(phrases, styles(), racine)
    blocs = list(ecrire(etabli))
    numerotation = phrases("page.numerotation", n="{n}", total="{total}")
    identite = Identite(titre, phrases.langue, jour, titre, numerotation, etabli.styles.pied)
    return dessiner(paginer(blocs), racine, identite)


def _blocs(etabli: Etabli, dit: RapportDit) -> Iterator[Bloc]:
    yield etabli.texte(dit.titre, etabli.styles.titre, etabli.racine.ajouter("H1"))
    for avis in dit.avis:
        yield etabli.texte(avis, etabli.styles.corps, etabli.racine.ajouter("P"))
    for chiffre in dit.chiffres:
        yield from blocs_de_chiffre(etabli, chiffre)


def blocs_de_chiffre(etabli: Etabli, chiffre: ChiffreDit) -> Iterator[Bloc]:
    """Un chiffre : son titre, ce qu'il veut dire, ses lignes."""
    titre = etabli.texte(chiffre.titre, etabli.styles.section, etabli.racine.ajouter("H2"))
    titre.avec_suivant, titre.signet = True, chiffre.titre
    yield titre
    dite = etabli.texte(f"{chiffre.perimetre}. {chiffre.definition}", etabli.styles.petit, etabli.racine.ajouter("P"))
    dite.avec_suivant = bool(chiffre.lignes)
    yield dite
    yield from blocs_de_lignes(etabli, chiffre.lignes)
    if chiffre.note:
        yield etabli.texte(chiffre.note, etabli.styles.petit, etabli.racine.ajouter("P"))


def blocs_de_lignes(
    etabli: Etabli, lignes: Sequence[LigneDite], largeurs: tuple[float, float] = (90, 150)
) -> Iterator[Bloc]:
    """Deux colonnes qui se lisent ; la troisième, la barre, ne fait que redire la deuxième.

    ``largeurs`` : de la deuxième et de la troisième, en points.
    """
    if not lignes:
        return
    tableau, serre = etabli.racine.ajouter("Table"), replace(etabli.styles.corps, apres=0)
    a_droite = replace(serre, a_droite=True)
    for une in lignes:
        rangee = tableau.ajouter("TR")
        colonnes = [
            etabli.cellule(rangee, (une.libelle, serre), role="TH"),
            etabli.cellule(rangee, (une.valeur, a_droite)),
        ]
        barre: list[Bloc] = [] if une.part is None else [Barre(part=une.part, interligne=serre.interligne)]
        yield etabli.rangee([*colonnes, Pile(blocs=barre)], (None, *largeurs), marge=2.5)
