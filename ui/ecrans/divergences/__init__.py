"""Ce que deux guichets ont noté autrement : une personne choisit, rien ne s'efface avant.

Essais : ``tests/ui/ecrans/test_ecran_divergences.py``.
"""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="divergences",
    classe="ui.ecrans.divergences.ecran:EcranDivergences",
    libelle="À départager",
    touche="Ctrl+D",
    icone="split",
    detail="réponses qui diffèrent",
    rang=80,
    offert=frozenset({Offert.PARTOUT}),
    mots="conflit difference departager choisir",
    aide="Deux guichets ont répondu autrement. Choisissez avec la personne : rien ne s'efface avant.",
    garde="La réponse choisie, dans le dossier, à votre nom ; les autres restent dans son histoire.",
    usage=True,
)
