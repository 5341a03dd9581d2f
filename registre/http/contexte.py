"""Ce dont les routes ont besoin, posé une fois sur l'application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from fastapi import Request
from sqlalchemy import Engine

from registre.horloge import maintenant
from registre.http.limites import Limites
from registre.http.metriques import Metriques


@dataclass(frozen=True, slots=True)
class Registre:
    """Le moteur, l'heure, les limites, les compteurs ; ``autorite`` : le certificat (PEM) à remettre aux postes."""

    moteur: Engine
    horloge: Callable[[], datetime] = maintenant
    limites: Limites = field(default_factory=Limites)
    metriques: Metriques = field(default_factory=Metriques)
    autorite: bytes | None = None


def registre_de(requete: Request) -> Registre:
    """Le registre qui sert cette requête."""
    return cast(Registre, requete.app.state.registre)
