"""Choisir, voir, imprimer. Essais : ``tests/ui/ecrans/test_ecran_imprimer.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="imprimer",
    classe="ui.ecrans.imprimer.ecran:EcranImprimer",
    libelle="Imprimer : fiches et PDF",
    touche="Ctrl+P",
    icone="printer",
    detail="dossier ouvert",
    rang=50,
    offert=frozenset({Offert.PARTOUT}),
    mots="exporter export pdf papier enregistrer telecharger fiche courrier document",
    aide=(
        "Cochez ce que la personne emporte, regardez, imprimez. "
        "Enregistrer laisse un PDF lisible par tous hors du coffre."
    ),
    usage=True,
)
