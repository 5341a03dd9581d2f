"""Charge un territoire : identité, communes, paramètres, grilles, lieux, numéros. Connaît dossier et regles.

``lister()`` et ``charger(id)`` ; ``etats_du_territoire`` pour les faits dérivés.
Les plafonds de ressources : ``modele.territoire.plafonds``.
Ajouter un territoire, c'est ajouter un dossier dans ``ressources/territoires``. Essais : ``tests/modele/territoire``.
"""

from modele.territoire.chargement import Apercu, charger, lister
from modele.territoire.etats import etats_du_territoire
from modele.territoire.modele import Territoire

__all__ = ["Apercu", "Territoire", "charger", "etats_du_territoire", "lister"]
