"""Lire un PDF produit : son texte, ses octets décompressés, son arbre de structure, l'empreinte de ses pages."""

from __future__ import annotations

import ctypes
import io
import re
import zlib

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


def roles(pdf: bytes) -> list[str]:
    """Les rôles de l'arbre de structure, page à page, dans l'ordre de lecture."""
    document = pdfium.PdfDocument(pdf)
    trouves: list[str] = []

    def descendre(element: object) -> None:
        long = brut.FPDF_StructElement_GetType(element, None, 0)
        tampon = ctypes.create_string_buffer(long)
        brut.FPDF_StructElement_GetType(element, tampon, long)
        trouves.append(tampon.raw.decode("utf-16le").strip("\0"))
        for rang in range(brut.FPDF_StructElement_CountChildren(element)):
            enfant = brut.FPDF_StructElement_GetChildAtIndex(element, rang)
            if enfant:
                descendre(enfant)

    for page in document:
        arbre = brut.FPDF_StructTree_GetForPage(page.raw)
        for rang in range(brut.FPDF_StructTree_CountChildren(arbre)):
            descendre(brut.FPDF_StructTree_GetChildAtIndex(arbre, rang))
        brut.FPDF_StructTree_Close(arbre)
    document.close()
    return trouves


def vignettes(pdf: bytes, large: int = 150) -> list[Image.Image]:
    """Chaque page en petite image de gris."""
    return [Image.open(io.BytesIO(png)).convert("L").resize((large, large * 1414 // 1000)) for png in pages(pdf, 600)]


def ecart(une: Image.Image, autre: Image.Image) -> float:
    """L'écart moyen entre deux images de même taille, de 0 (égales) à 255."""
    paires = zip(une.tobytes(), autre.tobytes(), strict=True)
    return sum(abs(a - b) for a, b in paires) / (une.width * une.height)
