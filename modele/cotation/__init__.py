"""La grille et la note expliquée : intervalle, faits décisifs, déclaré, vérifié. Connaît territoire, dossier, regles.

Essais : ``tests/modele/cotation``.
"""
