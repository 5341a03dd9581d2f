"""Les épreuves du protocole Matterhorn que fait une machine, nommées par ``matterhorn.toml``. Chacune rend ses fautes.

Ce que Perron n'emploie jamais (annotation, calque, formule, police simple…) ne se juge pas : sa présence est la faute.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final
from xml.etree import ElementTree

import pikepdf
import uharfbuzz as hb
from pdfua import MONTRE, Element, Lu, ouvertures

from impressions.balises import langue_lue

Epreuve = Callable[[Lu], Iterator[str]]
_ROLES: Final = """
Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody
Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP
Figure Formula Form
"""
STANDARD: Final = frozenset(_ROLES.split())
_XMP: Final = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}
_ENFANTS: Final = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
}
_PARENTS: Final = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
}
_LANGUE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?(-x(-[a-z0-9]{1,8})+)?")
EPREUVES: dict[str, Epreuve] = {}


def epreuve(fonction: Epreuve) -> Epreuve:
    """Inscrit une épreuve sous son nom."""
    EPREUVES[fonction.__name__] = fonction
    return fonction


# Les contenus et leurs marques.


@epreuve
def artefact_dans_du_balise(lu: Lu) -> Iterator[str]:
    for *dehors, marque in lu.marques:
        if marque.role == "Artifact" and any(une.mcid is not None for une in dehors):
            yield "artefact"


@epreuve
def balise_dans_un_artefact(lu: Lu) -> Iterator[str]:
    for *dehors, marque in lu.marques:
        if marque.mcid is not None and any(une.role == "Artifact" for une in dehors):
            yield marque.role


@epreuve
def ni_l_un_ni_l_autre(lu: Lu) -> Iterator[str]:
    balises = {place for element in lu.elements for place in element.mcid}
    for contenu in lu.contenus:
        artefact = any(une.role == "Artifact" for une in contenu.marques)
        if not artefact and not any((contenu.page, une.mcid) in balises for une in contenu.marques):
            yield f"page {contenu.page}, {contenu.operateur}"


@epreuve
def suspects(lu: Lu) -> Iterator[str]:
    marques = lu.racine.get("/MarkInfo", {})
    if not marques.get("/Marked", False) or marques.get("/Suspects", False):
        yield str(marques)


# L'arbre.


@epreuve
def roles(lu: Lu) -> Iterator[str]:
    renvois = {str(nom)[1:]: str(vers)[1:] for nom, vers in lu.racine.StructTreeRoot.get("/RoleMap", {}).items()}
    yield from (nom for nom in renvois if nom in STANDARD)
    for element in lu.elements:
        role, vus = element.role, set()
        while role in renvois and role not in vus:
            vus.add(role)
            role = renvois[role]
        if role not in STANDARD:
            yield element.role


def _mal_places(lu: Lu, *concernes: str) -> Iterator[str]:
    for element in lu.elements:
        permis = _ENFANTS.get(element.role)
        if element.role in concernes and permis and ({un.role for un in element.enfants} - permis or element.mcid):
            yield f"dans {element.role}"
        if element.role in concernes and element.role in _PARENTS:
            dessus = element.parent.role if element.parent else ""
            if dessus not in _PARENTS[element.role]:
                yield f"{element.role} sous {dessus}"


@epreuve
def tableaux(lu: Lu) -> Iterator[str]:
    yield from _mal_places(lu, "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot")
    for tableau in (un for un in lu.elements if un.role == "Table"):
        rangees = [un for un in tableau.dessous() if un.role == "TR"]
        larges = {sum(int(cellule.attribut("/ColSpan") or 1) for cellule in rangee.enfants) for rangee in rangees}
        if len(larges) != 1:
            yield f"des rangées de {sorted(larges)} colonnes"


@epreuve
def listes(lu: Lu) -> Iterator[str]:
    yield from _mal_places(lu, "L", "LI", "LBody")
    for element in lu.elements:
        if element.role == "LI" and [un.role for un in element.enfants] not in (["Lbl", "LBody"], ["LBody"]):
            yield str([un.role for un in element.enfants])
        if element.role == "L" and element.attribut("/ListNumbering") not in ("/Decimal", "/Disc"):
            yield "ListNumbering"


@epreuve
def sans_sommaire_ni_ruby(lu: Lu) -> Iterator[str]:
    yield from _aucun(lu, "TOC", "TOCI", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP")


@epreuve
def sans_formule(lu: Lu) -> Iterator[str]:
    yield from _aucun(lu, "Formula")


@epreuve
def sans_h_nu(lu: Lu) -> Iterator[str]:
    yield from _aucun(lu, "H")


def _aucun(lu: Lu, *exclus: str) -> Iterator[str]:
    return (un.role for un in lu.elements if un.role in exclus)


@epreuve
def titres(lu: Lu) -> Iterator[str]:
    dernier = 0
    for element in lu.elements:
        if re.fullmatch(r"H\d", element.role):
            niveau = int(element.role[1:])
            if niveau > dernier + 1:
                yield f"{element.role} après H{dernier}"
            dernier = niveau
    if not dernier:
        yield "aucun titre"


@epreuve
def portees(lu: Lu) -> Iterator[str]:
    for element in lu.elements:
        if element.role == "TH" and element.attribut("/Scope") not in ("/Row", "/Column", "/Both"):
            yield "TH"


@epreuve
def figures(lu: Lu) -> Iterator[str]:
    for element in lu.elements:
        if element.role == "Figure" and not (element.objet.get("/Alt") or element.objet.get("/ActualText")):
            yield "Figure"


@epreuve
def notes(lu: Lu) -> Iterator[str]:
    vus: set[str] = set()
    for element in lu.elements:
        if element.role == "Note":
            nom = str(element.objet.get("/ID", ""))
            if not nom or nom in vus:
                yield nom or "Note"
            vus.add(nom)


# Les langues.


@epreuve
def langue_du_document(lu: Lu) -> Iterator[str]:
    dite = str(lu.racine.get("/Lang", ""))
    if not _LANGUE.fullmatch(dite) or langue_lue(dite) != dite:
        yield dite
    xmp = _xmp(lu)
    if xmp is not None and not any(un.get("{http://www.w3.org/XML/1998/namespace}lang") for un in xmp.iter()):
        yield "XMP"


@epreuve
def langues(lu: Lu) -> Iterator[str]:
    """La langue du document vaut pour tout ce qui n'en dit pas d'autre ; celle qu'un passage dit doit se lire."""
    yield from langue_du_document(lu)
    dites = [element.langue for element in lu.elements]
    dites += [str(une.dit.Lang) for *_, une in lu.marques if une.dit is not None and "/Lang" in une.dit]
    yield from (dite for dite in dites if dite and not _LANGUE.fullmatch(dite))


