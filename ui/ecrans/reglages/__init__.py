"""Les réglages de ce poste : ce qu'on y voit, ce qu'il imprime, ce qu'il copie, ses touches.

Essais : ``tests/ui/ecrans/test_ecran_reglages.py``.
"""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="reglages",
    classe="ui.ecrans.reglages.ecran:EcranReglages",
    libelle="Réglages de ce poste",
    touche="Ctrl+,",
    icone="settings",
    detail="thème, texte, verrouillage, impression, copies, touches",
    rang=92,
    offert=frozenset({Offert.PARTOUT}),
    mots="parametres preferences options configuration regler theme taille imprimante clavier raccourcis sauvegarde",
    aide=(
        "Comment ce poste se montre, se verrouille, imprime et se copie ; et toutes ses touches. "
        "Chaque réglage vaut à l'instant, pour tous ceux qui se servent de ce poste."
    ),
    garde="Vos choix, dans un fichier de ce poste, à côté du coffre : ni nom, ni dossier.",
)
