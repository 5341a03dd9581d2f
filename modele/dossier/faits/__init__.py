"""Les faits dérivés : fonctions pures du dossier, de la date de calcul et du territoire. Connaît ``modele.regles``.

Les seuils sont des paramètres (``ressources/national/parametres.toml``) et les listes de codes des groupes
(``ressources/national/groupes.toml``). Écrire un fait : une fonction, déclarée par ``fait_derive`` ou ``fait_d_etats``.
Essais : ``tests/modele/dossier/faits``.
"""

from modele.dossier.faits.ensemble import Derives, Resolution, catalogue_derive, charger_faits, ouvrir

__all__ = ["Derives", "Resolution", "catalogue_derive", "charger_faits", "ouvrir"]
