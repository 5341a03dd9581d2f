"""Les couches d'où viennent les données, de la livrée à celle de la structure, et un fichier de l'une d'elles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Final

_DATE: Final = re.compile(r"^\s*(?:verifie_le|releve_le)\s*=\s*(\d{4}-\d{2}-\d{2})", re.MULTILINE)


class Couche(StrEnum):
    """D'où vient un fichier. L'ordre d'écriture est celui des couches : la dernière est au-dessus."""

    LIVREE = "livree"
    NATIONALE = "nationale"
    TERRITOIRE = "territoire"
    STRUCTURE = "structure"


NOMS: Final = {
    Couche.LIVREE: "livré avec Perron",
    Couche.NATIONALE: "publication nationale",
    Couche.TERRITOIRE: "publié par le territoire",
    Couche.STRUCTURE: "modifié par la structure",
}


@dataclass(frozen=True, slots=True)
class Surcharge:
    """Ce qu'une structure a modifié : un fichier, qui l'a écrit et quand.

    ``nature`` : celle de ``sources.toml`` (contacts, lieux, fiche…) ; ``id`` : de quel territoire, de quelle fiche ;
    ``fichier`` : son nom sous la racine de cette nature (« fr.md »). ``urgence_vue`` : la dernière correction urgente
    de ce fichier que connaissait qui l'a écrit ; une plus récente sert à sa place jusqu'à ce qu'on la confirme.
    """

    nature: str
    id: str
    fichier: str
    contenu: bytes
    auteur: str
    modifie_le: datetime
    urgence_vue: int = 0


@dataclass(frozen=True, slots=True)
class Fichier:
    """Un fichier d'une couche ; se lit comme un ``Path``.

    ``chemin`` : sous les ressources, « fiches/115/fr.md ». ``lieu`` : sur le disque, s'il y est ; sinon ``octets``.
    ``origine`` : d'où il vient, à dire. ``le`` : quand la structure l'a modifié. ``urgence`` : la dernière correction
    urgente qui l'a changé ; d'un fichier de la structure, la dernière qu'elle connaissait.
    """

    chemin: str
    couche: Couche
    lieu: Path | None = None
    octets: bytes = b""
    origine: str = ""
    le: date | None = None
    urgence: int = 0

    @property
    def name(self) -> str:
        """Son nom, tel que les fautes le disent."""
        return PurePosixPath(self.chemin).name

    @property
    def dossier(self) -> str:
        """Le nom du dossier qui le contient."""
        return PurePosixPath(self.chemin).parent.name

    def read_text(self, encoding: str | None = None) -> str:
        """Son texte."""
        return self.octets.decode(encoding or "utf-8") if self.lieu is None else self.lieu.read_text(encoding)

    def __str__(self) -> str:
        return str(self.lieu or self.chemin)

    @property
    def verifie_le(self) -> date | None:
        """La vérification la plus récente qu'il porte ; ``None`` s'il n'en dit rien ou ne se lit pas."""
        try:
            trouvees = _DATE.findall(self.read_text("utf-8-sig"))
            return max((date.fromisoformat(une) for une in trouvees), default=None)
        except (OSError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class Ecart:
    """Ce qui a été mis de côté : un fichier d'une couche, d'où il vient, et pourquoi il ne sert pas."""

    chemin: str
    couche: Couche
    origine: str
    message: str

    def __str__(self) -> str:
        return f"{self.chemin} ({self.origine or NOMS[self.couche]}) : {self.message}"
