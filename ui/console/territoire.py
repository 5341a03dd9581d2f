"""Un territoire vérifié en commande : ce qui lui manque, et qui appeler tant qu'il ne l'a pas."""

from __future__ import annotations

from modele.chargement import charger_regles
from modele.orientation.filiere import demandes
from ui.console.lignes import liste, phrase
from ui.mots.filiere import dire_demande


def dire_ce_qui_manque(territoire: str) -> str:
    """Ce qui manque à ce territoire, en texte. Lève ``ErreurUtilisateur`` s'il n'existe pas ou s'il est fautif."""
    regles = charger_regles(territoire)
    absents, attendus = regles.contacts_manquants, regles.national.contacts_attendus
    compte = f"{len(absents)} contacts à saisir sur {len(attendus)}" if absents else "tous ses contacts dits"
    lignes = [phrase(f"{regles.territoire.nom} : territoire lisible, {compte}.")]
    sans = [f"{un.libelle} ({un.id}). En attendant : {un.en_attendant}" for un in absents]
    lignes += liste("Contacts à saisir", sans)
    montrees = demandes(regles.filiere, regles.territoire.filiere)
    lignes += liste("Filière des priorités", [dire_demande(une) for une in montrees if une.dite is None])
    autres = [f"{un.sujet}. À compléter par : {un.complete_par}" for un in regles.territoire.manques]
    lignes += liste("Autres manques", autres)
    return "\n".join(lignes)
