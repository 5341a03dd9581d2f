"""L'entretien : sections à gauche, une question au centre, ce que disent les réponses à droite.

Aucune question n'est écrite ici : tout vient de ``ressources/national/questionnaire.toml`` et de la grille. Trois
colonnes indépendantes, nourries par ``ui.etat.atelier``. Essais : ``tests/ui/ecrans/test_entretien*.py``.
"""

from ui.ecrans.declaration import Declaration

ECRAN = Declaration(
    nom="entretien",
    classe="ui.ecrans.entretien.ecran:EcranEntretien",
    libelle="Entretien",
    mots="questions repondre formulaire demande",
    aide=(
        "Une question à la fois, à lire à voix haute. Un chiffre ou une lettre choisit, Entrée avance. "
        "À droite, ce que les réponses changent."
    ),
    garde=(
        "Chaque réponse, à l'instant, dans le coffre chiffré ; ce qui se tape, même à moitié. Une question "
        "qui le dit ne garde rien : sa réponse s'oublie au verrouillage."
    ),
    usage=True,
)
