"""La note expliquée ligne à ligne. Essais : ``tests/ui/ecrans/test_ecran_cotation.py``."""

from ui.ecrans.cotation.ecran import EcranCotation

__all__ = ["EcranCotation"]
