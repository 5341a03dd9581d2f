"""La base locale chiffrée : clés, journal d'opérations, brouillons, recherche.

Connaît dossier, ressemblance, fusion et protocole (et les fautes de regles).
Deux fichiers par coffre : la base SQLCipher et son trousseau (``….cles``). ``Coffre`` est la seule porte ; le
nommer le charge, et SQLAlchemy et SQLCipher avec lui : demander si un coffre existe, ou à qui, ne les charge pas.
Essais : ``tests/modele/coffre``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from modele.coffre.listes import (
    AccesNote,
    Brouillon,
    Changement,
    PageDHistoire,
    Recent,
    Reprise,
    Resume,
    SansNom,
    Trouve,
)
from modele.coffre.ouverture import agents, existe
from modele.dossier.codes import relire_code_secours

if TYPE_CHECKING:
    from modele.coffre.coffre import Coffre

__all__ = [
    "AccesNote",
    "Brouillon",
    "Changement",
    "Coffre",
    "PageDHistoire",
    "Recent",
    "Reprise",
    "Resume",
    "SansNom",
    "Trouve",
    "agents",
    "existe",
    "relire_code_secours",
]


def __getattr__(nom: str) -> Any:
    """``Coffre`` : l'écran, qui importe ce paquet avant sa première image, ne doit pas charger la base."""
    if nom != "Coffre":
        raise AttributeError(f"module {__name__!r} has no attribute {nom!r}")
    return import_module("modele.coffre.coffre").Coffre
