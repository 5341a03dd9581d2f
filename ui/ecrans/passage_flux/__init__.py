"""Passer du stock au flux, commune par commune. Essais : ``tests/ui/ecrans/test_ecran_passage_flux.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="passage_flux",
    classe="ui.ecrans.passage_flux.ecran:EcranPassageFlux",
    libelle="Passage du stock au flux",
    icone="split",
    detail="pilotage : toutes les communes, ce qui manque à chacune",
    rang=97,
    offert=frozenset({Offert.PARTOUT}),
    mots="stock flux commune inventaire logements reserves conversion taux conseil municipal garantie emprunt pilotage",
    aide=(
        "Toutes les communes du territoire et ce qui manque à chacune, avec qui le fait. Une commune choisie, puis un "
        "bailleur : ses logements réservés, leur conversion en taux avec ses nombres, les dates du conseil, de l'envoi "
        "et de la signature. Un droit qui finit dans moins d'un an avertit."
    ),
    garde=(
        "Les passages, dans le coffre, avec votre nom ; ils vont à tous les postes du territoire qui tiennent un "
        "contingent, et à nul autre. Chaque lecture s'inscrit au journal du poste."
    ),
    lit="passage_flux",
)
