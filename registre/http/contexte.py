"""Ce dont les routes ont besoin, posé une fois sur l'application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from fastapi import Request
from sqlalchemy import Engine

from registre.horloge import maintenant
from registre.http.etat import Essai, Machine
from registre.http.limites import Limites
from registre.http.metriques import Metriques


@dataclass(frozen=True, slots=True)
class Registre:
    """Le moteur, l'heure, les limites, les compteurs ; ``autorite`` : le certificat (PEM) à remettre aux postes.

    ``machine`` : ce que l'exploitant surveille ; ``metriques_ouvertes`` : elles se lisent d'une autre machine.
    """

    moteur: Engine
    horloge: Callable[[], datetime] = maintenant
    limites: Limites = field(default_factory=Limites)
    metriques: Metriques = field(default_factory=Metriques)
    autorite: bytes | None = None
    machine: Machine = field(default_factory=Machine)
    metriques_ouvertes: bool = False
    essai: Essai = field(default_factory=Essai)


def registre_de(requete: Request) -> Registre:
    """Le registre qui sert cette requête."""
    return cast(Registre, requete.app.state.registre)
