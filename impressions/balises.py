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
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

        document = toile._doc
        references: dict[int, Any] = {}
        racine = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        reference = document.Reference(racine, "StructTreeRoot")
        racine.dict["K"] = self._noeud(document, self.racine, reference, references)
        nums: list[Any] = []
        for rang, noeuds in enumerate(self._pages):
            nums += [rang, PDFArray([references[id(noeud)] for noeud in noeuds])]
            page = document.idToObject[f"Page{rang + 1}"]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = rang, PDFName("S")
        racine.dict["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(nums)}))
        document.Catalog.StructTreeRoot = reference
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _noeud(self, document: Any, noeud: Noeud, parent: Any, references: dict[int, Any]) -> Any:
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

        element = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(noeud.role), "P": parent})
        reference = references[id(noeud)] = document.Reference(element, f"Noeud{len(references)}")
        if noeud.role == "TH":
            element.dict["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName("Column")})
        contenus = [
            PDFDictionary({"Type": PDFName("MCR"), "Pg": document.Pages.pages[page], "MCID": marque})
            for page, marque in noeud.marques
        ]
        enfants = [self._noeud(document, e, reference, references) for e in noeud.enfants if e.utile()]
        element.dict["K"] = PDFArray([*contenus, *enfants])
        return reference
