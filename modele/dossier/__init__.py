"""Ce qu'est une demande : types, nomenclatures, opérations, faits, questionnaire, pièces, import et export.

Connaît ``modele.regles`` seulement. Essais : ``tests/modele/dossier``.
"""
