"""Lever la discrétion : où l'on en est, en mots. Sans Qt. Essais : ``tests/ui/mots/test_mots_levee.py``."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from modele.mots.ecriture import dire_date
from modele.protection.levee import Levee
from modele.protection.referents import meme_agent

TITRE: Final = "Lever la discrétion"
EXPLIQUER: Final = (
    "Seulement si elle le demande, seule avec vous. Un autre travailleur social confirme ; deux jours passent ; elle "
    "peut changer d'avis jusqu'au bout."
)
MOTS: Final = "Ce qu'elle demande, dans ses mots"
SANS_MOTS: Final = "Écrivez ce qu'elle demande, dans ses mots."
DEMANDER: Final = "Noter sa demande"
CONFIRMER: Final = "Confirmer sa demande"
RETIRER: Final = "Elle change d'avis"
LEVER: Final = "Lever la discrétion"


def dire_l_etat(levee: Levee, maintenant: datetime) -> str:
    """« Demande notée par Léa Blanc. Un autre travailleur social la confirme. »"""
    if not levee.demandee_par:
        return ""
    notee = f"Demande notée par {levee.demandee_par} : « {levee.demande} »"
    if levee.des is None:
        return f"{notee} Un autre travailleur social la confirme."
    des = levee.des.astimezone(maintenant.tzinfo)
    quand = f"à partir du {dire_date(des.date())} à {des.hour} h {des.minute:02d}"
    possible = "Elle peut être levée." if maintenant >= des else f"Elle pourra être levée {quand}."
    return f"{notee} Confirmée par {levee.confirmee_par}. {possible}"


def gestes(levee: Levee, agent: str, maintenant: datetime) -> tuple[str, ...]:
    """Les boutons qui s'offrent à cet agent."""
    if not levee.demandee_par:
        return (DEMANDER,)
    if levee.des is None:
        seconde = meme_agent(agent) != meme_agent(levee.demandee_par)
        return (*((CONFIRMER,) if seconde else ()), RETIRER)
    return (*((LEVER,) if maintenant >= levee.des else ()), RETIRER)
