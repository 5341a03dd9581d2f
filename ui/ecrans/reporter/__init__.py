"""À reporter : le dossier dans l'ordre officiel, copié case par case, puis le numéro unique rapporté.

Essais : ``tests/ui/ecrans/test_ecran_reporter.py``.
"""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="reporter",
    classe="ui.ecrans.reporter.ecran:EcranReporter",
    libelle="À reporter : recopier sur le portail officiel",
    touche="Ctrl+Shift+P",
    icone="copy",
    detail="copie case par case, puis le numéro unique",
    rang=55,
    offert=frozenset({Offert.PARTOUT}),
    mots="portail recopier copier saisir sne demande en ligne numero unique",
    aide="La demande dans l'ordre du formulaire officiel : Entrée copie une case et passe à la suivante.",
    garde=(
        "Le numéro unique et sa date, dans le dossier. Ce qui se copie s'efface du presse-papiers dès qu'on "
        "quitte l'écran."
    ),
    usage=True,
)
