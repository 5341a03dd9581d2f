"""Les voies d'orientation, une carte chacune. Essais : ``tests/ui/ecrans/test_ecran_orientation.py``."""

from ui.ecrans.orientation.ecran import EcranOrientation

__all__ = ["EcranOrientation"]
