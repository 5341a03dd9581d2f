"""Ce qu'est une demande : types, nomenclatures, états, faits, questionnaire, pièces, import et export.

Du document aux états (``situation``), des états aux questions (``entretien``) ; ce qui est faux ou manque
(``validation``), ce qui entre et sort (``documents``). Ce qui ne s'écrit pas ensemble est dans ``modele.protection``.
Connaît ``modele.regles`` seulement. Essais : ``tests/modele/dossier``.
"""
