"""L'arbre de structure du PDF, pour les lecteurs d'écran : ReportLab n'en écrit pas, on l'ajoute avant d'enregistrer.

Chaque texte dessiné est encadré d'une marque (``BDC … EMC``) et rattaché à un nœud (titre, paragraphe, cellule…) ;
les filets et le pied de page sont des artefacts, que la lecture à voix haute saute (ISO 32000-1, § 14.7 et 14.8).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, eq=False)
class Noeud:
    """Un élément de structure. ``marques`` : (rang de page, identifiant de contenu) dessinés pour lui."""

    role: str
    enfants: list[Noeud] = field(default_factory=list)
    marques: list[tuple[int, int]] = field(default_factory=list)

    def ajouter(self, role: str) -> Noeud:
        """Un nouvel enfant, dans l'ordre de lecture."""
        enfant = Noeud(role)
        self.enfants.append(enfant)
        return enfant

    def utile(self) -> bool:
        """Vrai si quelque chose est dessiné ici ou dessous."""
        return bool(self.marques) or any(enfant.utile() for enfant in self.enfants)


class Balisage:
    """Les marques posées page à page, puis l'arbre écrit dans le document ReportLab."""

    def __init__(self, racine: Noeud) -> None:
        self.racine = racine
        self._pages: list[list[Noeud]] = []

    def nouvelle_page(self) -> None:
        """Commence une page : ses identifiants de contenu repartent de zéro."""
        self._pages.append([])

    @contextmanager
    def contenu(self, toile: Any, noeud: Noeud) -> Iterator[None]:
        """Ce qui est dessiné dans ce bloc appartient à ``noeud``."""
        page = self._pages[-1]
        toile._code.append(f"/{noeud.role} <</MCID {len(page)}>> BDC")
        noeud.marques.append((len(self._pages) - 1, len(page)))
        page.append(noeud)
        yield
        toile._code.append("EMC")

    @contextmanager
    def artefact(self, toile: Any) -> Iterator[None]:
        """Ce qui est dessiné dans ce bloc ne se lit pas à voix haute."""
        toile._code.append("/Artifact BMC")
        yield
        toile._code.append("EMC")

    def ecrire(self, toile: Any) -> None:
        """Inscrit l'arbre dans le document, après la dernière page."""
        document = toile._doc
        references: dict[int, str] = {}
        lien = _reserver(document, "StructTreeRoot")
        sommet = self._noeud(document, self.racine, lien, references)
        nums = []
        for rang, noeuds in enumerate(self._pages):
            nums.append(f"{rang} [{' '.join(references[id(noeud)] for noeud in noeuds)}]")
            page = document.idToObject[f"Page{rang + 1}"]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = rang, "/S"
        arbre = f"<</Type /StructTreeRoot /K {sommet} /ParentTree <</Nums [{' '.join(nums)}]>> >>"
        _inscrire(document, "StructTreeRoot", arbre)
        document.Catalog.StructTreeRoot = lien
        document.Catalog.MarkInfo = "<</Marked true>>"

    def _noeud(self, document: Any, noeud: Noeud, parent: str, references: dict[int, str]) -> str:
        nom = f"Noeud{len(references)}"
        lien = references[id(noeud)] = _reserver(document, nom)
        pages = [_lien(document, document.Pages.pages[page]) for page, _ in noeud.marques]
        if len(pages) == 1:
            contenus = [str(noeud.marques[0][1])]
        else:
            contenus = [f"<</Type /MCR /Pg {p} /MCID {m}>>" for p, (_, m) in zip(pages, noeud.marques, strict=True)]
        contenus += [self._noeud(document, e, lien, references) for e in noeud.enfants if e.utile()]
        page = f" /Pg {pages[0]}" if len(pages) == 1 else ""
        colonne = " /A <</O /Table /Scope /Column>>" if noeud.role == "TH" else ""
        element = f"<</Type /StructElem /S /{noeud.role} /P {parent}{page}{colonne} /K [{' '.join(contenus)}]>>"
        _inscrire(document, nom, element)
        return lien


def _reserver(document: Any, nom: str) -> str:
    """Prend un numéro d'objet : le parent et ses enfants se citent l'un l'autre avant d'être écrits."""
    return _lien(document, document.Reference(b"", nom))


def _inscrire(document: Any, nom: str, texte: str) -> None:
    """Donne son contenu à un objet, écrit tel quel : ReportLab mettrait en forme ces centaines d'objets un à un."""
    document.idToObject[nom] = texte.encode("ascii")


def _lien(document: Any, reference: Any) -> str:
    """« 12 0 R »."""
    return str(reference.format(document).decode("ascii"))