# Ce que le fichier dit de lui-même.


def _xmp(lu: Lu) -> ElementTree.Element | None:
    flux = lu.racine.get("/Metadata")
    return None if flux is None else ElementTree.fromstring(flux.read_bytes().decode("utf-8"))


@epreuve
def xmp(lu: Lu) -> Iterator[str]:
    flux = lu.racine.get("/Metadata")
    if flux is None or flux.get("/Subtype") != "/XML" or "/Filter" in flux:
        yield "Metadata"


@epreuve
def xmp_identifiant(lu: Lu) -> Iterator[str]:
    lue = _xmp(lu)
    if lue is None or lue.findtext(".//pdfuaid:part", "", _XMP) != "1":
        yield "pdfuaid:part"


@epreuve
def xmp_titre(lu: Lu) -> Iterator[str]:
    lue = _xmp(lu)
    titre = "" if lue is None else lue.findtext(".//dc:title//rdf:li", "", _XMP)
    if not titre or titre != str(lu.pdf.docinfo.get("/Title", "")):
        yield titre


@epreuve
def titre_affiche(lu: Lu) -> Iterator[str]:
    if not lu.racine.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "DisplayDocTitle"


# Ce que Perron n'emploie pas.


@epreuve
def sans_annotation(lu: Lu) -> Iterator[str]:
    yield from (str(note.get("/Subtype")) for note in lu.annotations())


@epreuve
def ordre_des_tabulations(lu: Lu) -> Iterator[str]:
    yield from (str(page.obj.get("/Tabs")) for page in lu.pdf.pages if page.obj.get("/Tabs") != "/S")


@epreuve
def sans_formulaire(lu: Lu) -> Iterator[str]:
    yield from ["AcroForm"] if "/AcroForm" in lu.racine else []


@epreuve
def sans_calque(lu: Lu) -> Iterator[str]:
    yield from ["OCProperties"] if "/OCProperties" in lu.racine else []


@epreuve
def sans_piece_jointe(lu: Lu) -> Iterator[str]:
    yield from lu.pdf.attachments


@epreuve
def sans_chiffrement(lu: Lu) -> Iterator[str]:
    yield from ["Encrypt"] if lu.pdf.is_encrypted else []


@epreuve
def xobjets(lu: Lu) -> Iterator[str]:
    """Aucun XObject n'en cite un autre fichier ; aucun formulaire, donc aucun à marques employé deux fois."""
    for page in lu.pdf.pages:
        for nom, objet in page.obj.Resources.get("/XObject", {}).items():
            if objet.Subtype != "/Image" or "/Ref" in objet:
                yield str(nom)


# Les polices.


