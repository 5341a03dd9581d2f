"""Saisir la commission : le formulaire officiel rempli, le brouillon, la lettre ; charger le formulaire du ministre.

Essais : ``tests/ui/ecrans/test_ecran_saisine.py``.
"""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="saisine",
    classe="ui.ecrans.saisine.ecran:EcranSaisine",
    libelle="Saisir la commission : DALO, DAHO",
    touche="Ctrl+I",
    icone="scale",
    detail="formulaire officiel, brouillon, lettre",
    rang=57,
    offert=frozenset({Offert.PARTOUT}),
    mots="dalo daho recours mediation cerfa 15036 15037 formulaire brouillon lettre prefet",
    aide=(
        "Choisissez le recours et ses motifs avec la personne, puis ce qu'elle emporte. "
        "Le formulaire officiel se charge une fois pour toute la structure."
    ),
    garde=(
        "Le formulaire officiel et la façon de le remplir, dans le coffre, pour toute la structure. Au "
        "journal du dossier : que des papiers en sont sortis. Un PDF enregistré reste où vous le mettez, hors "
        "du coffre."
    ),
    usage=True,
)
