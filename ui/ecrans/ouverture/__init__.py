"""L'ouverture : premier lancement guidé, déverrouillage, secours. Une étape par fichier.

Essais : ``tests/ui/ecrans/test_ouverture.py``.
"""

from ui.ecrans.declaration import Declaration

ECRAN = Declaration(
    nom="ouverture",
    classe="ui.ecrans.ouverture.ecran:EcranOuverture",
    libelle="Ouverture",
)
