"""Les lieux et les services : où aller près d'ici, ouvert jusqu'à quand, et le geste qui confirme.

Essais : ``tests/ui/ecrans/test_ecran_lieux.py``.
"""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="lieux",
    classe="ui.ecrans.lieux.ecran:EcranLieux",
    libelle="Lieux et services",
    touche="F6",
    icone="map-pin",
    detail="où aller, ouvert jusqu'à quelle heure",
    rang=29,
    offert=frozenset({Offert.PARTOUT}),
    mots="annuaire adresse guichet horaires ouvert ferme proche carte plan deposer papiers domiciliation mairie ccas",
    aide="Où la personne peut aller, le lieu ouvert le plus proche d'abord. Un lieu que personne n'a vérifié depuis "
    "six mois est gris : appelez-le, puis confirmez-le d'un geste.",
    garde="Rien de la recherche. Une confirmation garde le lieu, le jour et votre nom ; un import, les lieux du "
    "tableau, pour toute la structure.",
)
