"""Les lieux d'accueil et les services : ce qu'on y fait, quand ils ouvrent, qui les a vérifiés. Connaît regles.

``lecture`` : un ``lieux.toml`` ; ``heures`` et ``heures_ecrites`` : les jours et les plages ; ``ouverture`` : ouvert ou
non, jusqu'à quand ; ``accueil`` : missions, besoins et niveaux ; ``verifications`` : ce qu'un agent a confirmé. Où ils
sont et lequel est le plus proche : ``modele.territoire.annuaire``. Essais : ``tests/modele/lieux``.
"""
