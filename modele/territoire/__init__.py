"""Charge un territoire : identité, communes, paramètres, grilles, lieux, numéros. Connaît dossier et regles.

Essais : ``tests/modele/territoire``.
"""
