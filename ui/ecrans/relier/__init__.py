"""Relier les cases du formulaire officiel à ce qui s'y écrit. Essais : ``tests/ui/ecrans/test_ecran_relier.py``."""

from ui.ecrans.declaration import Declaration

ECRAN = Declaration(
    nom="relier",
    classe="ui.ecrans.relier.ecran:EcranRelier",
    libelle="Relier les cases du formulaire",
    icone="link",
    rang=96,
    aide="Pour chaque case du PDF, choisissez ce qui s'y écrit. Une case sans choix reste blanche.",
    garde="Chaque case reliée, dans le coffre, à l'instant, pour toute la structure.",
)
