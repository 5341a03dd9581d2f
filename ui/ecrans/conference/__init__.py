"""La conférence intercommunale du logement d'une année. Essais : ``tests/ui/ecrans/test_ecran_conference.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="conference",
    classe="ui.ecrans.conference.ecran:EcranConference",
    libelle="Conférence du logement",
    icone="list-checks",
    detail="pilotage : objectifs, engagements, indicateurs, versions figées",
    rang=100,
    offert=frozenset({Offert.PARTOUT}),
    mots="conference cil cia convention engagement partenaire objectif indicateur quartile mixite plh figer pilotage",
    aide=(
        "Les engagements de chaque partenaire, ce qui manque et qui l'a : Entrée ouvre un partenaire, Alt+N en ajoute "
        "un. Puis l'année : choisissez pour qui, « Compter », Alt+J ; chaque nombre a sa définition, sa source et son "
        "article. Figez une version avant de l'imprimer ou de l'enregistrer : deux versions disent ce qui change."
    ),
    garde=(
        "Les engagements et les versions figées, dans le coffre, avec votre nom, chez les seuls postes qui tiennent un "
        "contingent. Les lignes des bailleurs se lisent en mémoire ; chaque lecture s'inscrit au journal du poste. Un "
        "fichier enregistré sort du coffre."
    ),
    lit="conference_figee",
)
