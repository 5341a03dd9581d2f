"""Ce qu'une lecture d'accessibilité ne demande jamais : PySide y tuait Perron, sans une phrase.

Vu trois fois : une interface rendue puis détruite, une ligne de liste vidée, et ``focusProxy()`` lu dans un état. Les
deux premières ont leurs essais (``test_liste.py``, la lecture entière de ``tests/ui/lecteur``) ; la troisième ne se
rejoue pas à coup sûr, elle dépend du ramasse-miettes : c'est la cause qui est interdite, partout où un lecteur passe.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from ui.composants import accessibilite

RENDENT_UN_OBJET_DE_QT: Final = frozenset(
    [
        "focusProxy",
        "parentWidget",
        "childAt",
        "children",
        "findChild",
        "findChildren",
        "nextInFocusChain",
        "previousInFocusChain",
        "window",
        "layout",
        "itemAt",
        "parent",
        "child",
        "focusChild",
    ]
)
"""Appelés pendant une lecture, ils fabriquent ou défont l'objet Python d'un widget que Qt est en train de dire."""


def prises(source: str) -> Iterator[str]:
    """Les appels interdits dans ce qu'un lecteur d'écran fait exécuter : les classes ``QAccessible…``."""
    for classe in (un for un in ast.walk(ast.parse(source)) if isinstance(un, ast.ClassDef)):
        if not any(isinstance(base, ast.Name) and base.id.startswith("QAccessible") for base in classe.bases):
            continue
        for appel in (un for un in ast.walk(classe) if isinstance(un, ast.Call)):
            if isinstance(appel.func, ast.Attribute) and appel.func.attr in RENDENT_UN_OBJET_DE_QT:
                yield f"{classe.name} : {appel.func.attr}(), ligne {appel.lineno}"


def test_une_lecture_ne_touche_a_aucun_autre_objet_de_qt() -> None:
    source = Path(accessibilite.__file__).read_text(encoding="utf-8")
    assert "QAccessibleWidget" in source
    assert list(prises(source)) == []


@pytest.mark.parametrize("appel", ["focusProxy", "parentWidget"])
def test_mutant_un_etat_qui_demande_le_mandataire(appel: str) -> None:
    """Tel que l'état s'écrivait quand la fenêtre disparaissait sous Perron."""
    source = Path(accessibilite.__file__).read_text(encoding="utf-8")
    mutant = source.replace(
        "etat.focused and QApplication", f"etat.focused and self._widget().{appel}() and QApplication"
    )
    assert mutant != source
    assert [un.split(",")[0] for un in prises(mutant)] == [f"_Porteur : {appel}()"]
