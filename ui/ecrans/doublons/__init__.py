"""Une personne, deux dossiers ? Dire pourquoi on le croit, comparer, n'en faire qu'un seulement si quelqu'un le décide.

Essais : ``tests/ui/ecrans/test_ecran_doublons.py``, ``test_nouvelle_demande.py`` et ``test_reunir_ici.py``.
"""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="doublons",
    classe="ui.ecrans.doublons.ecran:EcranDoublons",
    libelle="Ressemblances : déjà connue ailleurs ?",
    touche="Ctrl+R",
    icone="users",
    detail="dossier ouvert",
    rang=70,
    offert=frozenset({Offert.PARTOUT}),
    mots="double doublon fondre fusionner meme personne deja inscrite",
    aide=(
        "Cette personne a peut-être un autre dossier, ici ou ailleurs. Comparez, dites si c'est la même et ce qui se "
        "garde : rien ne se fond tout seul, et cela s'annule d'ici tant que ce n'est pas parti."
    ),
    garde=(
        "Ce que vous décidez, dans le dossier, à votre nom. Tant que rien n'est décidé, les deux restent tels quels."
    ),
)
