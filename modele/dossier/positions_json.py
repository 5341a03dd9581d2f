"""La ligne de chaque clé d'un texte JSON bien formé : les décodeurs ne la gardent pas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

Chemin = tuple[str, ...]
_JETON: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+|\n')


def cles(texte: str) -> Iterator[tuple[Chemin, int]]:
    """Chaque clé du texte, avec son chemin (le rang, pour un élément de tableau) et sa ligne, la première valant 1.

    Une clé écrite deux fois est rendue deux fois. Le texte doit déjà avoir été décodé sans erreur.
    """
    return _Marcheur().marcher(texte)


class _Marcheur:
    """Suit l'emboîtement : une pile de tables (clé courante) et de tableaux (rang courant)."""

    def __init__(self) -> None:
        self.pile: list[tuple[bool, str]] = []
        self.ligne = 1
        self.attend_cle = False

    def marcher(self, texte: str) -> Iterator[tuple[Chemin, int]]:
        for trouve in _JETON.finditer(texte):
            jeton = trouve[0]
            if jeton == "\n":
                self.ligne += 1
            elif jeton in "{[":
                self.pile.append((jeton == "{", "0"))
                self.attend_cle = jeton == "{"
            elif jeton in "}]":
                self.pile.pop()
                self.attend_cle = False
            elif jeton == ",":
                self.virgule()
            elif self.attend_cle and jeton != ":":
                yield self.cle(jeton), self.ligne

    def virgule(self) -> None:
        table, cle = self.pile[-1]
        self.attend_cle = table
        if not table:
            self.pile[-1] = (False, str(int(cle) + 1))

    def cle(self, jeton: str) -> Chemin:

        self.pile[-1] = (True, str(json.loads(jeton)))
        self.attend_cle = False
        return tuple(cle for _, cle in self.pile)
