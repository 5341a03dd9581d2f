"""L'allure : jetons (couleurs, espacements, tailles), polices, feuille de style, icônes. Ne connaît aucun composant.

Essais : ``tests/ui/theme``.
"""

from ui.theme.jetons import (
    CIBLE,
    ECHELLES,
    FAMILLE,
    FOCUS,
    JETONS,
    PAIRES,
    RAYON,
    RAYON_PETIT,
    TAILLES,
    Couleurs,
    Nom,
    Theme,
    Ton,
    contraste,
    espace,
)

__all__ = [
    "CIBLE",
    "ECHELLES",
    "FAMILLE",
    "FOCUS",
    "JETONS",
    "PAIRES",
    "RAYON",
    "RAYON_PETIT",
    "TAILLES",
    "Couleurs",
    "Nom",
    "Theme",
    "Ton",
    "contraste",
    "espace",
]
