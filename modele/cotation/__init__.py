"""La grille et la note expliquée : intervalle, faits décisifs, déclaré et vérifié. Connaît territoire, dossier et regles.

Essais : ``tests/modele/cotation``.
"""
