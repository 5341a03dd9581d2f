"""Les envois : le lien avec le registre, ce qui attend, les refus, les reçus, la voie sans Internet, les copies.

Essais : ``tests/ui/ecrans/test_ecran_envois.py``.
"""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="envois",
    classe="ui.ecrans.envois.ecran:EcranEnvois",
    libelle="Envois",
    touche="Ctrl+E",
    icone="send",
    detail="ce qui attend, les reçus, le registre",
    rang=90,
    offert=frozenset({Offert.PARTOUT}),
    mots="envoyer synchroniser registre internet cle usb reseau recu exporter fichier copie secours sauvegarde",
    aide=(
        "Ce qui attend de partir au registre, ce qu'il a reçu, ce qu'il a refusé. Sans Internet, "
        "un fichier scellé se porte par clé. Les copies de secours du coffre y sont aussi."
    ),
    garde=(
        "Ce qui attend, dans le coffre, jusqu'au reçu du registre ; puis le reçu. Un fichier scellé reste où "
        "vous l'écrivez : le registre seul peut le lire."
    ),
)
