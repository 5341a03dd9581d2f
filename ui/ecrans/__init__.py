"""Les écrans, un paquet chacun. Ajouter un écran : son paquet, qui se déclare (``ECRAN``) ; et sa scène au théâtre.

Un écran ne s'importe qu'à sa première visite : le paquet ne tient que la déclaration. Essais : ``tests/ui/ecrans``.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

from ui.ecrans.declaration import Declaration, Offert

if TYPE_CHECKING:
    from ui.ecrans.base import Ecran
    from ui.etat.session import Session

__all__ = ["Declaration", "Offert", "declaration", "declares", "fabriquer", "offerts"]


@cache
def declares() -> dict[str, Declaration]:
    """Chaque écran de l'application par son nom, qui est celui de son paquet."""
    from pkgutil import iter_modules

    return {module.name: declaration(module.name) for module in iter_modules(__path__) if module.ispkg}


def offerts(ou: Offert) -> list[Declaration]:
    """Les écrans qui s'offrent là, dans leur ordre."""
    return sorted((un for un in declares().values() if ou in un.offert), key=lambda un: un.rang)


def fabriquer(nom: str, session: Session) -> Ecran:
    """L'écran ``nom``, neuf. Lève ``ModuleNotFoundError`` si aucun écran ne porte ce nom."""
    # Sa seule déclaration : au lancement, celles des autres peuvent attendre.
    module, _, classe = declaration(nom).classe.partition(":")
    return cast("Ecran", getattr(import_module(module), classe)(session))


def declaration(nom: str) -> Declaration:
    """Ce que dit de lui-même l'écran ``nom``. Lève ``ModuleNotFoundError`` si aucun ne porte ce nom."""
    return cast("Declaration", import_module(f"{__name__}.{nom}").ECRAN)
