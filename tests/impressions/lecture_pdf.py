"""Lire un PDF produit : son texte, ses octets décompressés, son arbre de structure, l'empreinte de ses pages."""

from __future__ import annotations

import ctypes
import io
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pypdfium2 as pdfium
import pypdfium2.raw as brut
from PIL import Image

from impressions.apercu import pages


def texte(pdf: bytes) -> str:
    """Le texte de toutes les pages, retours et espaces tels quels, sauf celle qui finit une ligne."""
    document = pdfium.PdfDocument(pdf)
    try:
        lu = "\f".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "\n")
        return re.sub(r" +(?=[\n\f]|$)", "", lu)
    finally:
        document.close()


def texte_plat(pdf: bytes) -> str:
    """Le texte sans retours ni espaces particulières, pour y chercher une phrase."""
    return " ".join(texte(pdf).replace("\u00a0", " ").replace("\u202f", " ").split())


def octets(pdf: bytes) -> bytes:
    """Le fichier et tous ses flux décompressés."""
    clairs = [pdf]
    for flux in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        donnees = flux
        try:
            clairs.append(zlib.decompress(donnees))
        except zlib.error:
            clairs.append(donnees)
    return b"\n".join(clairs)


def metadonnees(pdf: bytes) -> dict[str, str]:
    document = pdfium.PdfDocument(pdf)
    try:
        return document.get_metadata_dict()
    finally:
        document.close()


def signets(pdf: bytes) -> list[str]:
    document = pdfium.PdfDocument(pdf)
    try:
        return [signet.get_title() for signet in document.get_toc()]
    finally:
        document.close()


@dataclass(frozen=True, slots=True)
class Lue:
    """Un élément de structure tel que pdfium le lit sur une page. ``redit`` : ce que l'arbre dit lire à sa place."""

    page: int
    role: str
    texte: str
    alt: str
    langue: str
    redit: str


def arbre(pdf: bytes) -> list[Lue]:
    """L'arbre de structure, page à page, dans l'ordre de lecture."""
    document = pdfium.PdfDocument(pdf)
    trouves: list[Lue] = []
    for numero, page in enumerate(document):
        textes = _par_marque(page)
        racine = brut.FPDF_StructTree_GetForPage(page.raw)
        for rang in range(brut.FPDF_StructTree_CountChildren(racine)):
            _descendre(brut.FPDF_StructTree_GetChildAtIndex(racine, rang), numero, textes, trouves)
        brut.FPDF_StructTree_Close(racine)
    document.close()
    return trouves


def _descendre(element: object, page: int, textes: dict[int, str], trouves: list[Lue]) -> None:
    marques = (
        brut.FPDF_StructElement_GetMarkedContentIdAtIndex(element, rang)
        for rang in range(brut.FPDF_StructElement_GetMarkedContentIdCount(element))
    )
    lu = "".join(textes.get(marque, "") for marque in marques)
    dire = partial(_dire, element)
    trouves.append(
        Lue(
            page,
            dire(brut.FPDF_StructElement_GetType),
            lu,
            dire(brut.FPDF_StructElement_GetAltText),
            dire(brut.FPDF_StructElement_GetLang),
            dire(brut.FPDF_StructElement_GetActualText),
        )
    )
    for rang in range(brut.FPDF_StructElement_CountChildren(element)):
        enfant = brut.FPDF_StructElement_GetChildAtIndex(element, rang)
        if enfant:
            _descendre(enfant, page, textes, trouves)


def _dire(element: object, demander: Callable[..., int]) -> str:
    long = demander(element, None, 0)
    tampon = ctypes.create_string_buffer(long)
    demander(element, tampon, long)
    return tampon.raw.decode("utf-16le").strip("\0")


def _par_marque(page: pdfium.PdfPage) -> dict[int, str]:
    """Le texte de chaque contenu marqué d'une page."""
    lue, textes = page.get_textpage(), {}
    for objet in page.get_objects((brut.FPDF_PAGEOBJ_TEXT,)):
        marque = brut.FPDFPageObj_GetMarkedContentID(objet.raw)
        if marque < 0:
            continue  # un artefact
        long = brut.FPDFTextObj_GetText(objet.raw, lue.raw, None, 0)
        tampon = ctypes.create_string_buffer(long)
        brut.FPDFTextObj_GetText(objet.raw, lue.raw, ctypes.cast(tampon, ctypes.POINTER(ctypes.c_ushort)), long)
        textes[marque] = textes.get(marque, "") + tampon.raw.decode("utf-16le").strip("\0")
    return textes


def roles(pdf: bytes) -> list[str]:
    """Les rôles de l'arbre de structure, page à page, dans l'ordre de lecture."""
    return [lue.role for lue in arbre(pdf)]


def vignettes(pdf: bytes, large: int = 150) -> list[Image.Image]:
    """Chaque page en petite image de gris."""
    return [Image.open(io.BytesIO(png)).convert("L").resize((large, large * 1414 // 1000)) for png in pages(pdf, 600)]


def ecart(une: Image.Image, autre: Image.Image) -> float:
    """L'écart moyen entre deux images de même taille, de 0 (égales) à 255."""
    paires = zip(une.tobytes(), autre.tobytes(), strict=True)
    return sum(abs(a - b) for a, b in paires) / (une.width * une.height)
