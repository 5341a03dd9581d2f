"""Les comptes d'un poste, en mots : rôles, état, ce que chaque geste demande. Sans Qt.

Essais : ``tests/ui/mots/test_mots_agents.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.mots.moments import ecrire_moment

if TYPE_CHECKING:
    from datetime import datetime

    from modele.coffre.comptes import CompteAgent
    from modele.coffre.listes import AccesNote
    from modele.coffre.portee import Portee

TITRE: Final = "Agents de ce poste"
MOI: Final = "Mon compte"
AUTRES: Final = "Comptes du poste"
JOURNAL: Final = "Ce qui a été fait des comptes"
PROVISOIRE: Final = "Quelqu'un d'autre a choisi votre mot de passe : changez-le."
PROVISOIRE_LUI: Final = "n'a pas encore changé son premier mot de passe"
SANS_DROIT: Final = "Un administrateur de ce poste ouvre, change et ferme les comptes : demandez-lui."
PREMIER: Final = (
    "Vous choisissez le premier mot de passe : dites-le à cette personne seule. Perron lui demandera de le changer."
)
FERMER: Final = (
    "{} ne pourra plus ouvrir ce coffre, ni ses copies à portée de ce poste. Ses dossiers et ses saisies restent. Son "
    "compte se rouvre avec le code de secours."
)
ROUVRIR: Final = "Le code de secours du poste, et un premier mot de passe pour {}."
DELAI: Final = "Loin du registre"
DELAI_AIDE: Final = (
    "Si le registre dit un nombre plus petit, c'est le sien qui compte. Passé ce délai sans le joindre, aucun compte "
    "n'ouvre : un administrateur rouvre alors avec le code de secours."
)
DELAI_CHANGE: Final = "Un compte de ce poste vit au plus {} jours loin du registre."
SANS_DELAI: Final = "Écrivez un nombre de jours, de 1 à 365."
SANS_NOM: Final = "Écrivez le nom."
SANS_CODE: Final = "Recopiez le code de secours imprimé."
SANS_ANCIEN: Final = "Tapez votre mot de passe d'aujourd'hui."
OUVERT: Final = "Le compte de {} est ouvert."
CHANGE: Final = "Le compte de {} est changé."
FERME: Final = "Le compte de {} est fermé."
ROUVERT: Final = "Le compte de {} est rouvert."
MOT_CHANGE: Final = "Votre mot de passe est changé. Le code de secours reste le même."
QUELQU_UN: Final = "quelqu'un"
_ROLES_OFFERTS: Final = ("agent", "social", "responsable", "contingent", "administrateur")


def roles_offerts() -> list[tuple[str, str, str]]:
    """Les rôles qu'un compte peut avoir : le code, le nom, ce qu'il fait."""
    from modele.genres import livres

    declares = livres().droits.roles
    return [(code, declares[code].nom, declares[code].definition) for code in _ROLES_OFFERTS]


def dire_roles(compte: CompteAgent) -> str:
    """Ses rôles, par leur nom."""
    from modele.genres import livres

    declares = livres().droits.roles
    return ", ".join(declares[role].nom if role in declares else role for role in compte.roles)


def dire_compte(compte: CompteAgent, maintenant: datetime) -> str:
    """Ce qu'une ligne dit d'un compte, sous son nom."""
    mots = [compte.signature, dire_roles(compte)]
    if compte.ferme_le is not None:
        ou = " au registre" if compte.raison == "au registre" else ""
        mots.append(f"fermé{ou} {ecrire_moment(compte.ferme_le, maintenant)}")
    elif compte.provisoire:
        mots.append(PROVISOIRE_LUI)
    return " · ".join(mot for mot in mots if mot)


def dire_delai(portee: Portee, maintenant: datetime) -> str:
    """Combien de jours ce poste vit loin du registre, et depuis quand il l'est."""
    contact = ecrire_moment(portee.contact, maintenant)
    return f"Sans joindre le registre, aucun compte n'ouvre plus après {portee.jours} jours. Joint {contact}."


def dire_note(note: AccesNote, maintenant: datetime) -> str:
    """Une ligne du journal des comptes."""
    quand = ecrire_moment(note.quand, maintenant)
    return f"{quand[:1].upper()}{quand[1:]} : {note.agent or QUELQU_UN} {note.geste.dit}"
