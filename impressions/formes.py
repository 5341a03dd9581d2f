"""Mettre un texte en forme par HarfBuzz : ligatures, accents posés, et la largeur de ce qui se dessinera."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

from impressions.ecritures import Morceau, morceaux, simple
from impressions.polices import Fonte, lettres, se_pose

_SANS_LIGATURE: Final = {"kern": False, "liga": False}


class Glyphe(NamedTuple):
    """Un dessin, et ce qu'il fait lire. Mesures en millièmes du corps ; ``dx``, ``dy`` : son décalage."""

    numero: int
    texte: str
    avance: float
    dx: float = 0.0
    dy: float = 0.0


@dataclass(frozen=True, slots=True)
class Forme:
    """Un bout de texte prêt à dessiner, de gauche à droite. ``texte`` : dans l'ordre où il se lit.

    ``fidele`` : chaque dessin, à la suite du précédent, fait lire ses lettres ; sinon le PDF redit le texte à côté.
    ``miroir`` : il se lit de droite à gauche.
    """

    texte: str
    fonte: Fonte
    glyphes: tuple[Glyphe, ...]
    corps: float = 1.0
    feint: bool = False
    fidele: bool = True
    miroir: bool = False

    @property
    def largeur(self) -> float:
        """Sa largeur, pour une taille de 1."""
        return sum(glyphe.avance for glyphe in self.glyphes) * self.corps / 1000


@lru_cache(maxsize=20_000)
def largeur(police: str, texte: str) -> float:
    """La largeur de ``texte`` pour une taille de 1."""
    if simple(police, texte):
        connues = lettres(police)
        return sum([connues[lettre][1] for lettre in texte]) * connues.corps / 1000
    return sum(forme.largeur for forme in formes(police, texte))


@lru_cache(maxsize=20_000)
def formes(police: str, texte: str, *, miroir: bool | None = None) -> tuple[Forme, ...]:
    """Le texte mis en forme, morceau par morceau, dans l'ordre où il se lit.

    ``miroir`` : de droite à gauche ; ``None`` : le sens de chaque écriture.
    """
    return tuple(_former(morceau, miroir) for morceau in morceaux(police, texte))


def _former(morceau: Morceau, miroir: bool | None) -> Forme:
    fonte = morceau.fonte
    if not (miroir or morceau.ecriture.former or any(map(se_pose, morceau.texte))):
        numeros = [(lettre, fonte.glyphe(lettre) or 0) for lettre in morceau.texte]
        poses = tuple(Glyphe(numero, lettre, fonte.chasse(numero)) for lettre, numero in numeros)
        return Forme(morceau.texte, fonte, poses, morceau.corps, morceau.feint)
    tampon = _par_harfbuzz(morceau, miroir)
    renverse = str(tampon.direction) == "rtl"
    lus = _textes(morceau.texte, [info.cluster for info in tampon.glyph_infos], renverse)
    poses = tuple(
        Glyphe(info.codepoint, lu, p.x_advance * fonte.unite, p.x_offset * fonte.unite, p.y_offset * fonte.unite)
        for info, p, lu in zip(tampon.glyph_infos, tampon.glyph_positions, lus, strict=True)
    )
    fidele = "".join(lus) == morceau.texte and all(map(_a_la_suite, poses))
    return Forme(morceau.texte, fonte, poses, morceau.corps, morceau.feint, fidele, renverse)


def _a_la_suite(glyphe: Glyphe) -> bool:
    return bool(glyphe.texte) and not (glyphe.dx or glyphe.dy)


def _par_harfbuzz(morceau: Morceau, miroir: bool | None) -> Any:
    import uharfbuzz as hb

    tampon = hb.Buffer()
    tampon.add_str(morceau.texte)
    tampon.guess_segment_properties()
    if morceau.ecriture.iso:
        tampon.script = morceau.ecriture.iso
    if miroir is not None:
        tampon.direction = "rtl" if miroir else "ltr"
    hb.shape(morceau.fonte.hb, tampon, _SANS_LIGATURE if morceau.ecriture.iso == "Latn" else None)
    return tampon


def _textes(texte: str, rangs: list[int], miroir: bool) -> list[str]:
    """Ce que chaque dessin fait lire : ses lettres ; d'un groupe, une à chacun s'il y en a autant, sinon au premier."""
    bornes = dict(pairwise([*sorted(set(rangs)), len(texte)]))
    restent = {rang: list(texte[rang:fin]) for rang, fin in bornes.items()}
    nombre = {rang: rangs.count(rang) for rang in bornes}
    lus = []
    for rang in rangs:
        groupe = restent[rang]
        if nombre[rang] == len(texte[rang : bornes[rang]]):
            lus.append(groupe.pop(-1 if miroir else 0))
        else:
            lus.append("".join(groupe))
            groupe.clear()
    return lus
