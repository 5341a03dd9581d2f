"""Les résidences et quartiers à enjeu. Essais : ``tests/ui/ecrans/test_ecran_residences.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="residences",
    classe="ui.ecrans.residences.ecran:EcranResidences",
    libelle="Résidences à enjeu",
    icone="house",
    detail="pilotage : résidences et quartiers surveillés, quartiles par année",
    rang=100,
    offert=frozenset({Offert.PARTOUT}),
    mots="residences enjeu prioritaire mixite sociale quartiers surveilles fragiles derive quartile pilotage",
    aide=(
        "Les résidences de la liste annexée à la convention, et les quartiers à surveiller : d'où vient chacun, "
        "ce qui manque et qui l'a. « Compter » lit les fichiers des bailleurs : attributions par quartile et année, "
        "et comment la part du premier quartile a changé. Ce qui n'est pas reconnu se compte à côté."
    ),
    garde="Rien : les comptes se refont à chaque fois. Chaque fichier lu s'inscrit au journal, avec votre nom.",
    lit="tranche_attributions",
)
