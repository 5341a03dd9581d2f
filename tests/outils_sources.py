"""Les données livrées, lues une fois pour les épreuves qui ne les changent pas, et de quoi en poser d'autres à côté."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from modele.chargement import National, charger_national
from modele.regles.faits import Catalogue
from modele.sources import Lecture, Sources, ouvrir
from modele.territoire import Apercu, Territoire, lister
from modele.territoire.chargement import charger
from ressources import RESSOURCES

LIVREES = ouvrir()
TERRITOIRES = RESSOURCES / "territoires"


@cache
def national() -> National:
    """Le droit national livré."""
    return charger_national(Lecture(LIVREES))


def catalogue_national() -> Catalogue:
    """Les faits nationaux livrés."""
    return national().catalogue


def territoire(identifiant: str, sources: Sources = LIVREES) -> Territoire:
    """Un territoire, livré ou des sources données."""
    return charger(identifiant, Lecture(sources), national().pays.parametres)


def territoires(sources: Sources = LIVREES) -> tuple[Apercu, ...]:
    """Ceux qu'on peut choisir."""
    return lister(Lecture(sources))


def sources_avec(dossier: Path, **places: Path) -> Sources:
    """Les données livrées, où un dossier (``territoires``, ``fiches``…) est remplacé par un autre.

    ``dossier`` : où les ranger ; il ne contient que des liens.
    """
    racine = dossier / "ressources_d_essai"
    racine.mkdir(exist_ok=True)
    for livre in RESSOURCES.iterdir():
        lien = racine / livre.name
        if not lien.exists():
            lien.symlink_to(places.get(livre.name, livre))
    return ouvrir(racine)
