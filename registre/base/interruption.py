"""Interrompre les requêtes en cours : un registre qui s'arrête n'attend pas qu'un verrou se libère."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import Any, Final

import psycopg
from sqlalchemy import Engine, event

_ESSAI_S: Final = 1.0


class Occupees:
    """Les connexions de ``moteur`` en cours d'usage."""

    def __init__(self, moteur: Engine) -> None:
        self._verrou = threading.Lock()
        self._prises: set[psycopg.Connection[Any]] = set()
        event.listen(moteur, "checkout", self._prendre)
        event.listen(moteur, "checkin", self._rendre)

    def interrompre(self) -> None:
        """Annule ce que chacune demande à PostgreSQL : l'unité de travail échoue entière, et le poste recommence."""
        with self._verrou:
            prises = list(self._prises)
        limite = time.monotonic() + _ESSAI_S
        for connexion in prises:
            if time.monotonic() < limite:
                with suppress(psycopg.Error):
                    connexion.cancel_safe(timeout=_ESSAI_S)

    def _prendre(self, connexion: psycopg.Connection[Any], *_: object) -> None:
        with self._verrou:
            self._prises.add(connexion)

    def _rendre(self, connexion: psycopg.Connection[Any] | None, *_: object) -> None:
        # Une connexion rompue se rend sans elle-même.
        with self._verrou:
            self._prises = {une for une in self._prises if une is not connexion and not une.closed}
