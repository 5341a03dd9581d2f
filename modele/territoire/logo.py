"""Le logo que portent les papiers ordinaires : ``logo.png``, ``logo.jpg`` ou ``logo.svg`` d'un territoire.

Seul l'en-tête du fichier se lit ici : son dessin appartient au papier. D'une couche à l'autre, celui du dessus sert ;
un fichier fautif est mis de côté et se dit, le papier s'imprime sans lui.

Essais : ``tests/modele/territoire/test_logo.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from modele.regles.disque import lire_octets
from modele.regles.fautes import ErreurUtilisateur, Faute, FichierFautif
from modele.sources import Couche, Fichier, Lecture

NATURE: Final = "logo"
NOMS: Final = ("logo.svg", "logo.png", "logo.jpg")
OCTETS_AU_PLUS: Final = 512 * 1024
COTE_AU_PLUS, COTE_AU_MOINS, ALLONGE_AU_PLUS = 4_000, 40, 8
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_SVG: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<svg[\s>]", re.DOTALL)
# Ce qu'un SVG peut aller chercher hors de lui, ou exécuter ; un texte dépend des polices du poste.
_SVG_REFUSES: Final = {
    rb"<!DOCTYPE|<!ENTITY": "il déclare des entités",
    rb"<script|\son\w+\s*=": "il contient un script",
    rb"<image|<foreignObject|href\s*=\s*[\"'](?!#)": "il contient ou appelle un autre fichier",
    rb"<text[\s>]": "il contient du texte : changez-le en tracés",
}
_SANS_DIMENSION: Final = frozenset((0xC4, 0xC8, 0xCC))


@dataclass(frozen=True, slots=True)
class Logo:
    """Un logo vérifié. ``genre`` : « png », « jpg » ou « svg »."""

    genre: str
    octets: bytes = field(repr=False)


def servir_logo(lecture: Lecture, dossier: str) -> Logo | None:
    """Le logo de la couche la plus haute qui en a un sain ; ``None`` s'il n'y en a pas. Lève ``FichierFautif``."""
    lus = [lu for nom in NOMS for lu in lecture.empiler(f"{dossier}/{nom}", lire_logo)]
    couches = list(Couche)
    return max(lus, key=lambda lu: couches.index(lu[0].couche))[1] if lus else None


def lire_logo(fichier: Fichier) -> Logo:
    """Le logo de ce fichier. Lève ``FichierFautif`` : trop gros, illisible, d'un autre format que son nom."""
    octets = fichier.octets if fichier.lieu is None else lire_octets(fichier.lieu, OCTETS_AU_PLUS)
    genre = PurePosixPath(fichier.name).suffix[1:]
    if faute := _faute(genre, octets):
        raise FichierFautif([Faute(fichier.name, "", None, f"ce logo ne sert pas : {faute}.")])
    return Logo(genre, octets)


def nom_du_logo(suffixe: str) -> str:
    """Le nom que prend un fichier choisi, d'après son suffixe (« .PNG »). Lève ``ErreurUtilisateur``."""
    nom = f"logo{suffixe.lower().replace('.jpeg', '.jpg')}"
    if nom not in NOMS:
        raise ErreurUtilisateur("Ce logo ne sert pas : ce n'est ni un PNG, ni un JPEG, ni un SVG.")
    return nom


def _faute(genre: str, octets: bytes) -> str:
    if len(octets) > OCTETS_AU_PLUS:
        return f"il dépasse {OCTETS_AU_PLUS // 1024} Kio. Réduisez-le"
    if genre == "svg":
        return _faute_d_un_svg(octets)
    cotes = _cotes_d_un_png(octets) if genre == "png" else _cotes_d_un_jpeg(octets)
    if cotes is None:
        return f"ce n'est pas une image {'PNG' if genre == 'png' else 'JPEG'}. Enregistrez-le dans ce format"
    petit, grand = sorted(cotes)
    if petit < COTE_AU_MOINS or grand > COTE_AU_PLUS:
        return f"il fait {cotes[0]} × {cotes[1]} points ; attendu : de {COTE_AU_MOINS} à {COTE_AU_PLUS} de côté"
    return f"il est plus de {ALLONGE_AU_PLUS} fois plus long que large" if grand > petit * ALLONGE_AU_PLUS else ""


def _faute_d_un_svg(octets: bytes) -> str:
    if not _SVG.match(octets):
        return "ce n'est pas une image SVG. Enregistrez-le dans ce format"
    return next((raison for motif, raison in _SVG_REFUSES.items() if re.search(motif, octets, re.IGNORECASE)), "")


def _cotes_d_un_png(octets: bytes) -> tuple[int, int] | None:
    if not octets.startswith(_PNG) or octets[12:16] != b"IHDR":
        return None
    return int.from_bytes(octets[16:20], "big"), int.from_bytes(octets[20:24], "big")


def _cotes_d_un_jpeg(octets: bytes) -> tuple[int, int] | None:
    """Lus dans le premier segment « SOF » (ITU-T T.81, annexe B)."""
    rang = len(_JPEG)
    while octets.startswith(_JPEG) and rang + 9 <= len(octets) and octets[rang] == 0xFF:
        marque = octets[rang + 1]
        if 0xC0 <= marque <= 0xCF and marque not in _SANS_DIMENSION:
            haut, large = (int.from_bytes(octets[rang + k : rang + k + 2], "big") for k in (5, 7))
            return large, haut
        rang += 2 + int.from_bytes(octets[rang + 2 : rang + 4], "big")
    return None
