"""Le papier : gabarits, mise en page, aperçu. Connaît modele.

Essais : ``tests/impressions``.
"""
