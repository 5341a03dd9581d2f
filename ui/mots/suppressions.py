"""Supprimer un dossier créé par erreur, en mots : ce qui part, ce qui se rend, jusqu'à quand. Sans Qt.

Essais : ``tests/ui/ecrans/test_ecran_suppression.py``.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from modele.mots.ecriture import dire_jour

if TYPE_CHECKING:
    from modele.coffre.listes import Supprime

SANS_DOSSIER: Final = "Aucun dossier n'est ouvert : cherchez celui qui a été créé par erreur, puis revenez ici."
CE_QUI_PART: Final = (
    "Tout ce qui est dans ce dossier, sur ce poste : ses réponses, ce qui était en cours de frappe, ses rendez-vous.",
    "Il n'est plus à l'accueil, ni dans la recherche, ni dans les envois ; pendant trente jours, il se rend tel quel.",
    "Ensuite tout s'efface : il n'en reste qu'un identifiant, une date et la raison choisie, sans les mots.",
    "Les papiers imprimés et les PDF déjà enregistrés restent : Perron ne sait pas les reprendre.",
)
SANS_RAISON: Final = "Choisissez d'abord une raison dans la liste."
SANS_MOTS: Final = "Écrivez pourquoi, en quelques mots."
AUCUN: Final = "Aucun dossier supprimé ne se rend encore sur ce poste."
EXPLICATION: Final = "Chaque dossier se rend, tel qu'il était, jusqu'à la date dite. Un nom ne se montre qu'un à un."


def dire_supprime(fin: datetime) -> str:
    """Ce que dit l'accueil, une fois le dossier supprimé ; jamais de qui il était."""
    return f"Dossier supprimé. Il se rend jusqu'au {dire_jour(fin.astimezone().date())}, depuis « Dossiers supprimés »."


def designer(un: Supprime) -> str:
    """« Dossier K7QF » : le désigne sans dire de qui il est."""
    return f"Dossier {un.resume.reference}"


def dire_masque(un: Supprime) -> str:
    """Ce qui se lit tant que nul n'a démasqué la ligne."""
    return f"{designer(un)} : de qui il est, et pourquoi, masqués"


def dire_de_qui(un: Supprime) -> str:
    """De qui il est, et les mots de qui l'a supprimé."""
    detail = f", {un.resume.detail}" if un.resume.detail else ""
    return f"{un.resume.titre}{detail} : « {un.mots} »"


def dire_rendu(un: Supprime) -> str:
    """Le dossier est revenu."""
    return f"{designer(un)} rendu, tel qu'il était : il se retrouve par la recherche."


def dire_quand(un: Supprime) -> str:
    """Depuis quand, pourquoi, jusqu'à quand."""
    le, fin = (dire_jour(instant.astimezone().date()) for instant in (un.le, un.jusqu_au))
    return f"Supprimé le {le} : {un.raison.phrase[:1].lower()}{un.raison.phrase[1:]}. S'efface le {fin}."
