"""Ce que chaque dessin veut dire, pour qui n'a pas la page sous les yeux : ReportLab n'en sait rien, on le marque.

Chaque texte dessiné est encadré d'une marque (``BDC … EMC``) et rattaché à un nœud (titre, paragraphe, cellule…) ;
les filets, les cadres et le pied de page sont des artefacts, que la lecture à voix haute saute (ISO 32000-1, § 14.7 et
14.8). L'arbre s'écrit ensuite par ``impressions.structure``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

DECOR: Final = "<</Type /Layout>>"
FILIGRANE: Final = "<</Type /Pagination /Subtype /Watermark>>"
PIED_DE_PAGE: Final = "<</Type /Pagination /Subtype /Footer>>"
_NUMERO: Final = re.compile(r"\d+\.")
_SOUS_BALISE: Final = re.compile(r"[a-z]{2,3}|[A-Z]{2}|[A-Z][a-z]{3}|\d{3}")


@dataclass(slots=True, eq=False)
class Noeud:
    """Un élément de structure. ``marques`` : (rang de page, identifiant de contenu) dessinés pour lui.

    ``alt`` : ce qui se lit d'une figure. ``langue`` : celle de ce passage, si ce n'est pas celle qui l'entoure.
    ``cadre`` : d'une figure, son rectangle sur la page, en points. ``dessine`` : quelque chose l'est ici ou dessous.
    ``lus`` : ce qui s'y lit, bout par bout ; ``de_droite`` : des lettres y sont dessinées à rebours de la lecture.
    """

    role: str
    enfants: list[Noeud] = field(default_factory=list)
    marques: list[tuple[int, int]] = field(default_factory=list)
    alt: str = ""
    langue: str = ""
    cadre: tuple[float, float, float, float] | None = None
    numerote: bool = False
    dessine: bool = False
    parent: Noeud | None = None
    lus: list[str] = field(default_factory=list)
    de_droite: bool = False

    def __post_init__(self) -> None:
        for enfant in self.enfants:
            enfant.parent = self

    def ajouter(self, role: str, *, alt: str = "", langue: str = "") -> Noeud:
        """Un nouvel enfant, dans l'ordre de lecture."""
        enfant = Noeud(role, alt=alt, langue=langue, parent=self)
        self.enfants.append(enfant)
        return enfant

    def etiquette(self, puce: str) -> Noeud:
        """Où se rattache la puce ou le numéro d'un point de liste : son ``Lbl`` ; hors d'une liste, le nœud même."""
        point: Noeud | None = self
        while point is not None and point.role != "LI":
            point = point.parent
        if point is None:
            return self
        if point.parent is not None:
            point.parent.numerote = bool(_NUMERO.fullmatch(puce))
        if point.enfants[0].role != "Lbl":
            point.enfants.insert(0, Noeud("Lbl", parent=point))
        return point.enfants[0]

    def dire(self, texte: str, *, de_droite: bool) -> None:
        """Un texte de plus, tel qu'il se lit. Écrit de droite à gauche, l'arbre le redit (``ActualText``).

        Ses lettres sont dessinées de gauche à droite, comme tout lecteur de page l'attend : une voix qui suit l'arbre
        les lirait à rebours.
        """
        self.lus.append(texte)
        self.de_droite = self.de_droite or de_droite

    def marquer(self, page: int, contenu: int) -> None:
        """Un contenu de plus, dessiné pour lui."""
        self.marques.append((page, contenu))
        noeud: Noeud | None = self
        while noeud is not None and not noeud.dessine:
            noeud.dessine = True
            noeud = noeud.parent


class Balisage:
    """Les marques posées page à page. ``pages`` : pour chacune, le nœud de chaque contenu, dans l'ordre dessiné."""

    def __init__(self, racine: Noeud) -> None:
        self.racine = racine
        self.pages: list[list[Noeud]] = []

    def nouvelle_page(self) -> None:
        """Commence une page : ses identifiants de contenu repartent de zéro."""
        self.pages.append([])

    @contextmanager
    def contenu(self, toile: Any, noeud: Noeud) -> Iterator[None]:
        """Ce qui est dessiné dans ce bloc appartient à ``noeud``."""
        page = self.pages[-1]
        toile._code.append(f"/{noeud.role} <</MCID {len(page)}>> BDC")
        noeud.marquer(len(self.pages) - 1, len(page))
        page.append(noeud)
        yield
        toile._code.append("EMC")

    @contextmanager
    def artefact(self, toile: Any, genre: str = DECOR) -> Iterator[None]:
        """Ce qui est dessiné dans ce bloc ne se lit pas à voix haute."""
        toile._code.append(f"/Artifact {genre} BDC")
        yield
        toile._code.append("EMC")


def langue_lue(langue: str) -> str:
    """La langue telle qu'une voix la connaît (BCP 47) : « fr-falc » se lit comme du français."""
    tete, *suite = langue.split("-")
    return "-".join([tete, *(partie for partie in suite if _SOUS_BALISE.fullmatch(partie))])


def texte_pdf(texte: str) -> str:
    """Une chaîne de texte d'un PDF, en UTF-16 (ISO 32000-1, § 7.9.2.2)."""
    return f"<FEFF{texte.encode('utf-16-be').hex()}>"
