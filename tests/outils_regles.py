"""Les règles livrées, lues une fois par processus d'essai : chaque fenêtre ouverte, et chaque épreuve, les relisait.

Un poste relit tout le droit, puis refait ce qu'il en garde (communes, faits, questions) ; des centaines
d'épreuves ouvrent un poste. Les règles ne se changent pas : les mêmes fichiers livrés rendent donc les mêmes règles, en
un objet neuf (« deux chargements sont deux objets »). Ce qu'une couche ajoute se lit toujours, et les épreuves du
chargement lisent toujours vraiment (``tests/modele/chargement/conftest.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from modele.chargement import regles
from modele.chargement.regles import Regles
from modele.sources import Lecture
from ressources import RESSOURCES

charger_vraiment = regles._charger


@contextmanager
def regles_retenues() -> Iterator[None]:
    """Le temps d'un processus d'essai, les règles livrées d'un territoire ne se lisent qu'une fois."""
    retenues: dict[str, Regles] = {}

    def charger(territoire: str, lecture: Lecture) -> Regles:
        sources = lecture.sources
        if sources.racine != RESSOURCES or sources.au_dessus or sources.ecarts:
            return charger_vraiment(territoire, lecture)
        if territoire not in retenues:
            retenues[territoire] = charger_vraiment(territoire, lecture)
        return replace(retenues[territoire])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regles, "_charger", charger)
        yield
