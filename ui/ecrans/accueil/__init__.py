"""L'accueil : chercher la personne en face, reprendre, commencer. Essais : ``tests/ui/ecrans/test_accueil.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="accueil",
    classe="ui.ecrans.accueil.ecran:EcranAccueil",
    libelle="Retour à l'accueil",
    touche="Alt+Home",
    icone="house",
    rang=10,
    offert=frozenset({Offert.PARTOUT}),
)
