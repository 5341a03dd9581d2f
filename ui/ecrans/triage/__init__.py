"""Le premier contact : quelques questions dites, sans identité, et ce qu'il faut faire maintenant.

Les questions sont celles de la section ``triage`` du questionnaire. Essais : ``tests/ui/ecrans/test_triage.py``.
"""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="triage",
    classe="ui.ecrans.triage.ecran:EcranTriage",
    libelle="Premier contact",
    touche="Ctrl+U",
    icone="message-circle-question-mark",
    detail="six questions, 90 secondes, sans identité",
    rang=20,
    offert=frozenset({Offert.PARTOUT, Offert.ACCUEIL}),
    mots="urgence 115 danger dehors abri ce soir accueil rapide",
    aide=(
        "Quelques questions à lire à voix haute, sans nom ni papier. "
        "Le résultat dit quoi faire maintenant ; rien ne s'enregistre avant « Poursuivre »."
    ),
    garde=(
        "Rien avant « Poursuivre », sauf, au journal, qu'une voie immédiate s'est ouverte, sans dire laquelle. "
        "Ensuite, ce qui peut s'écrire passe dans le dossier ; les réponses les plus délicates s'oublient."
    ),
)
