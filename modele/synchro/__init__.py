"""Le poste et le registre : boîte d'envoi, miroir, curseur, quarantaine, reprises.

Connaît coffre, fusion, dossier, ressemblance et protocole. ``Synchro`` parle au registre ; ``divergences`` dit ce qui
est à départager ; le reste de ce qui est sur ce poste se lit dans ``coffre.echanges``. Synchrone : à appeler d'un fil à
part. Rien de lourd ne se charge avant le premier échange : ni httpx, qui ne se voit qu'ici, ni la base.
Essais : ``tests/modele/synchro``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from modele.synchro.synchro import Synchro

__all__ = ["Synchro"]


def __getattr__(nom: str) -> Any:
    """``etats``, que l'écran importe avant sa première image, ne doit pas charger le reste."""
    if nom not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {nom!r}")
    return getattr(import_module("modele.synchro.synchro"), nom)
