"""Ce qui presse dans tous les dossiers, et la réponse venue, d'un geste. Essais : ``test_ecran_echeances.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="echeances",
    classe="ui.ecrans.echeances.ecran:EcranEcheances",
    libelle="Échéances et réponses",
    touche="Ctrl+J",
    icone="calendar-days",
    detail="tous les dossiers",
    rang=26,
    offert=frozenset({Offert.PARTOUT}),
    mots="echeance delai renouvellement reponse attendue orientation rappel retard agenda date",
    aide=(
        "Les orientations sans réponse, les demandes à renouveler, les délais qui viennent. Choisissez une ligne et "
        "dites ce qui est venu ; Entrée ouvre le dossier."
    ),
    garde="La réponse que vous notez, dans le dossier, à votre nom. La liste elle-même ne se garde pas.",
)
