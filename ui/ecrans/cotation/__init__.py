"""La note expliquée ligne à ligne. Essais : ``tests/ui/ecrans/test_ecran_cotation.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="cotation",
    classe="ui.ecrans.cotation.ecran:EcranCotation",
    libelle="Cotation : la note expliquée",
    touche="Ctrl+G",
    icone="scale",
    detail="dossier ouvert",
    rang=30,
    offert=frozenset({Offert.PARTOUT}),
    mots="note points score calcul priorite",
    aide=(
        "La note ligne par ligne : ce qui compte, pourquoi, et ce qui la changerait. "
        "C'est une estimation, sans valeur officielle."
    ),
    garde="Rien : la note se refait à chaque réponse. L'imprimer s'écrit dans le journal du dossier.",
    usage=True,
)
