"""Supprimer un dossier créé par erreur : ce qui part, une raison écrite, trente jours pour le rendre.

Essais : ``tests/ui/ecrans/test_ecran_suppression.py``.
"""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="suppression",
    classe="ui.ecrans.suppression.ecran:EcranSuppression",
    libelle="Supprimer ce dossier",
    icone="x",
    detail="créé par erreur, rendu pendant trente jours",
    rang=75,
    offert=frozenset({Offert.PARTOUT}),
    mots="effacer enlever oter retirer jeter poubelle detruire erreur",
    aide=(
        "Un dossier créé par erreur s'en va : choisissez une raison, écrivez pourquoi. "
        "Il se rend pendant trente jours, puis tout s'efface."
    ),
    garde="Le dossier, la raison et vos mots, trente jours. Ensuite une date et une raison, sans nom.",
    usage=True,
)
