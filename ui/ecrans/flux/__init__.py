"""Le contingent de l'année, d'après les fichiers des bailleurs. Essais : ``tests/ui/ecrans/test_ecran_flux.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="flux",
    classe="ui.ecrans.flux.ecran:EcranFlux",
    libelle="Contingent de l'année",
    icone="list-checks",
    detail="pilotage : fichiers des bailleurs, parts, quart, dates limites",
    rang=98,
    offert=frozenset({Offert.PARTOUT}),
    mots="contingent flux attributions logements offerts import fichier bailleur quart prioritaire bilan part pilotage",
    aide=(
        "Importez le fichier d'un bailleur : l'essai dit d'abord ce qui serait gardé et chaque ligne refusée. Puis, à "
        "une date, l'état de tous, d'un bailleur ou d'une commune : attributions, parts, quart prioritaire, plafonds, "
        "ce qui est dû, dates limites dépassées, logement par logement."
    ),
    garde=(
        "Les lignes des bailleurs, dans le coffre, chiffrées, chez les seuls postes qui tiennent un contingent ; "
        "jamais dans un fichier en clair. Chaque fichier lu s'inscrit au journal du poste, avec votre nom."
    ),
    lit="tranche_attributions",
)
