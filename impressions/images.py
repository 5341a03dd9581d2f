"""Une image sur la page : le logo de la structure. Préparée une fois, puis citée telle quelle par chaque papier."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from impressions.balises import Noeud
from impressions.blocs import Bloc
from modele.regles.fautes import ErreurUtilisateur

if TYPE_CHECKING:
    from PIL.Image import Image

    from impressions.toile import Toile
    from modele.territoire.logo import Logo

LARGE_AU_PLUS, HAUT_AU_PLUS = 150.0, 46.0
_PIXELS: Final = 640
"""Le plus grand côté, en points d'image : trois cents par pouce à la taille imprimée."""
_ILLISIBLE: Final = (
    "Le logo de la structure ne se lit pas : le fichier est abîmé. Remplacez logo.{genre}, ou retirez-le ; rien d'autre"
    " n'empêche d'imprimer."
)


@dataclass(frozen=True, slots=True)
class Pixels:
    """Une image prête à écrire dans un PDF, sur fond blanc. ``objet`` : l'objet entier ; ``nom`` : le sien."""

    large: int
    haut: int
    objet: bytes
    nom: str


@lru_cache(maxsize=8)
def preparer(logo: Logo) -> Pixels:
    """Les points du logo. Lève ``ErreurUtilisateur`` si son dessin ne se lit pas."""
    return _pixels(_dessiner(logo))


def en_png(logo: Logo) -> bytes:
    """Le logo tel que le papier le porte, pour l'écran. Lève ``ErreurUtilisateur`` si son dessin ne se lit pas."""
    sortie = io.BytesIO()
    _dessiner(logo).save(sortie, "PNG")
    return sortie.getvalue()


def _dessiner(logo: Logo) -> Image:
    from PIL import Image, UnidentifiedImageError

    try:
        octets = _dessiner_svg(logo.octets) if logo.genre == "svg" else logo.octets
        return _sur_blanc(Image.open(io.BytesIO(octets)))
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError) as panne:
        raise ErreurUtilisateur(_ILLISIBLE.format(genre=logo.genre)) from panne


def _dessiner_svg(octets: bytes) -> bytes:
    """Un SVG en PNG, sans police ni fichier du poste : le même partout."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=octets.decode("utf-8-sig"), width=_PIXELS, skip_system_fonts=True))


def _sur_blanc(image: Image) -> Image:
    """Sans transparence ni couleur inutile : une imprimante en noir et blanc en fait des gris lisibles."""
    from PIL import Image as Images

    coloree = image.convert("RGBA")
    coloree.thumbnail((_PIXELS, _PIXELS))
    fond = Images.new("RGBA", coloree.size, "white")
    fond.alpha_composite(coloree)
    return fond.convert("RGB")


def _pixels(image: Image) -> Pixels:
    points = image.tobytes()
    serres = zlib.compress(points, 9)
    entete = (
        f"<</Type /XObject /Subtype /Image /Width {image.width} /Height {image.height} /ColorSpace /DeviceRGB"
        f" /BitsPerComponent 8 /Filter /FlateDecode /Length {len(serres)}>>\nstream\n"
    )
    objet = entete.encode("ascii") + serres + b"\nendstream"
    return Pixels(image.width, image.height, objet, f"Image{zlib.crc32(points):08x}")


@dataclass(slots=True, kw_only=True)
class Figure(Bloc):
    """Une image, dans la place donnée, sans la déformer. ``noeud`` : sa figure, dont ``alt`` dit ce qu'on y voit.

    ``a_droite`` : contre le bord droit.
    """

    pixels: Pixels
    noeud: Noeud
    large_au_plus: float = LARGE_AU_PLUS
    haut_au_plus: float = HAUT_AU_PLUS
    a_droite: bool = False

    def _taille(self, large: float) -> tuple[float, float]:
        k = min(min(large, self.large_au_plus) / self.pixels.large, self.haut_au_plus / self.pixels.haut)
        return self.pixels.large * k, self.pixels.haut * k

    def hauteur(self, large: float) -> float:
        return self._taille(large)[1]

    def dessiner(self, toile: Toile, x: float, haut: float, large: float) -> None:
        w, h = self._taille(large)
        gauche = x + large - w if self.a_droite else x
        self.noeud.cadre = (gauche, haut - h, gauche + w, haut)
        with toile.balisage.contenu(toile.canevas, self.noeud):
            toile.image(self.pixels.nom, self.pixels.objet, gauche, haut - h, w, h)
