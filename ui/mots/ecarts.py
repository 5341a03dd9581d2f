"""Qui n'ouvre jamais un dossier, et passer la main : en mots. Sans Qt.

Essais : ``tests/ui/mots/test_ecarts_dits.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from modele.coffre.listes import Ecart

TITRE: Final = "Qui n'ouvre jamais ce dossier"
EXPLIQUER: Final = (
    "« Y a-t-il quelqu'un, ici ou dans un autre bureau, qui ne doit jamais ouvrir votre dossier ? Vous n'avez pas à "
    "dire pourquoi. » L'agent ou le lieu nommé ne trouvera pas ce dossier, et rien ne lui dira qu'il existe."
)
AGENT: Final = "Le nom d'un agent"
LIEU: Final = "Ou d'un lieu"
AGENTS_CONNUS: Final = "Agents de ce poste"
LIEUX_CONNUS: Final = "Lieux connus d'ici"
CHOISIR: Final = (
    "Choisissez le nom dans la liste : flèches, puis Entrée. Il n'y est pas, c'est celui d'un autre guichet ? Tapez-le."
)
ECARTER: Final = "Ne jamais lui ouvrir"
LEVER: Final = "Lever, à sa demande"
FAIT: Final = "Enregistré : {} n'ouvre plus ce dossier."
INCONNU: Final = (
    "Enregistré, mais ce poste ne connaît personne du nom de {} : vérifiez-le lettre à lettre avec la personne. Mal "
    "écrit, il n'écarte personne ; levez-le alors, et écrivez le bon."
)
LEVE: Final = "Levé à la demande de la personne : {} peut de nouveau ouvrir ce dossier."
JE_CONNAIS: Final = "Je connais cette personne"
JE_CONNAIS_AIDE: Final = (
    "Vous passez la main : le dossier se ferme et vous ne le trouverez plus. Ce qui est enregistré est gardé et part "
    "comme prévu. Rien n'est à expliquer."
)
A_QUI: Final = "Qui reçoit ce dossier"
PASSER: Final = "Passer la main et fermer"
ATTENDRE: Final = "Je le sais : passer la main et fermer"
RENONCER: Final = "Annuler"
EN_ATTENTE: Final = "Des réponses ne sont pas enregistrées : réessayez d'abord, puis passez la main."
PASSEE: Final = "Le dossier est fermé. Vous ne le trouverez plus ; {} en répond."
ATTEND: Final = "Le dossier est fermé. Vous ne le trouverez plus ; il attend un autre compte de ce poste."


def nom(ecart: Ecart) -> str:
    """Qui est écarté."""
    return ecart.agent or ecart.lieu


def dire(ecart: Ecart) -> str:
    """« Léo Blanc, agent »."""
    return f"{nom(ecart)}, {'agent' if ecart.agent else 'lieu'}"
