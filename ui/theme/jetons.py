"""La source unique des jetons : couleurs, espacements, rayons, tailles. Aucune couleur ne s'écrit ailleurs.

Ajouter une couleur ou employer un nouveau couple texte sur fond : l'ajouter ici, et à ``PAIRES`` (contraste éprouvé).
Essais : ``tests/ui/theme/test_theme.py``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

FAMILLE: Final = "Atkinson Hyperlegible Next"
FOCUS: Final = 3
"""Épaisseur du cadre de focus, en pixels."""
CIBLE: Final = 44
"""Hauteur d'une cible à 100 %, en pixels (40 au moins)."""
RAYON: Final = 12
RAYON_PETIT: Final = 8
ECHELLES: Final = (100, 125, 150, 175, 200)
"""Tailles de texte offertes, en pour cent."""

TAILLES: Final = {"petit": 13, "texte": 15, "fort": 17, "sous_titre": 20, "titre": 26, "note": 34, "numero": 60}
"""Tailles de texte à 100 %, en pixels."""


class Nom(StrEnum):
    """Les trois thèmes."""

    CLAIR = "clair"
    SOMBRE = "sombre"
    CONTRASTE = "contraste"


class Ton(StrEnum):
    """Le sens d'une couleur. Toujours accompagné d'un mot et d'une icône."""

    NEUTRE = "neutre"
    ACTION = "action"
    IMMEDIAT = "immediat"
    JOUR = "jour"
    SEMAINE = "semaine"
    COURANT = "courant"
    FORMATION = "formation"


class Couleurs(NamedTuple):
    """Les jetons de couleur d'un thème. ``creux`` : fond d'une barre ou d'un intertitre de tableau.

    ``cadre`` : vrai si une pastille a besoin d'un cadre pour se distinguer du fond.
    """

    papier: str
    surface: str
    trait: str
    encre: str
    encre_douce: str
    action: str
    action_fond: str
    sur_action: str
    creux: str
    immediat: str
    immediat_fond: str
    jour: str
    jour_fond: str
    semaine: str
    semaine_fond: str
    courant: str
    courant_fond: str
    formation: str
    formation_fond: str
    cadre: bool = False

    def du_ton(self, ton: Ton | str) -> str:
        """La couleur de texte d'un ton."""
        return self.encre_douce if ton == Ton.NEUTRE else str(getattr(self, ton))

    def fond_du_ton(self, ton: Ton | str) -> str:
        """La couleur de fond d'un ton."""
        return self.creux if ton == Ton.NEUTRE else str(getattr(self, f"{ton}_fond"))


JETONS: Final = {
    Nom.CLAIR: Couleurs(
        papier="#FAF8F5",
        surface="#FFFFFF",
        trait="#D8D2C8",
        encre="#1F2430",
        encre_douce="#565D6D",
        action="#0B5C6B",
        action_fond="#E4F0F1",
        sur_action="#FFFFFF",
        creux="#F1EDE6",
        immediat="#A3211B",
        immediat_fond="#FBECEA",
        jour="#8A4B00",
        jour_fond="#FCF1E2",
        semaine="#5B5A00",
        semaine_fond="#F5F4DC",
        courant="#2F5D3A",
        courant_fond="#E8F2EA",
        formation="#5B2C83",
        formation_fond="#F1E8F8",
    ),
    Nom.SOMBRE: Couleurs(
        papier="#14171C",
        surface="#1D2128",
        trait="#3A414C",
        encre="#ECE8E1",
        encre_douce="#A9B0BC",
        action="#6FC6D3",
        action_fond="#17343A",
        sur_action="#14171C",
        creux="#2A303A",
        immediat="#FF9C92",
        immediat_fond="#431C19",
        jour="#F2B566",
        jour_fond="#3D2A10",
        semaine="#D9D76A",
        semaine_fond="#33320F",
        courant="#8FD3A0",
        courant_fond="#17331F",
        formation="#CDAEEB",
        formation_fond="#2C1F3D",
    ),
    Nom.CONTRASTE: Couleurs(
        papier="#000000",
        surface="#000000",
        trait="#FFFFFF",
        encre="#FFFFFF",
        encre_douce="#FFFFFF",
        action="#FFD400",
        action_fond="#000000",
        sur_action="#000000",
        creux="#1A1A1A",
        immediat="#FFFFFF",
        immediat_fond="#000000",
        jour="#FFFFFF",
        jour_fond="#000000",
        semaine="#FFFFFF",
        semaine_fond="#000000",
        courant="#FFFFFF",
        courant_fond="#000000",
        formation="#7DF9FF",
        formation_fond="#000000",
        cadre=True,
    ),
}

_FONDS_DE_PAGE: Final = ("papier", "surface", "creux")
_TONS: Final = ("immediat", "jour", "semaine", "courant", "formation")
PAIRES: Final = (
    *((texte, fond) for texte in ("encre", "encre_douce", "action") for fond in (*_FONDS_DE_PAGE, "action_fond")),
    *((ton, fond) for ton in _TONS for fond in (f"{ton}_fond", "papier", "surface")),
    *((texte, f"{ton}_fond") for texte in ("encre", "encre_douce") for ton in _TONS),
    # La page de la formation a son fond.
    ("action", "formation_fond"),
    ("sur_action", "action"),
)
"""Tous les couples (texte, fond) employés à l'écran, par noms de jetons."""


class Theme(NamedTuple):
    """Un thème et une échelle de texte (en pour cent) : tout ce qu'il faut pour dessiner."""

    nom: Nom = Nom.CLAIR
    echelle: int = 100

    @property
    def couleurs(self) -> Couleurs:
        """Les couleurs du thème."""
        return JETONS[self.nom]

    def taille(self, nom: str) -> int:
        """Une taille de texte de ``TAILLES``, à l'échelle, en pixels."""
        return self.px(TAILLES[nom])

    def px(self, pixels: int) -> int:
        """Une mesure qui suit le texte (icône, hauteur de cible, colonne), à l'échelle."""
        return round(pixels * self.echelle / 100)

    def agrandi(self, crans: int) -> Theme:
        """Le même thème, le texte monté (ou descendu, si négatif) de ``crans`` crans ; ``0`` revient à 100 %."""
        rang = ECHELLES.index(self.echelle) + crans if crans else 0
        return Theme(self.nom, ECHELLES[max(0, min(rang, len(ECHELLES) - 1))])


def espace(pas: int) -> int:
    """Un espacement : ``pas`` fois 4 pixels. Il ne suit pas l'échelle du texte, pour garder de la place aux mots."""
    return 4 * pas


def _luminance(couleur: str) -> float:
    canaux = (int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5))
    rouge, vert, bleu = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux)
    return 0.2126 * rouge + 0.7152 * vert + 0.0722 * bleu


def contraste(une: str, autre: str) -> float:
    """Le rapport de contraste de deux couleurs ``#RRGGBB``, de 1 à 21 (WCAG 2.2, 1.4.3)."""
    haute, basse = sorted((_luminance(une), _luminance(autre)), reverse=True)
    return (haute + 0.05) / (basse + 0.05)
