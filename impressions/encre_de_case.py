"""Le dessin de ce qui s'écrit dans une case de PDF, à sa taille : nos polices, donc tout nom, accents compris.

Les lecteurs de PDF ne savent dessiner d'eux-mêmes que les lettres de l'alphabet latin de l'ouest : « Őzgür », « Đặng »
y deviennent des points d'interrogation. Chaque case reçoit ici son dessin, tel qu'il s'imprime.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from impressions.balises import Balisage, Noeud
from impressions.ecritures import police_pour
from impressions.fontes_pdf import FontesDuDocument
from impressions.lignes import Ligne, Segment, couper, largeur_de, texte_de
from impressions.pages import toile_de
from impressions.polices import NORMAL
from impressions.sens import sens_des_lignes
from impressions.styles import ENCRE
from impressions.toile import Toile

_MARGE: Final = 2.0
_INTERLIGNE: Final = 1.18
_CORPS: Final = 11.0
_MOINDRE: Final = 6.0
_PAS: Final = 0.5
_HAMPE: Final = 0.72
_JAMBE: Final = 0.22
"""Au-dessous de la ligne de base, comme ``_HAMPE`` au-dessus, rapporté au corps."""


@dataclass(frozen=True, slots=True)
class Cadre:
    """Une case. ``corps`` : la taille que le PDF demande, 0 s'il laisse libre. ``peigne`` : en combien elle est coupée.

    ``lignes`` : plusieurs lignes y tiennent. ``bord`` : 0 à gauche, 1 au milieu, 2 à droite.
    """

    large: float
    haut: float
    corps: float = 0.0
    lignes: bool = False
    peigne: int = 0
    bord: int = 0


@dataclass(frozen=True, slots=True)
class Dessin:
    """Ce qui tient dans un cadre : ses lignes, et l'abscisse de chacune."""

    cadre: Cadre
    corps: float
    lignes: tuple[Ligne, ...]


def ajuster(texte: str, cadre: Cadre) -> Dessin | None:
    """Le texte à la plus grande taille qui tienne ; ``None`` s'il ne tient pas, même petit."""
    if cadre.peigne and len(texte) > cadre.peigne:
        return None
    corps = cadre.corps or min(_CORPS, max(_MOINDRE, (cadre.haut - _MARGE) / (_HAMPE + _JAMBE)))
    while corps >= _MOINDRE:
        lignes = _lignes(texte, cadre, corps)
        if _tiennent(lignes, cadre, corps):
            return Dessin(cadre, corps, tuple(lignes))
        corps -= _PAS
    return None


def _lignes(texte: str, cadre: Cadre, corps: float) -> list[Ligne]:
    segment = Segment(texte, police_pour(NORMAL, texte), corps, ENCRE)
    if cadre.lignes:
        return couper([segment], cadre.large - 2 * _MARGE)
    return [(segment,)]


def _tiennent(lignes: Sequence[Ligne], cadre: Cadre, corps: float) -> bool:
    haut = corps * (_INTERLIGNE * (len(lignes) - 1) + _HAMPE + _JAMBE)
    if cadre.peigne:
        pas = cadre.large / cadre.peigne
        return haut <= cadre.haut and all(_large(lettre, corps) <= pas for lettre in texte_de(lignes[0]))
    return haut <= cadre.haut and all(largeur_de(ligne) <= cadre.large - 2 * _MARGE for ligne in lignes)


def _large(lettre: str, corps: float) -> float:
    return Segment(lettre, police_pour(NORMAL, lettre), corps, ENCRE).largeur


def dessiner(dessins: Iterable[Dessin]) -> bytes:
    """Un PDF d'une page par dessin, chacune de la taille de sa case."""
    sortie = io.BytesIO()
    canevas = toile_de(sortie, (1.0, 1.0))
    toile = Toile(canevas, Balisage(Noeud("Document")), FontesDuDocument(canevas._doc))
    for dessin in dessins:
        canevas.setPageSize((dessin.cadre.large, dessin.cadre.haut))
        _tracer(toile, dessin)
        canevas.showPage()
    toile.fontes.ecrire()
    canevas.save()
    return sortie.getvalue()


def _tracer(toile: Toile, dessin: Dessin) -> None:
    cadre, corps = dessin.cadre, dessin.corps
    if cadre.peigne:
        _peigner(toile, dessin)
        return
    sens = sens_des_lignes([texte_de(ligne) for ligne in dessin.lignes], miroir=False)
    pas = corps * _INTERLIGNE
    y = cadre.haut - _MARGE - corps * _HAMPE if cadre.lignes else _milieu(cadre, corps)
    for ligne, niveaux in zip(dessin.lignes, sens, strict=True):
        libre = cadre.large - 2 * _MARGE - largeur_de(ligne)
        toile.texte(_MARGE + max(0.0, libre) * cadre.bord / 2, y, ligne, niveaux)
        y -= pas


def _peigner(toile: Toile, dessin: Dessin) -> None:
    """Une lettre au milieu de chaque dent."""
    cadre, corps = dessin.cadre, dessin.corps
    pas = cadre.large / cadre.peigne
    for rang, lettre in enumerate(texte_de(dessin.lignes[0])):
        segment = Segment(lettre, police_pour(NORMAL, lettre), corps, ENCRE)
        toile.texte(pas * rang + (pas - segment.largeur) / 2, _milieu(cadre, corps), (segment,))


def _milieu(cadre: Cadre, corps: float) -> float:
    return (cadre.haut - corps * (_HAMPE + _JAMBE)) / 2 + corps * _JAMBE
