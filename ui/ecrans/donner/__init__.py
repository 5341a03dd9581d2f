"""Donner un rendez-vous depuis un dossier, le déplacer, l'annuler. Essais : ``test_ecran_donner.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="donner",
    classe="ui.ecrans.donner.ecran:EcranDonner",
    libelle="Donner un rendez-vous",
    touche="F9",
    icone="calendar",
    detail="dossier ouvert",
    rang=27,
    offert=frozenset({Offert.PARTOUT}),
    mots="rendez-vous donner creneau deplacer annuler interprete langue reception delai rdv convocation feuille rappel",
    aide=(
        "Un créneau libre, l'interprète s'il en faut un, et c'est donné. Le délai de réception se lit au-dessus. "
        "Un rendez-vous se déplace ou s'annule en disant pourquoi. Sa feuille s'imprime d'ici : quand, où, quoi "
        "apporter ; d'un dossier discret, jamais, et l'écran dit quoi faire à la place."
    ),
    garde=(
        "Le rendez-vous, dans le dossier, à votre nom. Des autres postes, ceux qui ne tiennent pas ce dossier lisent "
        "« occupé », rien d'autre."
    ),
    usage=True,
)
