"""Les voies d'orientation, une carte chacune. Essais : ``tests/ui/ecrans/test_ecran_orientation.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="orientation",
    classe="ui.ecrans.orientation.ecran:EcranOrientation",
    libelle="Orientation : que faire",
    touche="Ctrl+O",
    icone="map",
    detail="dossier ouvert",
    rang=40,
    offert=frozenset({Offert.PARTOUT}),
    mots="orienter gestes numeros urgence expulsion recours dalo violences hebergement",
    aide=(
        "Une carte par voie, la plus urgente d'abord : les gestes, ce qu'il faut dire et éviter, "
        "les délais, qui appeler."
    ),
    garde=(
        "La suite que vous notez, dans le dossier. Lire les voies ne s'écrit pas, sauf une voie immédiate : "
        "au journal, sans dire laquelle."
    ),
    usage=True,
)
