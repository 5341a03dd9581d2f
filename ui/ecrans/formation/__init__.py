"""Jouer un cas : l'entretien, les gestes, la voie, puis pourquoi. Essais : ``test_ecran_formation.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="formation",
    classe="ui.ecrans.formation.ecran:EcranFormation",
    libelle="Formation",
    icone="message-circle-question-mark",
    detail="jouer un cas, personnes inventées",
    rang=98,
    offert=frozenset({Offert.PARTOUT}),
    mots="former apprendre entrainement cas exercice stage jouer bac a sable accueil travail social pdalhpd dalo",
    aide=(
        "Choisissez un cas. Posez vos questions dans l'ordre que vous voulez, avec vos mots ; Ctrl+Entrée passe à la "
        "suite. À la fin, chaque point a sa raison et sa source. Ce qui n'est ni dans un texte, ni validé, n'est "
        "jamais compté faux : il se discute."
    ),
    garde=(
        "Vos essais, dans un bac à sable à part, à vous seul ; ils ne partent pas de ce poste et ne servent pas à vous "
        "évaluer. Si vous le voulez, des nombres par étape partent au registre, sans votre nom. « Effacer mes essais » "
        "les efface. Le dossier ouvert se ferme en entrant."
    ),
)
