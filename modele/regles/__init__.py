"""Le langage de règles : faits, états, conditions, paramètres, lecture vérifiée. Ne connaît personne.

N'importe rien de Perron. Essais : ``tests/modele/regles``.
"""
