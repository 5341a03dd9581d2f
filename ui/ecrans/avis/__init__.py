"""Ce qu'un agent doit savoir des dossiers discrets qu'il suit. Essais : ``tests/ui/ecrans/test_ecran_avis.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="avis",
    classe="ui.ecrans.avis.ecran:EcranAvis",
    libelle="Avis et dossiers suivis",
    icone="eye",
    detail="pour vous seul",
    rang=28,
    offert=frozenset({Offert.PARTOUT}),
    mots="avis alerte recherche referent suppleant discret echeance suivi responsable essais",
    aide=(
        "Qui a cherché seul à seul un dossier que vous suivez, et les échéances de ces dossiers. Le responsable y lit "
        "aussi les recherches qui n'ont rien trouvé."
    ),
    garde="Un avis lu le reste. Ce qui avait été cherché n'est écrit nulle part.",
)
