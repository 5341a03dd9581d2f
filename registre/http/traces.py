"""Les traces : une ligne JSON par requête, sans nom, corps, jeton ni adresse ; une panne sans ses valeurs."""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, Final, TextIO

import msgspec

JOURNAL: Final = logging.getLogger("registre")
_NIVEAUX: Final = {"DEBUG": "detail", "INFO": "info", "WARNING": "alerte", "ERROR": "erreur", "CRITICAL": "erreur"}


class EnJson(logging.Formatter):
    """Une trace en une ligne JSON : l'instant, le niveau, le message, et ce que porte ``extra={"champs": …}``."""

    def format(self, record: logging.LogRecord) -> str:
        """La ligne."""
        ligne: dict[str, Any] = {
            "instant": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": _NIVEAUX.get(record.levelname, "info"),
            "message": record.getMessage(),
            **getattr(record, "champs", {}),
        }
        if record.exc_info and record.exc_info[1]:
            ligne["panne"] = panne(record.exc_info[1])
        return msgspec.json.encode(ligne).decode()


def configurer(sortie: TextIO | None = None) -> None:
    """Envoie les traces du registre et du serveur HTTP en JSON sur ``sortie`` (la sortie d'erreur par défaut)."""
    poignee = logging.StreamHandler(sortie or sys.stderr)
    poignee.setFormatter(EnJson())
    for nom in ("registre", "uvicorn"):
        journal = logging.getLogger(nom)
        journal.handlers = [poignee]
        journal.propagate = False
    JOURNAL.setLevel(logging.INFO)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)


def panne(erreur: BaseException) -> list[str]:
    """Où une erreur est passée, de la cause à l'effet : types et lignes de code. Ses messages portent des noms."""
    ou: list[str] = []
    courante: BaseException | None = erreur
    while courante is not None:
        pile = traceback.extract_tb(courante.__traceback__)
        ou.append(f"{type(courante).__name__} : " + " < ".join(f"{un.name} ({un.lineno})" for un in reversed(pile)))
        courante = courante.__cause__ or courante.__context__
    return ou[::-1]
