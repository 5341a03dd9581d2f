"""Les agents du poste : son compte et son mot de passe ; pour un administrateur, ceux des autres.

Essais : ``tests/ui/ecrans/test_ecran_agents.py``.
"""

from ui.ecrans.declaration import Declaration, Offert

ECRAN = Declaration(
    nom="agents",
    classe="ui.ecrans.agents.ecran:EcranAgents",
    libelle="Agents et mot de passe",
    icone="users",
    detail="les comptes de ce poste",
    rang=80,
    offert=frozenset({Offert.PARTOUT}),
    mots="compte utilisateur collegue role administrateur mdp motdepasse code changer ajouter fermer rouvrir service",
    aide=(
        "Changez votre mot de passe. Un administrateur du poste ouvre ici les comptes des autres agents, choisit leurs "
        "rôles, les ferme et les rouvre avec le code de secours."
    ),
    garde="Les comptes, dans le coffre ; chaque geste, et qui l'a fait, au journal de ce poste.",
)
