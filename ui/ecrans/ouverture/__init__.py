"""L'ouverture : premier lancement guidé, déverrouillage, secours. Une étape par fichier.

Essais : ``tests/ui/ecrans/test_ouverture.py``.
"""

from ui.ecrans.declaration import Declaration

ECRAN = Declaration(
    nom="ouverture",
    classe="ui.ecrans.ouverture.ecran:EcranOuverture",
    libelle="Ouverture",
    aide=(
        "Tapez votre mot de passe pour ouvrir le coffre de ce poste. Perdu, "
        "le code de secours imprimé au premier lancement l'ouvre aussi."
    ),
    garde="Le coffre et le nom de l'agent. Ni le mot de passe, ni le code de secours : notez-le, imprimez-le.",
)
