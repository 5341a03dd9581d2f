"""Une ligne qui ne fait rien n'annonce pas « Entrée » : un geste vide le lui ferait dire."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]


def gestes_vides(texte: str) -> Iterator[int]:
    """Les lignes où une proposition a pour geste une fonction qui ne rend que ``None``."""
    for noeud in ast.walk(ast.parse(texte)):
        if isinstance(noeud, ast.Call) and getattr(noeud.func, "id", "") == "Proposition" and len(noeud.args) > 1:
            geste = noeud.args[1]
            if isinstance(geste, ast.Lambda) and isinstance(geste.body, ast.Constant) and geste.body.value is None:
                yield noeud.lineno


def test_aucune_ligne_n_annonce_un_geste_vide() -> None:
    fautifs = [
        f"{chemin.relative_to(RACINE)}:{ligne}"
        for chemin in sorted((RACINE / "ui").rglob("*.py"))
        for ligne in gestes_vides(chemin.read_text(encoding="utf-8"))
    ]
    assert fautifs == []


def test_un_geste_vide_se_voit() -> None:
    assert list(gestes_vides('x = Proposition("R-1", lambda: None, "détail")')) == [1]
    assert list(gestes_vides('x = Proposition("R-1", None)\ny = Proposition("R-2", lambda: f())')) == []
