"""Ce que dit l'écran des réglages. Sans Qt. Essais : ``tests/ui/ecrans/test_ecran_reglages.py``."""

from __future__ import annotations

from typing import Final

THEMES: Final = {
    "clair": "Clair",
    "sombre": "Sombre",
    "contraste": "Contraste élevé",
    "systeme": "Comme cet ordinateur",
}
"""Les thèmes offerts, par la valeur que gardent les réglages (``ui.etat.preferences``)."""
ENTREE: Final = "Chaque réglage vaut à l'instant et reste sur ce poste. Rien n'est à enregistrer."
DU_COFFRE: Final = "Le territoire est celui du coffre : il ne se change pas ici. Un autre demande un autre coffre."
SANS_IMPRIMANTE: Final = "Aucune imprimante n'est installée sur ce poste. Sans elle, un PDF s'enregistre, d'un geste."
EXEMPLAIRES: Final = "Le nombre d'exemplaires choisi ici est celui de tous les jours."
PAS_DE_LIEU: Final = "Aucun lieu d'accueil n'est saisi pour ce territoire : les papiers n'en portent pas."
VERROU: Final = "Sans un geste, ce poste se verrouille ; ce qui se tape est gardé. F12 le couvre tout de suite."
TOUCHES: Final = "Chercher une touche ou un geste"
AUCUNE_TOUCHE: Final = "Aucune touche ne répond à ces mots."
PARTOUT: Final = "Partout"


def dire_theme(theme: str) -> str:
    """« Thème : sombre. » ; au système, on dit qu'on le suit."""
    return f"Thème : {THEMES[theme].lower()}."


def dire_taille(echelle: int) -> str:
    """« Texte à 150 %. »"""
    return f"Texte à {echelle} %."


def dire_verrou(minutes: int) -> str:
    """« Verrouillé après 10 minutes sans un geste. »"""
    return f"Verrouillé après {minutes} minutes sans un geste."


def dire_lieu(nom: str) -> str:
    """Le lieu qui est désormais en tête des papiers."""
    return f"En tête des papiers : {nom}." if nom else "Plus de lieu d'accueil en tête des papiers."


def dire_impression(resume: str) -> str:
    """Comment ce poste imprime désormais."""
    return f"Impression : {resume}."


def dire_les_touches(combien: int) -> str:
    """Combien la recherche en a trouvé."""
    if not combien:
        return AUCUNE_TOUCHE
    return f"{combien} touche{'s' if combien > 1 else ''}"
