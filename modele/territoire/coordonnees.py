"""Où sont les communes, et à quelle distance l'une de l'autre, à vol d'oiseau. Celle qu'on ignore ne se place pas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

from modele.regles.disque import Lisible
from modele.regles.fautes import Faute, FichierFautif
from modele.territoire.tables import lire_csv

FICHIER: Final = "national/communes_coordonnees.csv"
DU_TERRITOIRE: Final = "coordonnees.csv"
SOURCE: Final = "Positions des communes : GeoNames, CC BY 4.0, relevées le 29/11/2026."
COLONNES: Final = ("code_insee", "latitude", "longitude")
_RAYON_KM: Final = 6371.0


class Point(NamedTuple):
    """Un point du globe, en degrés (WGS 84)."""

    latitude: float
    longitude: float


class Coordonnees:
    """Celles des communes de France, lues par ``lire`` la première fois qu'on en demande une."""

    def __init__(self, lire: Callable[[], Mapping[str, Point]] = dict) -> None:
        self._lire = lire

    @cached_property
    def points(self) -> Mapping[str, Point]:
        """Par code INSEE."""
        return self._lire()


def lire_coordonnees(fichier: Lisible) -> dict[str, Point]:
    """Les points d'une table. Lève ``FichierFautif``."""
    return {code: _point(fichier.name, code, *deux) for code, *deux in lire_csv(fichier, COLONNES)}


def _point(nom: str, code: str, latitude: str, longitude: str) -> Point:
    try:
        point = Point(float(latitude), float(longitude))
        if not (-90 <= point.latitude <= 90 and -180 <= point.longitude <= 180):
            raise ValueError
    except ValueError:
        message = f"« {latitude}, {longitude} » ne sont pas des degrés. Corrigez-les, ou retirez cette ligne."
        raise FichierFautif([Faute(nom, code, None, message)]) from None
    return point


def distance_km(un: Point, autre: Point) -> float:
    """À vol d'oiseau, sur une Terre ronde : à moins d'un demi pour cent près."""
    la, lb = radians(un.latitude), radians(autre.latitude)
    ecart = radians(autre.longitude - un.longitude)
    demi = sin((lb - la) / 2) ** 2 + cos(la) * cos(lb) * sin(ecart / 2) ** 2
    return 2 * _RAYON_KM * asin(min(1.0, sqrt(demi)))


def plan(points: Mapping[str, Point]) -> dict[str, tuple[float, float]]:
    """Ces points à plat, en kilomètres : vers l'est, vers le nord. Juste à l'échelle d'une intercommunalité."""
    if not points:
        return {}
    milieu = Point(*(sum(un) / len(points) for un in zip(*points.values(), strict=True)))
    par_degre = radians(1) * _RAYON_KM
    aplati = par_degre * cos(radians(milieu.latitude))
    return {
        code: ((un.longitude - milieu.longitude) * aplati, (un.latitude - milieu.latitude) * par_degre)
        for code, un in points.items()
    }
