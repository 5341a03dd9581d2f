"""Ce qu'est une demande : types, nomenclatures, états, faits, questionnaire, pièces, import et export.

Du document aux états (``situation``), des états aux questions (``entretien``) ; ce qui est faux ou manque
(``validation``), ce qui ne s'écrit pas ensemble (``violences``), ce qui entre et sort (``documents``).
Connaît ``modele.regles`` seulement. Essais : ``tests/modele/dossier``.
"""
