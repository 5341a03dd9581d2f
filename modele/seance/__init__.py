"""La séance d'une commission d'attribution : un logement, ses candidats, qui siège, ce qui se décide et pourquoi.

``droit`` : ce que les textes en disent (``seance.toml``) ; ``notions`` : ce qui se saisit ; ``ecrits`` : ce qui ne s'y
écrit jamais ; ``ordre`` : ce qui quitte l'ordre de la grille ; ``controles`` : ce qui empêche de la tenir ;
``constat`` : ce qu'elle a décidé ; ``suites`` : les réponses, l'offre suivante. Rien d'un dossier n'y entre que le rang
de sa demande, et si un numéro unique y est noté. Essais : ``tests/modele/seance``.
"""
