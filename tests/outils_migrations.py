"""Un coffre neuf d'essai, sans rejouer Alembic : la première création est la vraie, les suivantes répètent son SQL.

Les migrations font les deux tiers d'une création, et les épreuves créent des milliers de coffres. Chaque processus joue
les vraies une fois ; ce qu'elles ont écrit dans la base est retenu, requête par requête, et répété dans une base neuve.
Une base qui a déjà un schéma passe toujours par les vraies. ``test_coffre_migration`` compare les deux.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from modele.coffre import migration
from modele.coffre.base import Base
from modele.coffre.index import refaire_les_portes

Requete = tuple[str, Any]
migrer_vraiment = migration._migrer


class Repetition:
    """À la place de ``migration._migrer`` : retient ce qu'une base neuve a reçu, puis le répète dans les suivantes."""

    def __init__(self) -> None:
        self._retenues: tuple[Requete, ...] = ()

    def __call__(self, base: Base, copie: Path | None, refaire_l_index: bool) -> None:
        if not _vierge(base):
            migrer_vraiment(base, copie, refaire_l_index)
        elif self._retenues:
            with base.ecriture() as connexion:
                curseur = connexion.connection.cursor()
                for requete, valeurs in self._retenues:
                    curseur.execute(requete, valeurs)
                refaire_les_portes(connexion)
        else:
            with _ecoute(base) as vues:
                migrer_vraiment(base, copie, refaire_l_index)
            self._retenues = tuple(vues)


@contextmanager
def migrations_repetees() -> Iterator[None]:
    """Le temps d'un processus d'essai, les coffres neufs répètent les migrations."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migration, "_migrer", Repetition())
        yield


def _vierge(base: Base) -> bool:
    with base.lecture() as connexion:
        return connexion.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0


@contextmanager
def _ecoute(base: Base) -> Iterator[list[Requete]]:
    vues: list[Requete] = []

    def noter(_connexion: Any, _curseur: Any, requete: str, valeurs: Any, _contexte: Any, plusieurs: bool) -> None:
        assert not plusieurs, f"une migration insère plusieurs lignes d'un coup : {requete}"
        if not requete.lstrip().upper().startswith(("SELECT", "PRAGMA", "BEGIN")):
            vues.append((requete, valeurs))

    event.listen(base._moteur, "before_cursor_execute", noter)
    try:
        yield vues
    finally:
        event.remove(base._moteur, "before_cursor_execute", noter)
