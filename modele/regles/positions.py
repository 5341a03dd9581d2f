"""La ligne d'une clé dans un texte TOML : ``tomllib`` ne la garde pas, l'arbre syntaxique si."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

Chemin = tuple[str | int, ...]


def lignes(texte: str) -> dict[Chemin, int]:
    """Pour chaque clé du texte, son chemin (clés et rangs) et sa ligne, la première valant 1."""
    # Importée ici : un fichier sans faute n'en a pas besoin, et la première fenêtre non plus.
    import tree_sitter_toml
    from tree_sitter import Language, Parser

    arbre = Parser(Language(tree_sitter_toml.language())).parse(texte.encode())
    return dict(_Marcheur().document(arbre.root_node))


class _Marcheur:
    """Parcourt l'arbre en retenant le rang courant de chaque tableau de tables."""

    def __init__(self) -> None:
        self.rangs: dict[Chemin, int] = {}

    def document(self, racine: Node) -> Iterator[tuple[Chemin, int]]:
        for noeud in racine.named_children:
            if noeud.type == "pair":
                yield from self.paire(noeud, ())
            elif noeud.type in ("table", "table_array_element"):
                yield from self.table(noeud)

    def table(self, noeud: Node) -> Iterator[tuple[Chemin, int]]:
        cle, *paires = noeud.named_children
        base = self.situer(_noms(cle), nouveau=noeud.type == "table_array_element")
        yield base, noeud.start_point[0] + 1
        for paire in paires:
            if paire.type == "pair":
                yield from self.paire(paire, base)

    def situer(self, noms: list[str], *, nouveau: bool) -> Chemin:
        chemin: Chemin = ()
        for place, nom in enumerate(noms):
            chemin = (*chemin, nom)
            if nouveau and place == len(noms) - 1:
                self.rangs[chemin] = self.rangs.get(chemin, -1) + 1
            if chemin in self.rangs:
                chemin = (*chemin, self.rangs[chemin])
        return chemin

    def paire(self, noeud: Node, base: Chemin) -> Iterator[tuple[Chemin, int]]:
        cle, valeur = [n for n in noeud.named_children if n.type != "comment"][:2]
        chemin = (*base, *_noms(cle))
        yield chemin, noeud.start_point[0] + 1
        yield from self.valeur(valeur, chemin)

    def valeur(self, noeud: Node, chemin: Chemin) -> Iterator[tuple[Chemin, int]]:
        if noeud.type == "inline_table":
            for paire in noeud.named_children:
                yield from self.paire(paire, chemin)
        elif noeud.type == "array":
            elements = [n for n in noeud.named_children if n.type != "comment"]
            for rang, element in enumerate(elements):
                yield (*chemin, rang), element.start_point[0] + 1
                yield from self.valeur(element, (*chemin, rang))


def _noms(cle: Node) -> list[str]:
    """Les morceaux d'une clé, pointée ou non, sans leurs guillemets."""
    if cle.type == "dotted_key":
        return [nom for morceau in cle.named_children for nom in _noms(morceau)]
    texte = (cle.text or b"").decode()
    return [texte.strip("\"'")]
