"""Ce que l'écran dit d'un retour en arrière : quel champ, et ce qui n'a pas pu se remettre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from modele.dossier.chemins import est_confirmation
from modele.mots.reponses import Diseur

if TYPE_CHECKING:
    from modele.chargement import Regles

CONFIRME: Final = "« c'est bien cela »"
RIEN_A_ANNULER: Final = "Rien à annuler : vous n'avez rien écrit dans ce dossier depuis que vous l'avez ouvert."
RIEN_A_REFAIRE: Final = "Rien à refaire : aucune réponse n'a été annulée."
# La même phrase que la réponse ait changé ailleurs ou se protège : dire laquelle le dirait.
NE_SE_REMET_PAS: Final = "Ce geste ne se défait pas : allez à la question et répondez de nouveau."
_EN_PARTIE: Final = " Une part ne se remet pas : relisez."


def nommer(chemin: str, document: Mapping[str, Any], regles: Regles | None) -> str:
    """Le champ dont parle un geste ; d'une réponse qui se tait, seulement « une réponse »."""
    if regles is None or regles.vocabulaire.reservee(chemin):
        return "une réponse"
    if est_confirmation(chemin):
        return CONFIRME
    return Diseur(regles.vocabulaire, document).sujet(chemin)


def dire_annule(nom: str, *, entier: bool) -> str:
    """« Annulé : date du jugement. »"""
    return f"Annulé : {nom}. Ctrl+Y le remet.{'' if entier else _EN_PARTIE}"


def dire_refait(nom: str, *, entier: bool) -> str:
    """« Remis : date du jugement. »"""
    return f"Remis : {nom}. Ctrl+Z l'annule.{'' if entier else _EN_PARTIE}"
