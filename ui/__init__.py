"""L'écran : fenêtre, thème, composants, un fichier par écran. Connaît impressions et modele.

Essais : ``tests/ui``.
"""
