"""L'icône de Perron, à toutes les tailles, tirée d'un seul dessin : ``ressources/identite/perron.svg``.

À relancer quand le dessin change (``make identite``) ; les images se gardent dans le dépôt, un poste ne les refait pas.
"""

from __future__ import annotations

import io
from pathlib import Path

from ui.systeme.identite import BUREAU, ICONES, TAILLES


def dessiner(dessin: str, cote: int) -> bytes:
    """Le PNG de ``cote`` pixels."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=dessin, width=cote, height=cote))


def refaire(dossier: Path = ICONES) -> None:
    """Réécrit les PNG et le .ico à côté du dessin."""
    from PIL import Image

    dessin = (dossier / f"{BUREAU}.svg").read_text(encoding="utf-8")
    images = {cote: dessiner(dessin, cote) for cote in TAILLES}
    for cote, png in images.items():
        (dossier / f"{BUREAU}-{cote}.png").write_bytes(png)
    ouvertes = [Image.open(io.BytesIO(png)) for png in images.values()]
    grande, autres = ouvertes[-1], ouvertes[:-1]
    grande.save(dossier / f"{BUREAU}.ico", format="ICO", sizes=[(cote, cote) for cote in TAILLES], append_images=autres)


if __name__ == "__main__":
    refaire()
