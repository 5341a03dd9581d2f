"""Tenir une commission, du logement au procès-verbal. Essais : ``tests/ui/ecrans/test_ecran_seance.py``."""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="seance",
    classe="ui.ecrans.seance.ecran:EcranSeance",
    libelle="Tenir une commission",
    icone="list-checks",
    detail="pilotage : la séance, ses décisions, son procès-verbal, ses lettres",
    rang=100,
    offert=frozenset({Offert.PARTOUT}),
    mots="tenir la seance d'une commission d'attribution caleol proces-verbal pv quorum decision membres lettre offre",
    aide=(
        "Une séance se prépare depuis « Candidats d'un logement » : désignez, puis « Préparer la séance ». Ici : le "
        "règlement intérieur du bailleur, qui siège, le dossier des membres, puis, le jour venu, une décision par "
        "candidat avec son motif, le procès-verbal, les lettres, les réponses. Chaque candidat est « C-01 », « C-02 »… "
        "Perron vérifie et écrit ; la commission décide."
    ),
    garde=(
        "La séance, chiffrée, sans aucun nom de candidat ; qui l'a écrite et quand. Close, elle ne change plus. "
        "Chaque lecture, chaque nom ouvert s'inscrit au journal, avec votre nom."
    ),
    lit="seance",
)
