"""L'index des personnes d'une base d'avant se refait une fois, au démarrage : ce qu'il retient d'elles a changé."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from sqlalchemy import Connection, Engine, delete, select

from registre.base.moteur import unite_de_travail
from registre.base.schema import compteur, dossier
from registre.service.ecriture import tenir_l_index
from registre.service.tenus import verrouiller

A_REFAIRE: Final = "index_a_refaire"
_PAGE: Final = 500
_QUI_ATTENDENT: Final = select(compteur.c.territoire).where(compteur.c.nom == A_REFAIRE).order_by(compteur.c.territoire)


def refaire_ce_qui_attend(moteur: Engine) -> int:
    """Refait l'index de chaque territoire qui l'attend ; rend combien de dossiers s'y sont relus.

    Coupé, il reprend du début au prochain démarrage : le refaire deux fois ne change rien.
    """
    return sum(map(partial(_refaire, moteur), unite_de_travail(moteur, _territoires)))


def _territoires(connexion: Connection) -> list[str]:
    return list(connexion.execute(_QUI_ATTENDENT).scalars())


def _refaire(moteur: Engine, territoire: str) -> int:
    relus = sum(_pages(moteur, territoire))
    unite_de_travail(moteur, partial(_finir, territoire=territoire))
    return relus


def _pages(moteur: Engine, territoire: str) -> Iterator[int]:
    """Une page par transaction : un grand registre ne tient pas ses verrous le temps de tout relire."""
    dernier = ""
    while ids := unite_de_travail(moteur, partial(_page, territoire=territoire, apres=dernier)):
        dernier = ids[-1]
        yield len(ids)


def _page(connexion: Connection, territoire: str, apres: str) -> list[str]:
    ids = select(dossier.c.id).where(dossier.c.territoire == territoire, dossier.c.id > apres)
    page = list(connexion.execute(ids.order_by(dossier.c.id).limit(_PAGE)).scalars())
    tenus = [tenu for tenu in verrouiller(connexion, territoire, page).values() if tenu.genre.personnes]
    for tenu in tenus:
        tenu.cherche = tenu.renomme = True
    tenir_l_index(connexion, territoire, tenus)
    return page


def _finir(connexion: Connection, territoire: str) -> None:
    connexion.execute(delete(compteur).where(compteur.c.territoire == territoire, compteur.c.nom == A_REFAIRE))
