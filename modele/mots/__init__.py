"""Dire : une date, un nombre, un fait, une réponse, une ligne de note. Une seule façon pour tous.

L'écran, le papier, les commandes et les exports appellent ceci, avec une langue. Aucun calcul. Connaît cotation,
orientation, territoire et dossier ; ni écran, ni papier. Essais : ``tests/modele/mots``.
"""
