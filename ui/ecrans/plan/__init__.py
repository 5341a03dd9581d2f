"""Le plan partenarial du territoire. Essais : ``tests/ui/ecrans/test_ecran_plan.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="plan",
    classe="ui.ecrans.plan.ecran:EcranPlan",
    libelle="Plan partenarial d'ici",
    icone="list-checks",
    detail="ce qu'il contient, et ses dates",
    rang=93,
    offert=frozenset({Offert.PARTOUT}),
    mots="ppgdid plan partenarial gestion demande information bilan annuel triennal evaluation conference cil treize",
    aide=(
        "Le plan partenarial de gestion de la demande et d'information : ses treize contenus, écrits ou non, et les "
        "dates de ses bilans, de son évaluation et de sa fin. Ce qui manque reste manquant. Un responsable en tire le "
        "bilan annuel, avec les chiffres du rapport de l'année."
    ),
    garde=(
        "Rien de ce qui se lit. Le bilan d'une année finie fige le rapport de cette année, comme l'écran du rapport."
    ),
)
