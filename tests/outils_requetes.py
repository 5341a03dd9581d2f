"""Les coffres d'essai partagent leurs requêtes traduites en SQL : chacun, neuf, les retraduisait toutes.

SQLAlchemy les garde par moteur, sous une clé qui nomme le dialecte : il suffit que celui-ci soit le même. Pas dans le
produit, où ce serait garder en mémoire, coffre verrouillé, les valeurs de la première requête de chaque sorte.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from sqlalchemy import create_engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from modele.coffre import base

_GARDEES = 2000


@contextmanager
def requetes_retenues() -> Iterator[None]:
    """Le temps d'une session d'essais."""
    options = {"compiled_cache": LRUCache(_GARDEES)}
    with pytest.MonkeyPatch.context() as correctif:
        # Deux dialectes de SQLite se valent : leurs réglages sont les mêmes d'un coffre à l'autre.
        correctif.setattr(SQLiteDialect_pysqlite, "__eq__", lambda un, autre: type(un) is type(autre), raising=False)
        correctif.setattr(SQLiteDialect_pysqlite, "__hash__", lambda un: hash(type(un)), raising=False)
        correctif.setattr(base, "create_engine", partial(create_engine, execution_options=options))
        yield
