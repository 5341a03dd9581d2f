"""Les candidats d'un logement, rangés ; une personne désigne. Essais : ``tests/ui/ecrans/test_ecran_candidats.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="candidats",
    classe="ui.ecrans.candidats.ecran:EcranCandidats",
    libelle="Candidats d'un logement",
    icone="users",
    detail="pilotage : préparer une commission d'attribution",
    rang=99,
    offert=frozenset({Offert.PARTOUT}),
    mots="preparer une commission d'attribution caleol attribution candidats classement logement designer rang",
    aide=(
        "Choisissez un logement d'un fichier de bailleur, ou saisissez ses colonnes, puis rangez : d'abord les points, "
        "puis l'ancienneté. Chaque demande y est une fois, rangée ou écartée, avec ses raisons. Perron range, une "
        "personne désigne. Ce qu'on ne sait pas n'écarte personne."
    ),
    garde=(
        "Vos choix seulement : une demande rouverte ou désignée, votre motif, votre nom, le jour. Le classement ne se "
        "garde pas. Chaque classement lu, chaque nom ouvert s'inscrit au journal, avec votre nom."
    ),
    lit="choix_commission",
)