def _composees(lu: Lu) -> Iterator[Any]:
    return (police for police in lu.polices().values() if police.composee)


@epreuve
def polices_composites(lu: Lu) -> Iterator[str]:
    for police in _composees(lu):
        if police.objet.Encoding != "/Identity-H":
            yield str(police.objet.Encoding)
        table = police.descendante.get("/CIDToGIDMap")
        if police.descendante.Subtype != "/CIDFontType2":
            yield str(police.descendante.Subtype)
        if not (isinstance(table, pikepdf.Stream) or table == "/Identity"):
            yield "CIDToGIDMap"


@epreuve
def polices_toutes_composites(lu: Lu) -> Iterator[str]:
    yield from (str(police.objet.Subtype) for police in lu.polices().values() if not police.composee)


@epreuve
def polices_embarquees(lu: Lu) -> Iterator[str]:
    yield from (str(police.objet.BaseFont) for police in lu.polices().values() if police.fichier is None)


@epreuve
def sans_liste_de_dessins(lu: Lu) -> Iterator[str]:
    for police in lu.polices().values():
        descripteur = police.descendante.get("/FontDescriptor", {})
        yield from (nom for nom in ("/CharSet", "/CIDSet") if nom in descripteur)


@epreuve
def dessins(lu: Lu) -> Iterator[str]:
    for _, police, code in lu.codes():
        if police.composee and police.fichier is not None and "/CIDToGIDMap" in police.descendante:
            dessin = police.dessin(code)
            if not 0 < dessin < police.fichier.glyph_count:
                yield f"code {code}, dessin {dessin}"


@epreuve
def chasses(lu: Lu) -> Iterator[str]:
    for police in _composees(lu):
        if police.fichier is None or "/CIDToGIDMap" not in police.descendante:
            continue
        mesures, unite = hb.Font(police.fichier), 1000 / police.fichier.upem
        for code, dite in police.chasses.items():
            if abs(dite - mesures.get_glyph_h_advance(police.dessin(code)) * unite) > 1:
                yield f"{police.objet.BaseFont}, code {code} : {dite}"


@epreuve
def tounicode(lu: Lu) -> Iterator[str]:
    for police in lu.polices().values():
        if police.lettres is None:
            yield "ToUnicode"
            continue
        yield from (repr(lu_) for lu_ in police.lettres.values() if set(lu_) & {"\0", "\ufeff", "\ufffe"})


@epreuve
def lettres(lu: Lu) -> Iterator[str]:
    for contenu, police, code in lu.codes():
        redite = any(une.dit is not None and "/ActualText" in une.dit for une in contenu.marques)
        if not (police.lettres or {}).get(code) and not redite:
            yield f"code {code}"


# Au-delà du protocole.


def renvois(lu: Lu) -> Iterator[str]:
    """Chaque contenu balisé est à un nœud, et à un seul ; le tableau des parents dit le même."""
    nums = list(lu.racine.StructTreeRoot.ParentTree.Nums)
    parents = {int(nums[rang]): nums[rang + 1] for rang in range(0, len(nums), 2)}
    attendus = {
        (rang, une.mcid)
        for rang, page in enumerate(lu.pdf.pages)
        for *_, une in ouvertures(page)
        if une.mcid is not None
    }
    trouves: dict[tuple[int, int], Element] = {}
    for element in lu.elements:
        for place in element.mcid:
            if place in trouves:
                yield f"{place} deux fois"
            trouves[place] = element
    yield from (f"{place} sans nœud" for place in attendus - trouves.keys())
    yield from (f"{place} sans contenu" for place in trouves.keys() - attendus)
    for (page, mcid), element in trouves.items():
        if parents[int(lu.pdf.pages[page].obj.StructParents)][mcid].objgen != element.objet.objgen:
            yield f"{page}, {mcid} : mauvais parent"
        if element.parent and element.objet.P.objgen != element.parent.objet.objgen:
            yield f"{element.role} : mauvais P"


def pieds(lu: Lu) -> Iterator[str]:
    """Le pied de chaque page est un artefact de pagination, classé pied ; aucun autre artefact n'écrit."""
    pages = set()
    for contenu in lu.contenus:
        artefact = next((une for une in contenu.marques if une.role == "Artifact"), None)
        if artefact is None:
            continue
        genre = str(artefact.dit.Type)
        if contenu.operateur in MONTRE:
            pages.add(contenu.page)
            if genre != "/Pagination" or str(artefact.dit.get("/Subtype")) != "/Footer":
                yield f"page {contenu.page} : {genre}"
        elif genre not in ("/Layout", "/Pagination"):
            yield genre
    yield from (f"page {rang} sans pied" for rang in range(len(lu.pdf.pages)) if rang not in pages)
