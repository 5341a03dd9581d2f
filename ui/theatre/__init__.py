"""Jouer les vrais écrans : le joueur, les scènes, les captures, la démonstration. Sert à montrer comme à éprouver.

Essais : ``tests/ui/test_presentation.py``, ``tests/ui/test_accessibilite.py``, ``tests/ui/test_morts.py``.
"""
