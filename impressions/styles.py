"""Les tailles, les encres et les marges du papier : une seule source, agrandie pour les grands caractères."""

from __future__ import annotations

from dataclasses import dataclass, replace

from impressions.polices import CHIFFRES, CHIFFRES_DOUX, DEMI, GRAS, NORMAL

ENCRE = "#1F2430"
ENCRE_DOUCE = "#4A5160"
TRAIT = "#B9B4AB"
PALE = "#E6E2DA"
PAGE = (595.276, 841.89)
MARGE_COTE, MARGE_HAUT, MARGE_BAS = 48.0, 44.0, 60.0
PIED = 24.0
CORPS = 10.8
GRANDS_CARACTERES = 18 / CORPS
"""Le corps y fait dix-huit points, ce que demande qui voit mal ; le petit texte, seize, et le pied, douze."""
_MOINDRE, _PIED_GRAND = 16.0, 12.0
_PROFONDE, _DESSOUS = 1.3, 2.0
"""D'un titre en écriture arabe : l'interligne, le blanc de plus dessous. Ses points descendent d'un demi-corps."""


@dataclass(frozen=True, slots=True)
class Style:
    """L'allure d'un texte, en points. ``avant``, ``apres`` : blancs ; ils ne s'ajoutent pas, le plus grand compte."""

    taille: float = CORPS
    interligne: float = 15.2
    police: str = NORMAL
    couleur: str = ENCRE
    avant: float = 0.0
    apres: float = 6.0
    a_droite: bool = False
    retrait: float = 0.0


@dataclass(frozen=True, slots=True)
class Styles:
    """Le jeu de styles d'un document."""

    titre: Style
    sous_titre: Style
    section: Style
    sous_section: Style
    corps: Style
    puce: Style
    petit: Style
    fort: Style
    points: Style
    points_doux: Style
    total: Style
    total_points: Style
    grand: Style
    numero: Style
    pied: Style
    echelle: float


_CORPS = Style()
_PETIT = Style(8.8, 12.0, couleur=ENCRE_DOUCE, apres=2)


def styles(*, grands_caracteres: bool = False, miroir: bool = False) -> Styles:
    """Les styles ordinaires, ou agrandis. ``miroir`` : d'une page qui se lit de droite à gauche."""
    k = GRANDS_CARACTERES if grands_caracteres else 1.0
    aere, dessous = (_PROFONDE, _DESSOUS) if miroir else (1.0, 0.0)

    def agrandir(style: Style) -> Style:
        if k > 1 and style.taille * k < _MOINDRE:
            style = replace(style, taille=_MOINDRE / k, interligne=style.interligne * _MOINDRE / k / style.taille)
        return replace(
            style, taille=style.taille * k, interligne=style.interligne * k, avant=style.avant * k,
            apres=style.apres * k, retrait=style.retrait * k,
        )  # fmt: skip

    return Styles(
        titre=agrandir(Style(21, 25 * aere, GRAS, apres=2 + dessous)),
        sous_titre=agrandir(replace(_PETIT, apres=0)),
        section=agrandir(Style(12.8, 16.5, GRAS, avant=17, apres=5)),
        sous_section=agrandir(Style(10.8, 15, GRAS, avant=9, apres=2)),
        corps=agrandir(_CORPS),
        puce=agrandir(replace(_CORPS, apres=3, retrait=13)),
        petit=agrandir(_PETIT),
        fort=agrandir(replace(_CORPS, police=DEMI, apres=0)),
        points=agrandir(replace(_CORPS, police=CHIFFRES, a_droite=True, apres=0)),
        points_doux=agrandir(replace(_CORPS, police=CHIFFRES_DOUX, a_droite=True, apres=0, couleur=ENCRE_DOUCE)),
        total=agrandir(Style(12.8, 17, GRAS, apres=0)),
        total_points=agrandir(Style(12.8, 17, CHIFFRES, apres=0, a_droite=True)),
        grand=agrandir(Style(25, 29 * aere, GRAS, apres=3 + dessous)),
        numero=agrandir(Style(12.8, 15.2, GRAS, apres=0)),
        pied=agrandir(Style(8.2, 11, couleur=ENCRE_DOUCE, apres=0))
        if k == 1.0
        else replace(_PETIT, taille=_PIED_GRAND, interligne=_PIED_GRAND * 1.3, apres=0),
        echelle=k,
    )
