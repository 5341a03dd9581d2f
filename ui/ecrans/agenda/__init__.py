"""Les rendez-vous d'un lieu, par jour, semaine ou mois. Essais : ``test_ecran_agenda.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="agenda",
    classe="ui.ecrans.agenda.ecran:EcranAgenda",
    libelle="Rendez-vous",
    touche="F7",
    icone="calendar-days",
    detail="jour, semaine, mois de ce lieu",
    rang=25,
    offert=frozenset({Offert.PARTOUT}),
    mots="rendez-vous rdv agenda calendrier creneau semaine mois jour conflit deux fois interprete rappel rappeler",
    aide=(
        "Ce qui est pris dans ce lieu, par jour, semaine ou mois. « Occupé » : le créneau est pris, rien d'autre ne se "
        "lit d'ici. Deux créneaux pris en même temps sont gardés : choisissez. Si ce lieu a écrit quand "
        "rappeler, ceux à rappeler se listent."
    ),
    garde="Rien de la vue. Un choix entre deux créneaux, un rappel fait, à votre nom.",
)
