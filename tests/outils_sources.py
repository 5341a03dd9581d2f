"""Les données livrées, lues une fois pour les épreuves qui ne les changent pas, et de quoi en poser d'autres à côté."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from modele.chargement import National, charger_national
from modele.dossier.faits import Derives, ensemble
from modele.dossier.faits.lecture import FaitsDerives
from modele.regles.faits import Catalogue
from modele.regles.parametres import DeclarationParametre
from modele.sources import Lecture, Sources, ouvrir
from modele.territoire.chargement import charger
from modele.territoire.identite import Apercu, lister
from modele.territoire.modele import Territoire
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


def parametres_nationaux() -> Mapping[str, DeclarationParametre]:
    """Les paramètres livrés."""
    return national().pays.parametres


def catalogue_brut() -> Catalogue:
    """Les faits du dossier et les groupes de codes livrés."""
    return national().bruts


def derives_nationaux() -> FaitsDerives:
    """Les faits dérivés livrés, par nom."""
    return national().derives


def catalogue_derive(derives: FaitsDerives | None = None) -> Catalogue:
    """Le catalogue des faits dérivés livrés, ou de ceux-là."""
    return _catalogue_livre() if derives is None else ensemble.catalogue_derive(derives)


@cache
def _catalogue_livre() -> Catalogue:
    """Une épreuve de tirages le redemande à chaque fait de chaque monde : le refaire lui coûtait les trois quarts."""
    return ensemble.catalogue_derive(derives_nationaux())


def deriver(*entrees: Any, derives: FaitsDerives | None = None, **reglages: Any) -> Derives:
    """Dérive avec les faits livrés, ou ceux-là."""
    voulus = derives_nationaux() if derives is None else derives
    return ensemble.ouvrir(*entrees, bruts=catalogue_brut(), derives=voulus, **reglages).tirer()
