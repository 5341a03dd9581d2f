"""La base locale chiffrée : clés, journal d'opérations, brouillons, recherche. Connaît dossier.

Essais : ``tests/modele/coffre``.
"""
