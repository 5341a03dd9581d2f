"""Tout ce qui a une date, dans tous les dossiers ; la réponse venue et le report, d'un geste."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="echeances",
    classe="ui.ecrans.echeances.ecran:EcranEcheances",
    libelle="À faire : toutes les dates",
    touche="Ctrl+J",
    icone="calendar-days",
    detail="tous les dossiers",
    rang=26,
    offert=frozenset({Offert.PARTOUT}),
    mots="echeance delai renouvellement reponse attendue orientation rappel retard agenda date reporter",
    aide=(
        "La liste de l'accueil, entière : les délais, les renouvellements, les réponses attendues, les rendez-vous. "
        "Choisissez une ligne : dites ce qui est venu, ou reportez-la (Alt R) avec un motif ; une date de droit "
        "revient d'elle-même le jour où il faut agir. Entrée ouvre le dossier."
    ),
    garde=(
        "La réponse que vous notez, dans le dossier, à votre nom. Un report et son motif, sur ce poste seulement, tant "
        "que la date est à faire. La liste elle-même ne se garde pas."
    ),
)
