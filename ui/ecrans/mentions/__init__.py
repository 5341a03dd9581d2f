"""Avant de vrais dossiers : qui répond des données, et ce que ce poste en sait.

Essais : ``tests/ui/ecrans/test_ecran_mentions.py``.
"""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="mentions",
    classe="ui.ecrans.mentions.ecran:EcranMentions",
    libelle="Avant de vrais dossiers",
    icone="shield",
    detail="qui répond des données ; jusque-là, c'est un essai",
    rang=97,
    offert=frozenset({Offert.PARTOUT}),
    mots="essai fictif rgpd cnil aipd delegue responsable conservation hebergement donnees personnelles mentions",
    aide="Six lignes à remplir par qui répond des données. Tant qu'elles manquent, chaque écran et chaque papier "
    "disent « essai, données fictives ».",
    garde="Les six lignes, dans le coffre de ce poste, avec votre nom ; relié, ce sont celles du registre.",
)
