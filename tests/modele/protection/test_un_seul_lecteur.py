"""La discrétion se lit et se pose en un seul endroit : ``modele.protection``. Nul autre module n'en connaît le chemin.

Un second lecteur oublierait un jour ce que le premier apprend (une voie retenue, une tête divergente, un droit de
lever). Les données (TOML, JSON) la nomment comme un fait parmi d'autres, et les épreuves écrivent des documents.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import modele.protection

RACINE = Path(__file__).parents[3]
PIECE = RACINE / "modele" / "protection"
CHEMIN = "protection.discret"
MODULES = [
    fichier
    for nom in ("main.py", "modele", "ui", "impressions", "registre")
    for fichier in ([RACINE / nom] if nom.endswith(".py") else sorted((RACINE / nom).rglob("*.py")))
    if PIECE not in fichier.parents
]


def lectures(source: str) -> Iterator[int]:
    """Les lignes qui nomment le chemin : en clair, en morceaux, par deux clés, ou par le nom privé de la pièce."""
    arbre = ast.parse(source)
    notices = {id(corps[0].value) for noeud in ast.walk(arbre) if (corps := _notice(noeud))}
    for noeud in ast.walk(arbre):
        if id(noeud) in notices:
            continue
        if CHEMIN in _texte(noeud) or _deux_cles(noeud) or _prend_un_nom_prive(noeud):
            yield noeud.lineno  # type: ignore[attr-defined]


def _notice(noeud: ast.AST) -> list[ast.Expr]:
    corps = getattr(noeud, "body", None)
    premiere = corps[0] if isinstance(corps, list) and corps else None
    dite = isinstance(premiere, ast.Expr) and isinstance(premiere.value, ast.Constant)
    return [premiere] if dite and isinstance(premiere, ast.Expr) else []


def _texte(noeud: ast.AST) -> str:
    """Le texte que cette expression fait, si elle n'est faite que de textes."""
    match noeud:
        case ast.Constant(value=str(texte)):
            return texte
        case ast.JoinedStr(values=morceaux):
            return "".join(map(_texte, morceaux))
        case ast.FormattedValue(value=valeur):
            return _texte(valeur)
        case ast.BinOp(left=gauche, op=ast.Add(), right=droite):
            return _texte(gauche) + _texte(droite)
        case ast.Call(
            func=ast.Attribute(value=lien, attr="join"), args=[ast.List(elts=morceaux) | ast.Tuple(elts=morceaux)]
        ):
            return _texte(lien).join(map(_texte, morceaux))
    return ""


def _deux_cles(noeud: ast.AST) -> bool:
    """``document["protection"]["discret"]``, ou la même chose par ``get``."""
    return _cle(noeud) == "discret" and any(_cle(dessous) == "protection" for dessous in ast.walk(noeud))


def _cle(noeud: ast.AST) -> str:
    match noeud:
        case ast.Subscript(slice=ast.Constant(value=str(cle))):
            return cle
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=str(cle)), *_]):
            return cle
    return ""


def _prend_un_nom_prive(noeud: ast.AST) -> bool:
    venu = isinstance(noeud, ast.ImportFrom) and (noeud.module or "").startswith("modele.protection")
    return venu and isinstance(noeud, ast.ImportFrom) and any(nom.name.startswith("_") for nom in noeud.names)


@pytest.mark.parametrize("fichier", MODULES, ids=lambda fichier: str(fichier.relative_to(RACINE)))
def test_nul_autre_ne_lit_la_discretion(fichier: Path) -> None:
    """Ni en littéral, ni par une constante : ``est_discret``, et pour l'écrire ``devenir_discret``."""
    assert list(lectures(fichier.read_text())) == []


def test_la_piece_ne_donne_pas_son_chemin() -> None:
    """Aucun nom public de la pièce n'est le chemin : ce serait une constante de plus."""
    for module in pkgutil.iter_modules(modele.protection.__path__, "modele.protection."):
        noms = vars(importlib.import_module(module.name))
        assert not [nom for nom, valeur in noms.items() if not nom.startswith("_") and valeur == CHEMIN], module.name


@pytest.mark.parametrize(
    "source",
    [
        'lire(document, "protection.discret") is True',
        '_DISCRET: Final = "protection.discret"',
        'x = "protection." + "discret"',
        "x = f\"protection.{'discret'}\"",
        'x = ".".join(["protection", "discret"])',
        'document["protection"]["discret"]',
        'document.get("protection", {}).get("discret")',
        'situation.etat("protection.discret").valeur',
        "from modele.protection.discretion import _DISCRET",
    ],
)
def test_mutant_un_second_lecteur(source: str) -> None:
    """De quelque façon qu'il s'écrive, il se voit."""
    assert list(lectures(source)) == [1]


def test_la_notice_et_le_reste_se_disent() -> None:
    """Une notice peut nommer le champ ; une autre clé de la même table se lit."""
    assert list(lectures('"""Ce que dit protection.discret."""\n')) == []
    assert list(lectures('lire(document, "protection.seul_a_seul")\ndocument["protection"]["preuves"]')) == []
