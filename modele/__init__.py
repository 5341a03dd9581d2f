"""Le métier de Perron : ni écran, ni papier, ni serveur.

Chaque pièce dit en tête de son ``__init__`` ce qui y vit et ce qu'elle peut importer ; ``import-linter`` le garde.
Les essais de ``modele/x`` vivent dans ``tests/modele/x``.
"""
