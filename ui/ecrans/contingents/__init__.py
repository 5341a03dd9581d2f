"""Les conventions de réservation d'une année. Essais : ``tests/ui/ecrans/test_ecran_contingents.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="contingents",
    classe="ui.ecrans.contingents.ecran:EcranContingents",
    libelle="Contingents et conventions",
    icone="list-checks",
    detail="pilotage : qui réserve, chez qui, combien, ce qui manque",
    rang=96,
    offert=frozenset({Offert.PARTOUT}),
    mots="contingent reservataire reservation convention quota flux bailleur taux pilotage prefet action logement",
    aide=(
        "Les conventions de réservation d'une année : ce qui en est public est déjà là, ce qui manque se montre "
        "manquant, avec qui le saisit. Alt+N en ajoute une ; Entrée ouvre celle qui est choisie. Deux conventions qui "
        "se contredisent sont refusées en les citant toutes deux ; un plafond dépassé se signale, avec son article."
    ),
    garde=(
        "Les conventions, dans le coffre, avec votre nom ; elles vont à tous les postes du territoire qui tiennent un "
        "contingent, et à nul autre. Chaque lecture s'inscrit au journal du poste."
    ),
    lit="convention_reservation",
)
