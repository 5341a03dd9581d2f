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
    garde=(
        "Au journal du dossier : que des fiches en sont sorties, pas lesquelles. Le papier n'est pas gardé ; "
        "un PDF enregistré reste où vous le mettez, hors du coffre, jusqu'à ce que vous l'effaciez."
    ),
    usage=True,
)
