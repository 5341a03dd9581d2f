"""Un dossier d'un lieu à l'autre, à l'accord de la personne. Essais : ``tests/ui/ecrans/test_ecran_remises.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="remises",
    classe="ui.ecrans.remises.ecran:EcranRemises",
    libelle="Remises entre lieux",
    icone="send",
    detail="remettre un dossier, en recevoir un",
    rang=62,
    offert=frozenset({Offert.PARTOUT}),
    mots="remettre transferer passer autre lieu guichet accord recevoir refuser retirer transmission",
    aide=(
        "Dossier ouvert : la personne nomme le lieu, dit pourquoi, quels champs, jusqu'à quand. Son accord se retire "
        "tant que rien n'est reçu. Ce qui est adressé à ce lieu se reçoit ou se refuse, avec un motif."
    ),
    garde=(
        "L'accord, dans le dossier ; les champs remis, vidés dès qu'ils sont reçus, refusés ou retirés. Reçus ici, ils "
        "font un dossier neuf de ce lieu."
    ),
)
