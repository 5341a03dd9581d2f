"""Les envois : le lien avec le registre, ce qui attend, ce qui est refusé, les reçus, la voie sans Internet.

Essais : ``tests/ui/ecrans/test_ecran_envois.py``.
"""

from ui.ecrans.envois.ecran import EcranEnvois

__all__ = ["EcranEnvois"]
