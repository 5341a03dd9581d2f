"""Les phrases de la protection : les mêmes dans tous les dossiers, aucune ne dit pourquoi."""

from __future__ import annotations

from typing import Final

LIGNE_NEUTRE: Final = "Situation à voir seul à seul"
"""Ce qui se montre d'une ligne de note qui dirait une violence."""
QUESTION_NEUTRE: Final = "Une question à poser seul à seul"
PHRASE: Final = (
    "Ceci ne s'écrit pas dans un dossier qu'un autre adulte peut lire. Perron ouvre un dossier distinct et discret ; "
    "celui-ci n'en garde aucune trace."
)
"""À l'agent qui vient de saisir ce que la personne, seule avec lui, lui dit."""
AILLEURS: Final = "À enregistrer dans un nouveau dossier commun"
"""Tout ce que disent une commande, un import ou le coffre : ni laquelle des deux choses gênait l'autre, ni pourquoi."""
SEPARES: Final = "Ces deux dossiers ne se réunissent pas : gardez-les tous les deux."
