"""Écrire l'arbre de structure dans le document ReportLab : ce qui manque aux nœuds pour PDF/UA se complète ici.

Un titre ne saute pas de niveau ; une rangée plus courte que les autres s'étale ; la première cellule d'une rangée la
nomme, si rien d'autre ne le fait ; une cellule vide reste, sans quoi les colonnes se décaleraient (ISO 14289-1, § 7).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from impressions.balises import Balisage, Noeud, langue_lue, texte_pdf

_CELLULES: Final = ("TD", "TH")
_PLUS_BAS: Final = 6


def ecrire(document: Any, balisage: Balisage) -> None:
    """Inscrit l'arbre, après la dernière page."""
    arbre = _Arbre(document)
    sommet = arbre.reserver("StructTreeRoot")
    document_ = arbre.noeud(balisage.racine, sommet)
    nums = []
    for rang, noeuds in enumerate(balisage.pages):
        references = " ".join([f"{arbre.numeros[id(noeud)]} 0 R" for noeud in noeuds])
        nums.append(f"{rang} [{references}]")
        page = document.idToObject[f"Page{rang + 1}"]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = rang, "/S"
    arbre.inscrire(
        sommet,
        f"<</Type /StructTreeRoot /K {document_} 0 R /ParentTree <</Nums [{' '.join(nums)}]>> "
        f"/ParentTreeNextKey {len(nums)}>>",
    )
    document.Catalog.StructTreeRoot = f"{sommet} 0 R"
    document.Catalog.MarkInfo = "<</Marked true>>"


@dataclass(slots=True)
class _Arbre:
    """L'écriture en cours. ``numeros`` : le numéro d'objet de chaque nœud. ``niveau`` : celui du dernier titre.

    ``_colonnes`` : combien en a le tableau de chaque rangée.
    """

    document: Any
    numeros: dict[int, int] = field(default_factory=dict)
    niveau: int = 0
    _noms: dict[int, str] = field(default_factory=dict)
    _colonnes: dict[int, int] = field(default_factory=dict)
    _pages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        connus = self.document.idToObjectNumberAndVersion
        total = len(self.document.Pages.pages)
        self._pages = [f"{connus[f'Page{rang + 1}'][0]} 0 R" for rang in range(total)]

    def reserver(self, nom: str) -> int:
        """Prend un numéro d'objet : le parent et ses enfants se citent l'un l'autre avant d'être écrits.

        ReportLab mettrait en forme ces centaines d'objets et de renvois un à un : c'était le tiers du temps.
        """
        document = self.document
        numero = document.objectcounter = document.objectcounter + 1
        document.idToObjectNumberAndVersion[nom] = (numero, 0)
        document.numberToId[numero] = nom
        self._noms[numero] = nom
        return int(numero)

    def inscrire(self, numero: int, texte: str) -> None:
        """Donne son contenu à un objet, écrit tel quel."""
        self.document.idToObject[self._noms[numero]] = texte.encode("ascii")

    def noeud(self, noeud: Noeud, parent: int, attributs: str = "") -> int:
        """Inscrit un nœud et ce qu'il contient ; rend son numéro. ``attributs`` : ceux que son tableau lui donne."""
        numero = self.numeros[id(noeud)] = self.reserver(f"Noeud{len(self.numeros)}")
        role = self._titre(noeud.role) if _est_titre(noeud.role) else noeud.role
        contenus, page = self._contenus(noeud)
        for enfant, siens in self._enfants(noeud):
            contenus.append(f"{self.noeud(enfant, numero, siens)} 0 R")
        k = contenus[0] if len(contenus) == 1 else f"[{' '.join(contenus)}]"
        dits = f"{page}{attributs or _attributs(noeud)}{_paroles(noeud)}"
        self.inscrire(numero, f"<</Type /StructElem /S /{role} /P {parent} 0 R{dits} /K {k}>>")
        return numero

    def _titre(self, role: str) -> str:
        self.niveau = min(int(role[1:]), self.niveau + 1, _PLUS_BAS)
        return f"H{self.niveau}"

    def _contenus(self, noeud: Noeud) -> tuple[list[str], str]:
        """Ce qui est dessiné pour lui, et sa page s'il n'en a qu'une."""
        marques = noeud.marques
        if not marques:
            return [], ""
        premiere = marques[0][0]
        if all(page == premiere for page, _ in marques):
            return [str(contenu) for _, contenu in marques], f" /Pg {self._pages[premiere]}"
        return [f"<</Type /MCR /Pg {self._pages[page]} /MCID {contenu}>>" for page, contenu in marques], ""

    def _enfants(self, noeud: Noeud) -> list[tuple[Noeud, str]]:
        if noeud.role == "Table":
            rangees = [enfant for enfant in noeud.enfants if enfant.dessine]
            colonnes = max((len(rangee.enfants) for rangee in rangees), default=0)
            self._colonnes |= {id(rangee): colonnes for rangee in rangees}
            return [(rangee, "") for rangee in rangees]
        if noeud.role == "TR":
            return _cellules(noeud, self._colonnes.get(id(noeud), len(noeud.enfants)))
        return [(enfant, "") for enfant in noeud.enfants if enfant.dessine]


def _est_titre(role: str) -> bool:
    return role[0] == "H" and role[1:].isdigit()


def _cellules(rangee: Noeud, colonnes: int) -> list[tuple[Noeud, str]]:
    """Les cellules d'une rangée, vides comprises ; la première prend la place qui reste, et nomme la rangée."""
    cellules = rangee.enfants
    entete = len(cellules) > 1 and all(cellule.role == "TH" for cellule in cellules)
    nommee = any(cellule.role == "TH" for cellule in cellules)
    if not nommee and len(cellules) > 1 and cellules[0].dessine:
        cellules[0].role = "TH"
    larges = [colonnes - len(cellules) + 1, *[1] * (len(cellules) - 1)]
    return [
        (cellule, _de_cellule(cellule, large, "Column" if entete else "Row"))
        for cellule, large in zip(cellules, larges, strict=True)
    ]


def _de_cellule(cellule: Noeud, large: int, portee: str) -> str:
    dits = [f"/Scope /{portee}"] if cellule.role == "TH" else []
    dits += [f"/ColSpan {large}"] if large > 1 else []
    return f" /A <</O /Table {' '.join(dits)}>>" if dits else ""


def _attributs(noeud: Noeud) -> str:
    if noeud.role == "L":
        return f" /A <</O /List /ListNumbering /{'Decimal' if noeud.numerote else 'Disc'}>>"
    if noeud.cadre is not None:
        return f" /A <</O /Layout /Placement /Block /BBox [{' '.join(f'{cote:.2f}' for cote in noeud.cadre)}]>>"
    return ""


def _paroles(noeud: Noeud) -> str:
    alt = f" /Alt {texte_pdf(noeud.alt)}" if noeud.alt else ""
    dit = " ".join(filter(None, map(str.strip, noeud.lus))) if noeud.de_droite else ""
    if dit and not any(enfant.dessine for enfant in noeud.enfants):
        alt += f" /ActualText {texte_pdf(dit)}"
    return f"{alt} /Lang ({langue_lue(noeud.langue)})" if noeud.langue else alt
