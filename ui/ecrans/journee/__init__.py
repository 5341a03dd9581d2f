"""La journée d'un accueil : la file par numéros, les rendez-vous du jour. Essais : ``test_ecran_journee.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="journee",
    classe="ui.ecrans.journee.ecran:EcranJournee",
    libelle="La journée",
    touche="Ctrl+B",
    icone="users",
    detail="la file et les rendez-vous du jour",
    rang=24,
    offert=frozenset({Offert.PARTOUT}),
    mots="journee file attente ticket numero appeler recevoir accueil guichet matin rendez-vous",
    aide=(
        "Deux touches donnent un numéro : ce que la personne vient faire, puis son urgence. Appelez un numéro, jamais "
        "un nom. À droite, les rendez-vous du jour : qui est venu, qui ne l'est pas."
    ),
    garde=(
        "Un numéro, des heures, un motif d'accueil, une issue : ni nom, ni dossier, ni agent. Les postes du même lieu "
        "les partagent ; aucun autre lieu ne les voit. Combien de temps ils se gardent : à fixer par la collectivité."
    ),
)
