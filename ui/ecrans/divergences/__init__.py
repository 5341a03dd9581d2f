"""Ce que deux guichets ont noté autrement : une personne choisit, rien ne s'efface avant.

Essais : ``tests/ui/ecrans/test_ecran_divergences.py``.
"""

from ui.ecrans.divergences.ecran import EcranDivergences

__all__ = ["EcranDivergences"]
