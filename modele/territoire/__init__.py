"""Charge un territoire : identité, communes, paramètres, grilles, lieux, numéros. Connaît sources, dossier et regles.

``lister(lecture)`` et ``charger(id, lecture, nationaux)`` ; ``charger_pays`` : ce qui vaut pour tous ;
``etats_du_territoire`` pour les faits dérivés. Les plafonds de ressources : ``modele.territoire.plafonds``.
Ajouter un territoire, c'est ajouter un dossier dans ``ressources/territoires``, ou en publier un par le registre.
Essais : ``tests/modele/territoire``.
"""

from modele.territoire.chargement import Apercu, charger, lister
from modele.territoire.etats import etats_du_territoire
from modele.territoire.modele import Territoire
from modele.territoire.pays import Pays, charger_pays

__all__ = ["Apercu", "Pays", "Territoire", "charger", "charger_pays", "etats_du_territoire", "lister"]
