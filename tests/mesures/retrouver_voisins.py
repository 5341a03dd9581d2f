"""Les mêmes questions posées à rapidfuzz seul et à FTS5 seul : ce que valent nos portes se lit à côté."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz import fuzz, process
from retrouver_alterations import nu
from sqlcipher3 import dbapi2

_ENCORE: Final = 60.0


class Rapidfuzz:
    """Tous les textes en mémoire, comparés un à un : les mots en commun, puis les autres (``token_set_ratio``)."""

    nom = "rapidfuzz seul"

    def __init__(self, textes: Iterable[str]) -> None:
        """Garde chaque texte, sans accent ni casse."""
        self.textes = [nu(texte) for texte in textes]

    def chercher(self, texte: str, limite: int = 10) -> list[tuple[int, float]]:
        """Les rangs des textes les plus proches, et leur score de 0 à 1."""
        trouves = process.extract(
            nu(texte), self.textes, scorer=fuzz.token_set_ratio, processor=None, limit=limite, score_cutoff=_ENCORE
        )
        return [(rang, score / 100) for _, score, rang in trouves]


class Fts5:
    """FTS5 et son classement (bm25), accents ôtés, chaque mot ou son début."""

    nom = "FTS5 seul"

    def __init__(self, textes: Iterable[str]) -> None:
        """Indexe chaque texte."""
        self.base = dbapi2.connect(":memory:")
        self.base.execute(
            "CREATE VIRTUAL TABLE gens USING fts5(texte, tokenize='unicode61 remove_diacritics 2', prefix='4')"
        )
        self.base.executemany("INSERT INTO gens(rowid, texte) VALUES (?, ?)", enumerate(map(nu, textes)))

    def chercher(self, texte: str, limite: int = 10) -> list[tuple[int, float]]:
        """Les rangs des textes qui partagent un mot, le meilleur bm25 d'abord."""
        mots = " OR ".join(f'"{mot}"*' if len(mot) > 3 else f'"{mot}"' for mot in dict.fromkeys(nu(texte).split()))
        if not mots:
            return []
        requete = "SELECT rowid, -rank FROM gens WHERE gens MATCH ? ORDER BY rank LIMIT ?"
        return [(rang, score) for rang, score in self.base.execute(requete, (mots, limite))]


def meilleur_rappel(propositions: Sequence[tuple[float, bool]], vrais: int, precision: float) -> tuple[float, float]:
    """Le seuil choisi après coup : le plus grand rappel qui tienne cette précision, et le score où il se prend."""
    justes, meilleur, seuil = 0, 0.0, 1.0
    rangees = sorted(propositions, key=lambda une: -une[0])
    for combien, (score, juste) in enumerate(rangees, 1):
        justes += juste
        fin = combien == len(rangees) or rangees[combien][0] < score
        if fin and justes / combien >= precision:
            meilleur, seuil = justes / vrais, score
    return meilleur, seuil
