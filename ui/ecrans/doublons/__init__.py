"""Une personne, deux dossiers ? Dire pourquoi on le croit, comparer, n'en faire qu'un seulement si quelqu'un le décide.

Essais : ``tests/ui/ecrans/test_ecran_doublons.py``.
"""

from ui.ecrans.doublons.ecran import EcranDoublons

__all__ = ["EcranDoublons"]
