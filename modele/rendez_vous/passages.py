"""La file du jour : des numéros, jamais un nom. Qui attend, dans quel ordre, et où en est chacun."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

URGENTE: Final = "urgente"
COURANTE: Final = "courante"


class Etape(StrEnum):
    """Où en est un passage."""

    ATTEND = "attend"
    APPELE = "appelé"
    RECU = "reçu"
    PARTI = "parti"


@dataclass(frozen=True, slots=True)
class Passage:
    """Un ticket. Les heures « HH:MM », vides tant que ce n'est pas fait."""

    id: str
    lieu: str
    jour: date
    numero: int
    urgence: str = COURANTE
    motif: str = ""
    arrive: str = ""
    appele: str = ""
    recu: str = ""
    parti: str = ""
    issue: str = ""

    @property
    def etape(self) -> Etape:
        """La plus avancée de celles qui sont faites."""
        if self.parti:
            return Etape.PARTI
        if self.recu:
            return Etape.RECU
        return Etape.APPELE if self.appele else Etape.ATTEND


def prochain_numero(passages: Iterable[Passage]) -> int:
    """Le premier numéro qu'aucun ticket connu du jour ne porte au-dessous de lui."""
    return max((un.numero for un in passages), default=0) + 1


def en_ordre(passages: Iterable[Passage]) -> list[Passage]:
    """Ceux qui ne sont pas partis : reçus, appelés, puis ceux qui attendent ; l'urgence d'abord, puis l'arrivée."""
    rangs = {Etape.RECU: 0, Etape.APPELE: 1, Etape.ATTEND: 2}
    la = [un for un in passages if un.etape is not Etape.PARTI]
    return sorted(la, key=lambda un: (rangs[un.etape], un.urgence != URGENTE, un.arrive, un.numero, un.id))


def dire_les_numeros(passages: Iterable[Passage]) -> dict[str, str]:
    """« le numéro 1 », par passage ; donné deux fois (deux postes sans réseau), l'heure d'arrivée les distingue."""
    tous = list(passages)
    fois = Counter(un.numero for un in tous)
    return {
        un.id: f"le numéro {un.numero}" + (f" de {un.arrive.replace(':', ' h ')}" if fois[un.numero] > 1 else "")
        for un in tous
    }
