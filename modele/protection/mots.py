"""Les phrases de la protection : les mêmes dans tous les dossiers, aucune ne dit pourquoi."""

from __future__ import annotations

from typing import Final

LIGNE_NEUTRE: Final = "Situation à voir seul à seul"
"""Le nom d'une ligne de note qui dirait une violence : à l'agent seul à seul, et à personne d'autre."""
QUESTION_NEUTRE: Final = "Des questions se posent seul à seul"
"""La même, au même endroit, dans tout dossier, jusqu'à ce que l'agent coche ; ni sur la note, ni sur un papier."""
PHRASE: Final = (
    "Ceci ne s'écrit pas dans un dossier qu'un autre adulte peut lire. Perron ouvre un dossier distinct et discret ; "
    "celui-ci n'en garde aucune trace."
)
"""À l'agent qui vient de saisir ce que la personne, seule avec lui, lui dit."""
AILLEURS: Final = "À enregistrer dans un nouveau dossier commun"
"""Tout ce que disent une commande, un import ou le coffre : ni laquelle des deux choses gênait l'autre, ni pourquoi."""
SEPARES: Final = "Ces deux dossiers ne se réunissent pas : gardez-les tous les deux."
