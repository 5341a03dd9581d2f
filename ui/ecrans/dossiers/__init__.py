"""La liste des dossiers : les miens, tous, ceux à terminer. Essais : ``tests/ui/ecrans/test_ecran_dossiers.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="dossiers",
    classe="ui.ecrans.dossiers.ecran:EcranDossiers",
    libelle="Liste des dossiers",
    touche="Ctrl+T",
    icone="folder-open",
    detail="les miens, tous, à terminer",
    rang=25,
    offert=frozenset({Offert.PARTOUT}),
    mots="liste dossiers miens tous terminer chercher trier echeance renouvellement",
    aide="Les dossiers de ce poste : les vôtres, tous, ou ceux à terminer. F4 montre un nom, un seul à la fois.",
    garde="Rien. Un nom montré se masque de nouveau dès qu'on quitte l'écran.",
)
