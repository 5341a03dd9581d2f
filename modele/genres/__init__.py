"""Les genres d'objets : un fichier de données chacun (``ressources/national/genres/<genre>.toml``), lu et vérifié.

Le journal, la fusion, le périmètre, la quarantaine et la purge ne connaissent que le genre, jamais le cas particulier.
Connaît dossier et droits. Essais : ``tests/modele/genres``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from modele.dossier.operations import DOSSIER
from modele.dossier.unites import Decoupe, du_dossier
from modele.genres.genre import Borne, Garde, Genre, Genres
from modele.genres.lecture import charger_genres
from ressources import RESSOURCES

__all__ = ["DOSSIER", "Borne", "Garde", "Genre", "Genres", "charger_genres", "decoupe", "livres"]

_NATIONAL: Final = RESSOURCES / "national"


@lru_cache(maxsize=1)
def livres() -> Genres:
    """Les genres livrés avec Perron : comme le droit, nulle structure n'y touche."""
    return charger_genres(_NATIONAL / "genres", _NATIONAL / "droits.toml")


def decoupe(genre: str) -> Decoupe:
    """Comment les champs d'un objet de ce genre s'assemblent ; inconnu, chaque champ est seul."""
    return du_dossier() if genre == DOSSIER else livres().du(genre).decoupe
