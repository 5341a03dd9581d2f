"""Les polices embarquées et l'écriture que chacune sait écrire, déclarées dans ``ressources/polices/polices.toml``.

Aucun fichier n'est lu avant que son écriture ne se rencontre. Une police se nomme « famille-graisse » ; suivie de
« -chiffres », ses dix chiffres ont la même chasse (colonnes de points).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import tomli

from modele.regles.fautes import ErreurUtilisateur
from ressources import RESSOURCES

POLICES = RESSOURCES / "polices"
NORMAL, ITALIQUE, DEMI, GRAS = "perron-normal", "perron-italique", "perron-demi", "perron-gras"
CHIFFRES, CHIFFRES_DOUX = "perron-gras-chiffres", "perron-normal-chiffres"
_LATIN: Final = "0123456789"
# L'espace sans chasse et le caractère nul, que ces polices dessinent vides ; à défaut l'espace.
_SANS_ENCRE: Final = "\u200b\0 "
_EPAISSES: Final = ("gras", "demi")
Point = tuple[float, float]
_MANQUE = (
    "La police {} manque, ou elle est abîmée : rien ne peut s'imprimer. Réinstallez Perron ; les dossiers "
    "ne risquent rien."
)


@dataclass(frozen=True, slots=True)
class Ecriture:
    """Une écriture et les familles qui savent l'écrire, la première d'abord.

    ``iso`` : code ISO 15924, vide pour ce qui est commun à toutes (chiffres, ponctuation).
    ``former`` : ses lettres changent de forme, ou se placent les unes selon les autres.
    """

    iso: str
    nom: str
    familles: tuple[str, ...]
    former: bool = False


@dataclass(frozen=True, slots=True)
class Famille:
    """Des fichiers par graisse. ``echelle`` : son corps, rapporté à celui du latin.

    ``accents`` : elle sait poser un accent isolé sur n'importe quelle lettre.
    """

    fichiers: Mapping[str, str]
    echelle: float = 1.0
    accents: bool = True

    def ecrit(self, texte: str, graisse: str) -> bool:
        """Vrai si elle a de quoi écrire tout ce texte."""
        return (self.accents or not any(map(se_pose, texte))) and fonte(self.fichier(graisse)).ecrit(texte)

    def fichier(self, graisse: str) -> str:
        """Celui de cette graisse, sinon de la plus proche."""
        replis = {"demi": "gras"}
        return self.fichiers.get(graisse) or self.fichiers.get(replis.get(graisse, ""), self.fichiers["normal"])

    def feinte(self, graisse: str) -> bool:
        """Vrai si le gras demandé n'a pas de fichier : il s'obtient en épaississant le trait."""
        return graisse in _EPAISSES and self.fichier(graisse) == self.fichiers["normal"]


@dataclass(frozen=True, slots=True)
class Declarees:
    """Ce que dit ``polices.toml`` : familles, et blocs Unicode rangés par leur début."""

    familles: Mapping[str, Famille]
    commun: Ecriture
    debuts: tuple[int, ...]
    plages: tuple[tuple[int, Ecriture], ...]

    def ecriture(self, lettre: str) -> Ecriture:
        """L'écriture de cette lettre, ou ce qui est commun à toutes."""
        rang = bisect_right(self.debuts, ord(lettre)) - 1
        if rang < 0 or ord(lettre) > self.plages[rang][0]:
            return self.commun
        return self.plages[rang][1]


@cache
def declarees() -> Declarees:
    """Les polices livrées, lues une fois. Lève ``ErreurUtilisateur`` si leur déclaration manque ou est abîmée."""
    chemin = POLICES / "polices.toml"
    try:
        table = tomli.loads(chemin.read_text(encoding="utf-8"))
        return _declarees(table)
    except (OSError, ValueError, LookupError, TypeError) as panne:
        raise ErreurUtilisateur(_MANQUE.format(chemin.name)) from panne


def _declarees(table: Mapping[str, Any]) -> Declarees:
    familles = {
        nom: Famille(
            {cle: valeur for cle, valeur in dite.items() if isinstance(valeur, str)},
            dite.get("echelle", 1.0),
            dite.get("accents", True),
        )
        for nom, dite in table["familles"].items()
    }
    blocs = []
    for dite in table["ecritures"]:
        ecriture = Ecriture(dite["iso"], dite["nom"], tuple(dite["familles"]), dite.get("former", False))
        for plage in dite["plages"]:
            debut, _, fin = plage.partition("-")
            blocs.append((int(debut, 16), int(fin, 16), ecriture))
    blocs.sort(key=lambda bloc: bloc[0])
    commun = Ecriture("", "signes", tuple(table["commun"]["familles"]))
    debuts, plages = tuple(b for b, _, _ in blocs), tuple((f, e) for _, f, e in blocs)
    return Declarees(familles, commun, debuts, plages)


