"""Ce qui est dû à une personne en information. Essais : ``tests/ui/ecrans/test_ecran_information.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="information",
    classe="ui.ecrans.information.ecran:EcranInformation",
    libelle="Ce qui lui est dû en information",
    icone="info",
    detail="dossier ouvert",
    rang=62,
    offert=frozenset({Offert.PARTOUT}),
    mots="droit information due donnee remise fiche papier dit cotation etapes commission parc satisfaction vacants",
    aide=(
        "Ce que la loi doit dire à cette personne, à chaque moment de sa demande : ce qui a été donné, quand et par "
        "quelle fiche, et ce qui reste. Ce qui se dit de vive voix se note d'ici. Dessous, les logements vacants "
        "que le territoire fait connaître, s'il les donne."
    ),
    garde=(
        "Quelle fiche ordinaire a été remise, quel jour, dans quelle langue ; ce qui a été dit de vive voix. Jamais "
        "une fiche de sûreté. Cela suit le dossier, et s'efface avec lui."
    ),
    usage=True,
)
