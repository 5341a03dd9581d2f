"""Le rapport d'activité d'une année : le lire, l'imprimer, l'enregistrer. Essais : ``test_ecran_rapport.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="rapport",
    classe="ui.ecrans.rapport.ecran:EcranRapport",
    libelle="Rapport d'activité",
    icone="list-checks",
    detail="les chiffres d'une année",
    rang=90,
    offert=frozenset({Offert.PARTOUT}),
    mots="statistiques chiffres bilan annuel effectifs personnes recues motifs orientations delais langues tableur",
    aide=(
        "Donnez l'année, choisissez le lieu et pour qui ; Ctrl+Entrée compte. Un effectif trop petit n'est pas publié, "
        "ni rien qui permettrait de le retrouver : « non publié » ne veut pas dire zéro."
    ),
    garde=(
        "D'une année finie, le premier rapport tiré reste tel quel dans le coffre, avec votre nom ; aucune personne "
        "n'y est. D'une année en cours, rien. Un fichier enregistré sort du coffre."
    ),
)
