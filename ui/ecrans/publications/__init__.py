"""Ce que le registre a publié et que ce poste tient. Essais : ``tests/ui/ecrans/test_ecran_publications.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="publications",
    classe="ui.ecrans.publications.ecran:EcranPublications",
    libelle="Informations publiées",
    icone="inbox",
    detail="ce que ce poste tient, et depuis quand",
    rang=92,
    offert=frozenset({Offert.PARTOUT}),
    mots="publication version correction urgente registre fiche territoire droit a jour harmonisee referentiel modifie",
    aide=(
        "Le droit, les fiches, les numéros et les lieux que le registre a publiés : leur version, et depuis quand ce "
        "poste l'a. Une correction urgente s'y lit, avec qui est parti avec la fiche d'avant."
    ),
    garde="Qu'une correction a été lue, et par qui ; qu'une structure a gardé son texte ou y a renoncé.",
)