class Fonte:
    """Un fichier de police, ouvert par HarfBuzz. Ses mesures sont en millièmes du corps."""

    def __init__(self, chemin: Path) -> None:
        import uharfbuzz as hb

        self.nom = chemin.stem
        self.face = hb.Face(hb.Blob.from_file_path(str(chemin)))
        if not self.face.glyph_count or "glyf" not in self.face.table_tags:
            raise ValueError(chemin.name)
        self.hb = hb.Font(self.face)
        self.unite = 1000 / self.face.upem
        self._glyphes: dict[str, int | None] = {}
        self._chasses: dict[int, float] = {}
        self._traces: dict[int, str] = {}

    def glyphe(self, lettre: str) -> int | None:
        """Le numéro du dessin de cette lettre, ou ``None`` si la police ne l'a pas."""
        if lettre not in self._glyphes:
            self._glyphes[lettre] = self.hb.get_nominal_glyph(ord(lettre))
        return self._glyphes[lettre]

    def chasse(self, glyphe: int) -> float:
        """La largeur d'un dessin, posé seul."""
        if glyphe not in self._chasses:
            self._chasses[glyphe] = self.hb.get_glyph_h_advance(glyphe) * self.unite
        return self._chasses[glyphe]

    def ecrit(self, texte: str) -> bool:
        """Vrai si chaque lettre a son dessin."""
        return all(self.glyphe(lettre) is not None for lettre in texte)

    @cached_property
    def vide(self) -> int | None:
        """Un dessin sans encre, de préférence sans largeur : il ne fait que lire."""
        connus = (glyphe for lettre in _SANS_ENCRE if (glyphe := self.glyphe(lettre)) is not None)
        return next((glyphe for glyphe in connus if not self.trace(glyphe)), None)

    def trace(self, glyphe: int) -> str:
        """Le contour d'un dessin, en opérateurs PDF, dans l'unité de la police."""
        if glyphe not in self._traces:
            plume = _Plume()
            self.hb.draw_glyph_with_pen(glyphe, plume)
            self._traces[glyphe] = " ".join(plume.code)
        return self._traces[glyphe]

    @property
    def chiffres_alignes(self) -> Mapping[str, int]:
        """Les dix chiffres à chasse fixe (``tnum``)."""
        import uharfbuzz as hb

        tampon = hb.Buffer()
        tampon.add_str(_LATIN)
        tampon.guess_segment_properties()
        hb.shape(self.hb, tampon, {"tnum": True, "kern": False})
        return {chiffre: info.codepoint for chiffre, info in zip(_LATIN, tampon.glyph_infos or (), strict=True)}


class _Plume:
    """Recopie un contour en opérateurs PDF ; une courbe du second degré y devient du troisième."""

    def __init__(self) -> None:
        self.code: list[str] = []
        self._la: Point = (0.0, 0.0)

    def moveTo(self, point: Point) -> None:
        self._vers("m", point)

    def lineTo(self, point: Point) -> None:
        self._vers("l", point)

    def qCurveTo(self, guide: Point, fin: Point) -> None:
        guides = [((2 * gx + x) / 3, (2 * gy + y) / 3) for gx, gy in (guide,) for x, y in (self._la, fin)]
        self._vers("c", *guides, fin)

    def curveTo(self, *points: Point) -> None:
        self._vers("c", *points)

    def closePath(self) -> None:
        self.code.append("h")

    def _vers(self, operateur: str, *points: Point) -> None:
        self._la = points[-1]
        self.code += [*(f"{x:.4g} {y:.4g}" for x, y in points), operateur]


@cache
def fonte(fichier: str) -> Fonte:
    """La police de ce fichier, lue une fois. Lève ``ErreurUtilisateur`` s'il manque ou s'il est abîmé."""
    from uharfbuzz import HarfBuzzError

    try:
        return Fonte(POLICES / fichier)
    except (HarfBuzzError, OSError, LookupError, ValueError) as panne:
        raise ErreurUtilisateur(_MANQUE.format(fichier)) from panne


class Lettres(dict[str, tuple[int, float]]):
    """D'une police nommée, chaque lettre qui s'écrit seule : son dessin et sa chasse, cherchés une fois.

    ``corps`` : par combien multiplier la taille.
    """

    def __init__(self, police: str) -> None:
        super().__init__()
        famille, graisse, *reste = police.split("-")
        declaree = declarees().familles[famille]
        self.fonte, self.corps = fonte(declaree.fichier(graisse)), declaree.echelle
        for chiffre, glyphe in (self.fonte.chiffres_alignes if reste else {}).items():
            self[chiffre] = (glyphe, self.fonte.chasse(glyphe))

    def __missing__(self, lettre: str) -> tuple[int, float]:
        glyphe = self.fonte.glyphe(lettre)
        if glyphe is None:
            raise KeyError(lettre)
        self[lettre] = trouve = (glyphe, self.fonte.chasse(glyphe))
        return trouve


@cache
def lettres(police: str) -> Lettres:
    """Les lettres de cette police. Lève ``ErreurUtilisateur`` si son fichier manque."""
    return Lettres(police)


@lru_cache(maxsize=5_000)
def se_pose(lettre: str) -> bool:
    """Vrai pour ce qui s'attache à la lettre d'avant : un accent, un liant."""
    return lettre in "\u200c\u200d" or unicodedata.category(lettre)[0] == "M"
