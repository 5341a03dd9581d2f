"""Les dossiers supprimés qui se rendent encore. Essais : ``tests/ui/ecrans/test_ecran_suppression.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="supprimes",
    classe="ui.ecrans.supprimes.ecran:EcranSupprimes",
    libelle="Dossiers supprimés",
    icone="archive",
    detail="rendre un dossier",
    rang=96,
    offert=frozenset({Offert.PARTOUT}),
    mots="corbeille poubelle effaces recuperer restaurer retrouver rendre",
    aide="Un dossier supprimé se rend ici, tel qu'il était, pendant trente jours. Ensuite tout s'efface.",
    garde="Qu'un dossier a été rendu, et par qui, dans son journal.",
)
