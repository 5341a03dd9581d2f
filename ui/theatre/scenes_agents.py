"""Les agents du poste : son compte, en ajouter un, le changer, le fermer, le rouvrir. Noms fictifs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.ecrans.agents.ecran import EcranAgents
from ui.ecrans.agents.formulaires import Identite

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur

MOT_DE_PASSE = "quatre mots pour Awa"


def scenes_des_agents(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """L'agent du poste l'administre : il ouvre un compte, le ferme, puis le rouvrirait."""
    joueur.aller("agents")
    yield "agents", joueur.fenetre
    joueur.presser("Ajouter un agent")
    yield "agents-ajouter", joueur.fenetre
    _ajouter(joueur)
    yield "agents-deux", joueur.fenetre
    ecran = joueur.ecran
    assert isinstance(ecran, EcranAgents)
    ligne = next(un for un in ecran.lignes if un.compte.nom.startswith("Awa"))
    ligne.gestes[1].click()
    joueur.attendre()
    yield "agents-fermer", joueur.fenetre
    joueur.presser("Fermer ce compte")
    joueur.presser("Rouvrir")
    yield "agents-rouvrir", joueur.fenetre
    joueur.presser("Annuler")
    joueur.presser("Changer mon mot de passe")
    yield "agents-mot-de-passe", joueur.fenetre
    # Le poste garde deux comptes ouverts : le verrou propose de choisir.
    joueur.presser("Annuler")
    joueur.presser("Ajouter un agent")
    _ajouter(joueur, "Paul", "Roy")


def _ajouter(joueur: Joueur, prenom: str = "Awa", nom: str = "Diallo") -> None:
    ecran = joueur.ecran
    assert isinstance(ecran, EcranAgents)
    formulaire = ecran.formulaire
    assert isinstance(formulaire, Identite)
    for un, mot in ((formulaire.prenom, prenom), (formulaire.nom, nom), (formulaire.service, "Accueil")):
        un.poser(mot)
    formulaire.roles.poser(["agent"])
    for saisie in (formulaire.saisie.premier, formulaire.saisie.second):
        saisie.poser(MOT_DE_PASSE)
    formulaire.valider()
    joueur.attendre()
