"""Ce qui, d'un dossier, se cherche et se montre en liste ; à quel point deux personnes se ressemblent, et pourquoi.

Connaît dossier. Sert au coffre (recherche sur le poste) et au registre (doublons entre guichets).
Essais : ``tests/modele/ressemblance``.
"""
