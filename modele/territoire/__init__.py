"""Charge un territoire : identité, communes, paramètres, grilles, lieux, numéros. Connaît sources, dossier et regles.

``identite`` : les lister ; ``chargement`` : en charger un ; ``pays`` : ce qui vaut pour tous ; ``etats`` : ce qu'en
lisent les faits dérivés ; ``plafonds`` : ceux de ressources. Rien ne s'importe d'avance : le premier lancement ne
liste que des noms.
Ajouter un territoire, c'est ajouter un dossier dans ``ressources/territoires``, ou en publier un par le registre.
Essais : ``tests/modele/territoire``.
"""
