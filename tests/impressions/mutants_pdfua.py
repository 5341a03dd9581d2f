"""Abîmer un PDF conforme, d'une seule façon : chaque mutant dit quelles épreuves doivent le voir."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

Mutant = Callable[[Pdf], None]
MUTANTS: dict[str, tuple[Mutant, tuple[str, ...]]] = {}


def mutant(*epreuves: str) -> Callable[[Mutant], Mutant]:
    """Inscrit un mutant sous son nom, et les épreuves qui doivent le voir."""

    def inscrire(fonction: Mutant) -> Mutant:
        MUTANTS[fonction.__name__] = (fonction, epreuves)
        return fonction

    return inscrire


def abimer(pdf: bytes, nom: str) -> bytes:
    """Le PDF, une fois passé par ce mutant."""
    with pikepdf.open(io.BytesIO(pdf)) as ouvert:
        MUTANTS[nom][0](ouvert)
        sortie = io.BytesIO()
        ouvert.save(sortie)
    return sortie.getvalue()


def _contenu(pdf: Pdf, avant: bytes, apres: bytes) -> None:
    """Remplace, une fois, un bout du contenu de la première page."""
    page = pdf.pages[0]
    octets = page.obj.Contents.read_bytes()
    assert avant in octets
    page.obj.Contents.write(octets.replace(avant, apres, 1))


def _ajouter(pdf: Pdf, bout: bytes) -> None:
    page = pdf.pages[0]
    page.obj.Contents.write(page.obj.Contents.read_bytes() + b"\n" + bout)


def _element(pdf: Pdf, role: str) -> Any:
    """Le premier élément de ce rôle."""
    file = [pdf.Root.StructTreeRoot.K]
    while file:
        element = file.pop(0)
        if isinstance(element, Array):
            file = [*element, *file]
        elif isinstance(element, Dictionary) and "/S" in element:
            if str(element.S)[1:] == role:
                return element
            file = [*([element.K] if "/K" in element else []), *file]
    raise AssertionError(role)


def _police(pdf: Pdf) -> Any:
    return next(iter(pdf.pages[0].obj.Resources.Font.values()))


@mutant("artefact_dans_du_balise")
def artefact_dans_un_titre(pdf: Pdf) -> None:
    _contenu(pdf, b"BT ", b"/Artifact BMC EMC BT ")


@mutant("balise_dans_un_artefact")
def titre_dans_un_artefact(pdf: Pdf) -> None:
    _contenu(pdf, b"/Artifact <</Type /Layout>> BDC", b"/Artifact <</Type /Layout>> BDC /P <</MCID 900>> BDC EMC")


@mutant("ni_l_un_ni_l_autre")
def un_trait_sans_marque(pdf: Pdf) -> None:
    _ajouter(pdf, b"0 0 m 9 9 l S")


@mutant("ni_l_un_ni_l_autre")
def un_contenu_hors_de_l_arbre(pdf: Pdf) -> None:
    _ajouter(pdf, b"/P <</MCID 900>> BDC 0 0 m 9 9 l S EMC")


@mutant("suspects")
def suspect(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


@mutant("roles")
def role_inconnu(pdf: Pdf) -> None:
    _element(pdf, "P").S = Name.Paragraphe


@mutant("roles")
def roles_en_cercle(pdf: Pdf) -> None:
    _element(pdf, "P").S = Name.A
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(A=Name.B, B=Name.A)


@mutant("roles")
def role_standard_redefini(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.H1)


@mutant("xmp", "xmp_identifiant", "xmp_titre")
def sans_xmp(pdf: Pdf) -> None:
    del pdf.Root.Metadata


@mutant("xmp_identifiant")
def sans_identifiant(pdf: Pdf) -> None:
    xmp = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(xmp.replace(b"<pdfuaid:part>1</pdfuaid:part>", b""))


@mutant("xmp_titre")
def titre_d_un_autre(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = "Autre"


@mutant("titre_affiche")
def titre_non_affiche(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@mutant("tableaux")
def rangee_hors_d_un_tableau(pdf: Pdf) -> None:
    _element(pdf, "Table").S = Name.Sect


@mutant("tableaux")
def cellule_manquante(pdf: Pdf) -> None:
    rangee = _element(pdf, "TR")
    rangee.K = Array([rangee.K[0]])


@mutant("tableaux")
def rangee_plus_large(pdf: Pdf) -> None:
    _element(pdf, "TD").A = Dictionary(O=Name.Table, ColSpan=9)


@mutant("listes")
def point_hors_d_une_liste(pdf: Pdf) -> None:
    _element(pdf, "L").S = Name.Sect


@mutant("listes")
def liste_sans_numerotation(pdf: Pdf) -> None:
    del _element(pdf, "L").A


@mutant("sans_sommaire_ni_ruby")
def un_ruby(pdf: Pdf) -> None:
    _element(pdf, "P").S = Name.Ruby


@mutant("sans_formule")
def une_formule(pdf: Pdf) -> None:
    _element(pdf, "P").S = Name.Formula


@mutant("sans_h_nu")
def un_h_nu(pdf: Pdf) -> None:
    _element(pdf, "H2").S = Name.H


@mutant("titres")
def titre_saute(pdf: Pdf) -> None:
    _element(pdf, "H2").S = Name.H4


@mutant("titres")
def premier_titre_trop_bas(pdf: Pdf) -> None:
    _element(pdf, "H1").S = Name.H2


@mutant("portees")
def entete_sans_portee(pdf: Pdf) -> None:
    _element(pdf, "TH").A = Dictionary(O=Name.Table)


@mutant("figures")
def figure_muette(pdf: Pdf) -> None:
    _element(pdf, "P").S = Name.Figure


@mutant("notes")
def note_sans_identifiant(pdf: Pdf) -> None:
    _element(pdf, "P").S = Name.Note


@mutant("langue_du_document", "langues")
def sans_langue(pdf: Pdf) -> None:
    del pdf.Root.Lang


@mutant("langue_du_document", "langues")
def langue_qui_n_en_est_pas(pdf: Pdf) -> None:
    pdf.Root.Lang = String("fr-falc")


@mutant("langues")
def passage_de_langue_inconnue(pdf: Pdf) -> None:
    _element(pdf, "P").Lang = String("français")


@mutant("sans_annotation")
def une_annotation(pdf: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


@mutant("ordre_des_tabulations")
def tabulations_par_rangee(pdf: Pdf) -> None:
    pdf.pages[0].obj.Tabs = Name.R


@mutant("sans_formulaire")
def un_formulaire(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]))


@mutant("sans_calque")
def un_calque(pdf: Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary())


@mutant("sans_piece_jointe")
def une_piece_jointe(pdf: Pdf) -> None:
    pdf.attachments["x.txt"] = b"x"


@mutant("xobjets")
def un_formulaire_x(pdf: Pdf) -> None:
    flux = pikepdf.Stream(pdf, b"")
    flux.Type, flux.Subtype, flux.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=flux)


@mutant("polices_composites")
def cmap_inconnue(pdf: Pdf) -> None:
    _police(pdf).Encoding = Name("/Perron-H")


@mutant("polices_composites")
def sans_table_de_dessins(pdf: Pdf) -> None:
    del _police(pdf).DescendantFonts[0].CIDToGIDMap


@mutant("polices_embarquees")
def police_absente(pdf: Pdf) -> None:
    del _police(pdf).DescendantFonts[0].FontDescriptor.FontFile2


@mutant("sans_liste_de_dessins")
def liste_de_dessins(pdf: Pdf) -> None:
    _police(pdf).DescendantFonts[0].FontDescriptor.CIDSet = pikepdf.Stream(pdf, b"\x80")


@mutant("dessins")
def dessins_absents(pdf: Pdf) -> None:
    table = _police(pdf).DescendantFonts[0].CIDToGIDMap
    table.write(b"\0" * len(table.read_bytes()))


@mutant("chasses")
def chasses_fausses(pdf: Pdf) -> None:
    chasses = _police(pdf).DescendantFonts[0].W[1]
    chasses[0] = float(chasses[0]) + 40


@mutant("polices_toutes_composites", "polices_embarquees", "tounicode")
def police_simple(pdf: Pdf) -> None:
    simple = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Arial)
    pdf.pages[0].obj.Resources.Font.Simple = simple


@mutant("tounicode", "lettres")
def sans_lecture(pdf: Pdf) -> None:
    del _police(pdf).ToUnicode


@mutant("tounicode")
def lecture_nulle(pdf: Pdf) -> None:
    lecture = _police(pdf).ToUnicode
    lecture.write(lecture.read_bytes().replace(b"<0001> <", b"<0001> <0000", 1))


@mutant("lettres")
def une_lettre_sans_lecture(pdf: Pdf) -> None:
    lecture = _police(pdf).ToUnicode
    lecture.write(lecture.read_bytes().replace(b"<0001> <", b"<0F01> <", 1))
