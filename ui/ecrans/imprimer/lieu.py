"""Le lieu d'accueil en tête des papiers ordinaires : l'écran Imprimer et les réglages offrent le même choix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ui.composants import GroupeChoix, Option

if TYPE_CHECKING:
    from modele.territoire.modele import Lieu
    from ui.etat.session import Session

AUCUN_LIEU: Final = "aucun lieu d'accueil"


def choix_du_lieu(session: Session, lieux: Sequence[Lieu]) -> GroupeChoix:
    """Un lieu, ou aucun ; ce poste s'en souvient."""
    options = [Option("", "Aucun"), *(Option(un.id, un.nom, ", ".join(un.lignes[:2])) for un in lieux)]
    choix = GroupeChoix("Lieu d'accueil en tête du papier", options)
    connu = session.preferences.lieu in {un.id for un in lieux}
    choix.poser(session.preferences.lieu if connu else "")
    choix.choisi.connect(lambda lieu: session.regler(session.preferences._replace(lieu=lieu)))
    return choix


def nom_du_lieu(lieu: str, lieux: Sequence[Lieu]) -> str:
    """Le nom de ce lieu ; vide s'il n'est pas de ceux-là."""
    return next((un.nom for un in lieux if un.id == lieu), "")
