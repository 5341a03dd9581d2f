"""L'aperçu : les pages d'un PDF en images, telles qu'elles sortiront."""

from __future__ import annotations

import io
from typing import Any

from modele.regles.fautes import ErreurUtilisateur


def pages(pdf: bytes, largeur_px: int, *, serrer: bool = False) -> list[bytes]:
    """Chaque page en image, large de ``largeur_px`` pixels. Lève ``ErreurUtilisateur`` si ``pdf`` ne se lit pas.

    En PPM, que Qt lit de lui-même : un PNG prend sept fois le temps de dessiner. ``serrer`` : en PNG quand même, pour
    des pages à la finesse d'une imprimante, trop lourdes à garder telles quelles.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as cause:
        raise ErreurUtilisateur(
            "L’aperçu est impossible : ce fichier n’est pas un PDF lisible. Recomposez-le."
        ) from cause
    if document.get_formtype():
        document.init_forms()  # sans cela, ce qui est écrit dans les cases d'un formulaire ne se dessine pas
    images = []
    for page in document:
        image = page.render(scale=largeur_px / page.get_width(), rev_byteorder=True)
        images.append(_png(image) if serrer else _ppm(image))
        page.close()
    document.close()
    return images


def _png(image: Any) -> bytes:
    tampon = io.BytesIO()
    image.to_pil().save(tampon, format="PNG")
    return tampon.getvalue()


def _ppm(image: Any) -> bytes:
    """Une image rouge, vert, bleu, sans ce qui aligne ses rangées."""
    points, utile = memoryview(image.buffer).cast("B"), 3 * image.width
    if image.stride != utile:
        rangees = (points[debut : debut + utile] for debut in range(0, image.stride * image.height, image.stride))
        return b"".join((b"P6 %d %d 255\n" % (image.width, image.height), *rangees))
    return b"".join((b"P6 %d %d 255\n" % (image.width, image.height), points))
