"""Les polices embarquées et la mesure des textes ; pour les colonnes de points, les mêmes avec des chiffres alignés."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from modele.regles.fautes import ErreurUtilisateur
from ressources import RESSOURCES

POLICES = RESSOURCES / "polices"
_FICHIER = "AtkinsonHyperlegibleNext-{}.ttf"
NORMAL, ITALIQUE, DEMI, GRAS = "Perron-Regular", "Perron-Italic", "Perron-SemiBold", "Perron-Bold"
CHIFFRES, CHIFFRES_DOUX = "Perron-Chiffres", "Perron-Chiffres-Doux"
_GRAISSES = {
    NORMAL: "Regular",
    ITALIQUE: "Italic",
    DEMI: "SemiBold",
    GRAS: "Bold",
    CHIFFRES: "Bold",
    CHIFFRES_DOUX: "Regular",
}
_LATIN = "0123456789"
_MANQUE = (
    "La police {} manque, ou elle est abîmée : rien ne peut s'imprimer. Réinstallez Perron ; les dossiers "
    "ne risquent rien."
)


@cache
def police(nom: str) -> Any:
    """La police ReportLab ``nom``, lue une fois et inscrite. Lève ``ErreurUtilisateur`` si son fichier manque."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    chemin = POLICES / _FICHIER.format(_GRAISSES[nom])
    try:
        trouvee = TTFont(nom, str(chemin))
    except (TTFError, OSError, struct.error, LookupError, ValueError) as panne:
        raise ErreurUtilisateur(_MANQUE.format(chemin.name)) from panne
    if nom in (CHIFFRES, CHIFFRES_DOUX):
        _aligner_les_chiffres(trouvee.face, chemin)
    pdfmetrics.registerFont(trouvee)
    return trouvee


def _aligner_les_chiffres(face: Any, chemin: Path) -> None:
    """Remplace les dix chiffres par leurs formes à chasse fixe (``tnum``), que ReportLab ne sait pas demander."""
    import uharfbuzz as hb

    # ReportLab confond deux polices de même nom interne : sans nom propre, celle-ci ne servirait jamais.
    face.name = type(face.name)(face.name + b"-Chiffres")
    fonte = hb.Font(hb.Face(hb.Blob.from_file_path(str(chemin))))
    texte = hb.Buffer()
    texte.add_str(_LATIN)
    texte.guess_segment_properties()
    hb.shape(fonte, texte, {"tnum": True, "kern": False})
    infos, positions = texte.glyph_infos, texte.glyph_positions
    if infos is None or positions is None:
        return
    for chiffre, info, position in zip(_LATIN, infos, positions, strict=True):
        face.charToGlyph[ord(chiffre)] = info.codepoint
        face.charWidths[ord(chiffre)] = position.x_advance


@lru_cache(maxsize=20_000)
def largeur(nom: str, texte: str) -> float:
    """La largeur de ``texte`` pour une taille de 1."""
    return float(police(nom).stringWidth(texte, 1))


@lru_cache(maxsize=5_000)
def lisible(texte: str) -> str:
    """Le texte où un caractère absent de la police devient sa lettre de base, ou « ? » s'il n'en a pas."""
    connus = police(NORMAL).face.charToGlyph
    composes = unicodedata.normalize("NFC", texte)
    if all(ord(lettre) in connus for lettre in composes):
        return composes
    return "".join(lettre if ord(lettre) in connus else _base(lettre, connus) for lettre in composes)


def _base(lettre: str, connus: Any) -> str:
    base = unicodedata.normalize("NFKD", lettre)[0]
    if lettre == "\n":
        return lettre
    if unicodedata.category(lettre) in ("Mn", "Cf", "Cc"):
        return ""
    return base if ord(base) in connus else "?"
