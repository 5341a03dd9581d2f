"""Les traces : une ligne JSON par requête, sans nom, corps, jeton ni adresse ; une panne sans ses valeurs."""

from __future__ import annotations

import logging
import sys
import traceback
from collections import Counter
from datetime import UTC, datetime
from typing import Any, Final, TextIO

import msgspec

from registre.http.limites import Debit, Seaux

JOURNAL: Final = logging.getLogger("registre")
JOURNAUX: Final = ("registre", "uvicorn", "asyncio")
# Deux cents octets la ligne : trois cents mégaoctets par jour au pire, que la rotation du journal tient.
ORDINAIRE: Final = Debit(20, 2000)
# Une alerte peut porter une trace.
ALERTE: Final = Debit(1, 60)
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


class AuDebit(logging.Filter):
    """Au plus tant de lignes par seconde et par message : qui nous assaille ne remplit pas le disque de nos plaintes.

    La première ligne qui passe ensuite dit combien ont été tues (``lignes_tues``).
    """

    def __init__(self, ordinaire: Debit = ORDINAIRE, alerte: Debit = ALERTE) -> None:
        super().__init__()
        self._ordinaires = Seaux(ordinaire)
        self._alertes = Seaux(alerte)
        self._tues: Counter[str] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Cette ligne s'écrit-elle ?"""
        # Le message avant qu'on y mette ses valeurs : leur nombre est compté, pas leur diversité.
        sorte = f"{record.name} {record.levelname} {record.msg}"
        seaux = self._alertes if record.levelno > logging.INFO else self._ordinaires
        if seaux.prendre(sorte):
            self._tues[sorte] += 1
            return False
        if tues := self._tues.pop(sorte, 0):
            record.champs = {**getattr(record, "champs", {}), "lignes_tues": tues}
        return True


def configurer(sortie: TextIO | None = None) -> None:
    """Envoie les traces du registre et du serveur HTTP en JSON sur ``sortie`` (la sortie d'erreur par défaut)."""
    poignee = logging.StreamHandler(sortie or sys.stderr)
    poignee.setFormatter(EnJson())
    poignee.addFilter(AuDebit())
    # Sans poignée à lui, « asyncio » écrirait ses traces entières sur la sortie d'erreur.
    for nom in JOURNAUX:
        journal = logging.getLogger(nom)
        journal.handlers = [poignee]
        journal.propagate = False
    JOURNAL.setLevel(logging.INFO)
    for nom in JOURNAUX[1:]:
        logging.getLogger(nom).setLevel(logging.WARNING)


def panne(erreur: BaseException) -> list[str]:
    """Où une erreur est passée, de la cause à l'effet : types et lignes de code. Ses messages portent des noms."""
    ou: list[str] = []
    courante: BaseException | None = erreur
    while courante is not None:
        pile = traceback.extract_tb(courante.__traceback__)
        ou.append(f"{type(courante).__name__} : " + " < ".join(f"{un.name} ({un.lineno})" for un in reversed(pile)))
        courante = courante.__cause__ or courante.__context__
    return ou[::-1]
