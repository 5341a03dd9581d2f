"""Les pages d'une section : le formulaire, qui se recopie d'un papier, et le tableau, qui se remplit ligne à ligne.

Une question que nulle page ne prend se dit seule, à voix haute : c'est le cas de tout ce qui est décisif ou délicat.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from modele.dossier.inventaire import Genre
from modele.regles.lecture import Lecteur, hors_liste

CHAMPS_AU_PLUS: Final = 12
"""Au-delà, une page ne tient plus à l'écran (1366 × 768) ni dans une conversation."""
TABLEAU_DE_LA_LISTE: Final = "lignes"
_NOMBRES: Final = frozenset({Genre.ENTIER, Genre.DECIMAL})
_A_PART: Final = frozenset({Genre.COCHES, Genre.TEXTES})


class GenrePage(StrEnum):
    """Comment se remplit une page."""

    FORMULAIRE = "formulaire"
    TABLEAU = "tableau"


class Posee(NamedTuple):
    """Ce qu'il faut savoir d'une question pour la placer : son genre, ses champs, si elle se pose à part.

    ``refusable`` : elle a une réponse qui dit « non » ou « il n'y en a pas ».
    """

    genre: Genre | None
    champs: int
    a_part: bool
    refusable: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Une page. ``dire`` : ce que l'agent demande pour la remplir. ``papier`` : d'où elle se recopie.

    ``questions`` : leurs identifiants, dans l'ordre du papier. ``total`` : la colonne d'un tableau qui s'additionne.
    ``propres`` : les colonnes qu'une ligne ne reprend pas de celle d'au-dessus. ``rien`` : les questions auxquelles une
    touche répond non d'un coup, quand la personne dit « rien de tout cela » (``rien_dire``).
    """

    id: str
    genre: GenrePage
    dire: str
    questions: tuple[str, ...]
    papier: str = ""
    total: str = ""
    propres: tuple[str, ...] = ()
    rien: tuple[str, ...] = ()
    rien_dire: str = ""


def lire_pages(table: Lecteur, posees: Mapping[str, Posee], liste: str) -> tuple[Page, ...]:
    """Les pages d'une section. Note ses fautes : question inconnue ou prise deux fois, page trop longue, mal placée.

    Une liste qui n'en déclare pas a un tableau de ses premières questions : elle se remplit toujours en lignes.
    ``posees`` : les questions de la section. ``liste`` : la liste que la section répète, ou ``""``.
    """
    vues: set[str] = set()
    prises: set[str] = set()
    pages = tuple(_page(ligne, posees, vues, prises) for ligne in table.tables("page"))
    tableaux = sum(page.genre is GenrePage.TABLEAU for page in pages)
    if tableaux > bool(liste):
        table.signaler("page", "une liste n'a qu'un tableau" if liste else "un tableau ne va qu'à une liste")
    if liste and not tableaux:
        libres = [nom for nom, posee in posees.items() if nom not in prises and not _seule(posee)]
        libelle = table.texte("libelle")
        return (Page(TABLEAU_DE_LA_LISTE, GenrePage.TABLEAU, libelle, tuple(libres[:CHAMPS_AU_PLUS])), *pages)
    return pages


def _page(table: Lecteur, posees: Mapping[str, Posee], vues: set[str], prises: set[str]) -> Page:
    questions = table.textes("questions", obligatoire=True)
    page = Page(
        id=table.identifiant(vues),
        genre=GenrePage(table.texte("genre", permis=tuple(GenrePage), defaut=GenrePage.FORMULAIRE)),
        dire=table.texte("dire", obligatoire=True),
        papier=table.texte("papier"),
        questions=tuple(questions),
        total=table.texte("total"),
        propres=table.textes("propres"),
        rien=table.textes("rien"),
        rien_dire=table.texte("rien_dire"),
    )
    _verifier_gestes(table, page, posees)
    for nom in questions:
        if faute := _faute(nom, posees, prises):
            table.signaler("questions", faute)
        prises.add(nom)
    if sum(posees[nom].champs for nom in questions if nom in posees) > CHAMPS_AU_PLUS:
        table.signaler("questions", f"plus de {CHAMPS_AU_PLUS} champs ne tiennent pas sur une page")
    if page.total and (page.total not in questions or posees[page.total].genre not in _NOMBRES):
        table.signaler("total", "attendu : une colonne de nombres de cette page")
    table.clore()
    return page


def _faute(nom: str, posees: Mapping[str, Posee], prises: set[str]) -> str:
    if nom not in posees:
        return hors_liste(nom, posees)
    if nom in prises:
        return f"« {nom} » est déjà sur une page"
    if _seule(posees[nom]):
        return f"« {nom} » se dit seule : elle est délicate, se coche, ou a plusieurs réponses"
    return ""


def _seule(posee: Posee) -> bool:
    return posee.a_part or posee.genre in _A_PART


def _verifier_gestes(table: Lecteur, page: Page, posees: Mapping[str, Posee]) -> None:
    """Ce que « comme au-dessus » et « rien de tout cela » peuvent toucher."""
    for cle in ("propres", "rien"):
        for nom in getattr(page, cle):
            if nom not in page.questions:
                table.signaler(cle, hors_liste(nom, page.questions))
    for nom in page.rien:
        if nom in posees and not posees[nom].refusable:
            table.signaler("rien", f"« {nom} » n'a pas de réponse qui dise non")
    if bool(page.rien) != bool(page.rien_dire):
        table.signaler("rien_dire", "« rien » et « rien_dire » vont ensemble")
