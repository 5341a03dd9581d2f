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
    mots="liste dossiers recherche chercher trouver derniers reprendre menu principal",
    aide=(
        "Cherchez la personne d'abord : nom, prénom, année de naissance, téléphone ou numéro, "
        "même mal écrits. Puis reprenez son dossier, ou commencez une demande."
    ),
    garde="Rien de ce que vous cherchez. Ouvrir un dossier s'écrit dans son journal, à votre nom.",
)
