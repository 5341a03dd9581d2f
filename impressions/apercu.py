"""L'aperçu : les pages d'un PDF en images, telles qu'elles sortiront."""

from __future__ import annotations

import io

from modele.regles.fautes import ErreurUtilisateur


def pages(pdf: bytes, largeur_px: int) -> list[bytes]:
    """Chaque page en PNG, large de ``largeur_px`` pixels. Lève ``ErreurUtilisateur`` si ``pdf`` ne se lit pas."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as cause:
        raise ErreurUtilisateur(
            "L’aperçu est impossible : ce fichier n’est pas un PDF lisible. Recomposez-le."
        ) from cause
    images = []
    for page in document:
        image = page.render(scale=largeur_px / page.get_width()).to_pil()
        tampon = io.BytesIO()
        image.save(tampon, format="PNG")
        images.append(tampon.getvalue())
        page.close()
    document.close()
    return images
