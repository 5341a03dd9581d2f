"""Ce qu'une personne demande de ce qui est gardé d'elle : savoir, corriger, geler, s'opposer, effacer.

Essais : ``tests/ui/ecrans/test_ecran_droits.py``.
"""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="droits",
    classe="ui.ecrans.droits.ecran:EcranDroits",
    libelle="Droits des personnes",
    icone="shield",
    detail="accès, correction, gel, opposition, effacement",
    rang=72,
    offert=frozenset({Offert.PARTOUT}),
    mots="rgpd cnil donnees acces savoir corriger rectifier geler limiter opposer effacer oubli tiers police",
    aide=(
        "D'abord qui demande : à quelqu'un d'autre que la personne, rien ne se donne ni ne se dit. "
        "Puis sa demande se note, avec sa date limite, et se traite d'ici."
    ),
    garde=(
        "La demande, sa date limite et ce qui a été répondu, à votre nom. D'un tiers : que quelqu'un a demandé, "
        "ni qui, ni de qui."
    ),
)
