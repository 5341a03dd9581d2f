"""Des dossiers pleins : les douze d'exemple, répétés sous d'autres identités ; les mêmes pour une graine."""

from __future__ import annotations

import random
from pathlib import Path
from uuid import UUID

import msgspec
from population import documents

from modele.dossier.chemins import Document

_EXEMPLES = Path(__file__).parents[2] / "ressources" / "exemples" / "dossiers.json"
_MARQUE_V7 = (7 << 76) | (2 << 62)
_LIBRES = ((1 << 12) - 1) << 64 | ((1 << 62) - 1)
_DEBUT_MS = 1_793_600_000_000


def dossiers(nombre: int, graine: int = 7) -> list[Document]:
    """``nombre`` documents tels que Perron les tient (environ 1,2 ko de JSON), identifiants UUIDv7 croissants."""
    exemples = msgspec.json.decode(_EXEMPLES.read_bytes(), type=list[Document])
    hasard = random.Random(graine)
    reels = []
    for rang, personne in enumerate(documents(nombre, graine)):
        exemple = exemples[rang % len(exemples)]
        reels.append(
            {
                **exemple,
                "id": _uuid7(_DEBUT_MS + rang, hasard),
                "demandeur": {**exemple.get("demandeur", {}), **personne["demandeur"]},
                "contact": {**exemple.get("contact", {}), "telephone": f"+3363998{rang % 10_000:04d}"},
                "demande": {**exemple.get("demande", {}), "numero_unique": f"EXEMPLE{rang:010d}"},
            }
        )
    return reels


def _uuid7(instant_ms: int, hasard: random.Random) -> str:
    return str(UUID(int=(instant_ms << 80) | _MARQUE_V7 | (hasard.getrandbits(128) & _LIBRES)))


if __name__ == "__main__":
    tires = dossiers(1000)
    print(f"{len(msgspec.json.encode(tires)) / len(tires):.0f} octets par dossier")
