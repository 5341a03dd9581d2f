"""Les polices d'une autre écriture à l'écran : celles du papier, chargées quand elle se rencontre, pas avant.

Essais : ``tests/ui/cadre/test_ecritures.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from PySide6.QtGui import QFontDatabase

from impressions.polices import NORMAL, POLICES, declarees

_A_NOUS = NORMAL.partition("-")[0]
_GRAISSES = ("normal", "gras")


def familles_de(textes: Iterable[str]) -> tuple[str, ...]:
    """Les familles Qt de ce que la police de Perron ne sait pas écrire dans ces textes, chargées s'il le faut.

    Lève ``ErreurUtilisateur`` si la déclaration des polices manque.
    """
    ecritures = dict.fromkeys(declarees().ecriture(lettre) for texte in textes for lettre in texte)
    noms = dict.fromkeys(nom for une in ecritures if une.iso and _A_NOUS not in une.familles for nom in une.familles)
    return tuple(famille for nom in noms for famille in _charger(nom))


@cache
def _charger(nom: str) -> tuple[str, ...]:
    """Les familles de Qt d'une famille déclarée. Un fichier qui manque laisse faire le système."""
    famille = declarees().familles[nom]
    fichiers = dict.fromkeys(famille.fichier(graisse) for graisse in _GRAISSES)
    numeros = [QFontDatabase.addApplicationFont(str(POLICES / fichier)) for fichier in fichiers]
    lues = (un for numero in numeros if numero >= 0 for un in QFontDatabase.applicationFontFamilies(numero))
    return tuple(dict.fromkeys(lues))
