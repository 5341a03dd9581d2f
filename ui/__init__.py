"""L'écran, en chambres ; à la racine, rien que ``lancement``. Connaît impressions et modele.

De bas en haut : ``theme`` ; ``composants`` ; ``saisies``, ``mots``, ``etat`` ; ``ecrans`` ; ``cadre`` ; ``theatre``. À
côté, ``console`` : les commandes, sans Qt. Essais : ``tests/ui``, mêmes noms.
"""
