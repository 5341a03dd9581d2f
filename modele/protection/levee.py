"""Lever la discrétion (norme, § 5) : à sa demande à elle, notée ; un second travailleur social ; quarante-huit heures.

Jusque-là le dossier reste discret, et rien n'en voyage que la demande. Le coffre et le registre en jugent par ici.
Essais : ``tests/modele/protection/test_levee.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from modele.dossier.chemins import lire
from modele.protection.referents import meme_agent

ATTENTE: Final = timedelta(hours=48)
DEMANDE: Final = "protection.levee_demande"
DEMANDEE_PAR: Final = "protection.levee_demandee_par"
CONFIRMEE_PAR: Final = "protection.levee_confirmee_par"
CONFIRMEE_LE: Final = "protection.levee_confirmee_le"
CHAMPS: Final = (DEMANDE, DEMANDEE_PAR, CONFIRMEE_PAR, CONFIRMEE_LE)
SANS_DEMANDE: Final = (
    "Ce dossier est discret et le reste : sa demande à elle se note d'abord, à l'écran « Suivi », et un autre "
    "travailleur social la confirme."
)
SANS_SECOND: Final = "Un autre travailleur social confirme d'abord sa demande : deux personnes, pas une."
TROP_TOT: Final = "Pas encore : quarante-huit heures passent après la confirmation, pour qu'elle puisse changer d'avis."
_HORLOGE: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Levee:
    """Où en est la levée. ``des`` : l'instant où elle se peut ; ``None`` tant que nul autre n'a confirmé."""

    demande: str = ""
    demandee_par: str = ""
    confirmee_par: str = ""
    des: datetime | None = None


def lire_la_levee(document: Mapping[str, Any]) -> Levee:
    """Ce qu'en dit ce document ; une confirmation de la même personne, ou sans instant lisible, n'en est pas une."""
    demande, demandee_par, confirmee_par, le = (_texte(document, chemin) for chemin in CHAMPS)
    confirmee = bool(confirmee_par) and meme_agent(confirmee_par) != meme_agent(demandee_par)
    des = _instant(le) if confirmee else None
    return Levee(demande, demandee_par, confirmee_par if des else "", des + ATTENTE if des else None)


def manque(document: Mapping[str, Any], quand: datetime) -> str:
    """Ce qui manque pour que ce dossier cesse d'être discret à cet instant, en une phrase ; vide : rien."""
    levee = lire_la_levee(document)
    if not (levee.demande and levee.demandee_par):
        return SANS_DEMANDE
    if levee.des is None:
        return SANS_SECOND
    return TROP_TOT if quand < levee.des else ""


def ecriture_juste(avant: Mapping[str, Any], apres: Mapping[str, Any], qui: str, quand: datetime) -> bool:
    """Vrai si qui écrit ne parle que pour lui, et de maintenant : la demande qu'il note, ou sa confirmation."""
    neufs = {chemin: _texte(apres, chemin) for chemin in CHAMPS if _texte(apres, chemin) != _texte(avant, chemin)}
    if any(neufs.get(un) and meme_agent(neufs[un]) != meme_agent(qui) for un in (DEMANDEE_PAR, CONFIRMEE_PAR)):
        return False
    if not (neufs.get(CONFIRMEE_PAR) or neufs.get(CONFIRMEE_LE)):
        return True
    le = _instant(_texte(apres, CONFIRMEE_LE))
    return le is not None and abs(quand - le) <= _HORLOGE and bool(lire_la_levee(avant).demandee_par)


def _texte(document: Mapping[str, Any], chemin: str) -> str:
    dit = lire(document, chemin)
    return " ".join(dit.split()) if isinstance(dit, str) else ""


def _instant(dit: str) -> datetime | None:
    try:
        lu = datetime.fromisoformat(dit)
    except ValueError:
        return None
    return lu if lu.tzinfo else None
