"""Ce qui a changé dans le dossier, et qui l'a vu. Essais : ``tests/ui/ecrans/test_ecran_suivi.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="suivi",
    classe="ui.ecrans.suivi.ecran:EcranSuivi",
    libelle="Suivi : qui a changé ou vu ce dossier",
    touche="Ctrl+H",
    icone="history",
    detail="dossier ouvert",
    rang=60,
    offert=frozenset({Offert.PARTOUT}),
    mots="historique histoire qui acces consulte change journal ecarter connais main interdire",
    aide=(
        "Qui a ouvert ou changé ce dossier, ici et dans les autres guichets, jour par jour ; qui en répond, et qui ne "
        "l'ouvre jamais. « Je connais cette personne » passe la main."
    ),
    garde=(
        "Rien : cet écran lit le journal. Le référent, le suppléant, qui n'ouvre jamais ce dossier et une discrétion "
        "levée s'écrivent avec le dossier."
    ),
)
