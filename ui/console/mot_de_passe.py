"""Le mot de passe d'un coffre ouvert en commande : jamais un argument, que la liste des programmes montrerait."""

from __future__ import annotations

import os
import sys
from typing import Final

from modele.regles.fautes import ErreurUtilisateur

MOT_DE_PASSE: Final = "PERRON_MOT_DE_PASSE"
_MANQUE: Final = f"Donnez le mot de passe d'un agent de ce coffre : dans {MOT_DE_PASSE}, ou sur une ligne de l'entrée."


def demander() -> str:
    """Celui d'un agent du coffre : de l'environnement, sinon une ligne de l'entrée. Lève ``ErreurUtilisateur``."""
    donne = os.environ.get(MOT_DE_PASSE, "")
    if not donne:
        try:
            donne = sys.stdin.readline().rstrip("\r\n")
        except UnicodeDecodeError:
            donne = ""
    if not donne:
        raise ErreurUtilisateur(_MANQUE)
    return donne
