"""L'ouverture : premier lancement guidé, déverrouillage, secours. Une étape par fichier.

Essais : ``tests/ui/ecrans/test_ouverture.py``.
"""

from ui.ecrans.ouverture.ecran import EcranOuverture

__all__ = ["EcranOuverture"]
