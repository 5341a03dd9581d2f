"""La porte d'un dossier discret : pourquoi, puis qui ; la réponse vient après. Essais : ``test_ecran_porte.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="seul_a_seul",
    classe="ui.ecrans.seul_a_seul.ecran:EcranSeulASeul",
    libelle="Chercher seul à seul",
    icone="shield",
    detail="sa référence est perdue",
    rang=27,
    offert=frozenset({Offert.PARTOUT}),
    mots="chercher retrouver reference perdue discret discrete porte motif seule",
    aide=(
        "Seul à seul avec la personne, quand sa référence est perdue : écrivez d'abord pourquoi, puis son nom et sa "
        "naissance, l'année au moins. Chaque recherche est notée, et dite à qui suit le dossier ou au responsable."
    ),
    garde=(
        "Pourquoi vous cherchez, à votre nom, que quelqu'un soit trouvé ou non. Ni le nom cherché, ni sa naissance."
    ),
)
