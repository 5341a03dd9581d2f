"""Choisir, voir, imprimer. Essais : ``tests/ui/ecrans/test_ecran_imprimer.py``."""

from ui.ecrans.imprimer.ecran import EcranImprimer

__all__ = ["EcranImprimer"]
