"""Le ramasse-miettes, tenu sur le fil de l'écran, entre deux gestes.

Laissé à lui-même, il part sur le fil qui vient d'allouer : sur celui du coffre, il y détruirait des objets de Qt, ce
qui peut tuer le programme ; sur celui de l'écran, il part au milieu d'une frappe. Essais :
``tests/ui/etat/test_ramassage.py``.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

from modele.protocole.ramasseur import rendre, tenir

INTERVALLE_MS: Final = 500


class Ramassage(QObject):
    """De sa création à ``arreter``, rien ne se ramasse de soi-même : une minuterie de l'écran le fait.

    Plusieurs postes peuvent tenir dans un même programme : il ne reprend seul qu'après le dernier.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        tenir()
        self._minuterie = QTimer(self)
        self._minuterie.setInterval(INTERVALLE_MS)
        self._minuterie.timeout.connect(self.ramasser)
        self._minuterie.start()

    def ramasser(self) -> None:
        """Ce que le ramasse-miettes aurait fait de lui-même : la plus vieille génération dont le seuil est passé."""
        depassees = [
            g for g, (nes, seuil) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if nes > seuil
        ]
        if depassees:
            gc.collect(depassees[-1])

    def arreter(self) -> None:
        """Rend le ramasse-miettes à lui-même ; deux fois n'y changent rien."""
        if not self._minuterie.isActive():
            return
        self._minuterie.stop()
        # Le lancement l'avait arrêté avant nous : la fenêtre partie, il reprend.
        rendre(reprendre=True)
