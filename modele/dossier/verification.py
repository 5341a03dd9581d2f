"""La forme d'un document : chaque réponse a-t-elle le type, les bornes et les codes de son champ ?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from modele.dossier.chemins import ABSENT, lire
from modele.dossier.inventaire import ChampDossier, Genre, ListeDossier, inventaire
from modele.dossier.reponses import AUCUN
from modele.dossier.situation import etats_bruts
from modele.regles.faits import Fait

PREUVES: Final = ("declare", "justifie", "valide", "manquant")
_TABLES: Final = ("preuves", "local", "confirmations")
_INCERTAINS: Final = ({"refus": True}, {"ne_sait_pas": True}, AUCUN)


@dataclass(frozen=True, slots=True)
class Ecart:
    """Ce qui ne va pas à un chemin du document : une phrase qui dit ce qui est attendu."""

    chemin: str
    message: str


@dataclass(frozen=True, slots=True)
class Place:
    """Un champ à sa place dans un document : son chemin complet et ce qui y est écrit (``ABSENT`` : rien)."""

    chemin: str
    champ: ChampDossier
    ecrit: Any


def places(document: Mapping[str, Any]) -> Iterator[Place]:
    """Tous les champs du document, éléments de listes compris, qu'ils soient remplis ou non."""
    for champ in inventaire().champs.values():
        yield Place(champ.chemin, champ, lire(document, champ.chemin))
    for liste in inventaire().listes.values():
        for identifiant, element in _elements(document, liste):
            for champ in liste.champs:
                chemin = f"{liste.chemin}.elements.{identifiant}.{champ.chemin}"
                yield Place(chemin, champ, lire(element, champ.chemin))


def verifier(document: Mapping[str, Any], locaux: Iterable[Fait] = ()) -> list[Ecart]:
    """Tous les écarts de forme du document. Les clés inconnues n'en sont pas : elles sont gardées."""
    ecarts = [*_structure(document), *_textes(document)]
    ecarts += [Ecart(chemin, faute) for chemin, faute in etats_bruts(document, locaux).fautes]
    return ecarts


def _elements(document: Mapping[str, Any], liste: ListeDossier) -> Iterator[tuple[str, Mapping[str, Any]]]:
    trouves = lire(document, f"{liste.chemin}.elements")
    if isinstance(trouves, Mapping):
        yield from ((str(i), element) for i, element in trouves.items() if isinstance(element, Mapping))


def _structure(document: Mapping[str, Any]) -> Iterator[Ecart]:
    for chemin in [*sorted(inventaire().groupes), *inventaire().listes, *_TABLES]:
        if not isinstance(lire(document, chemin), Mapping) and lire(document, chemin) is not ABSENT:
            yield Ecart(chemin, "attendu : une table { … }")
    for liste in inventaire().listes.values():
        yield from _liste(document, liste.chemin)
    preuves = lire(document, "preuves")
    for critere, preuve in preuves.items() if isinstance(preuves, Mapping) else ():
        if preuve not in PREUVES:
            yield Ecart(f"preuves.{critere}", f"attendu : {', '.join(PREUVES)}")


def _liste(document: Mapping[str, Any], chemin: str) -> Iterator[Ecart]:
    elements = lire(document, f"{chemin}.elements")
    if not isinstance(elements, Mapping):
        if elements is not ABSENT:
            yield Ecart(f"{chemin}.elements", "attendu : une table { identifiant : élément }")
        return
    for identifiant, element in elements.items():
        if not isinstance(element, Mapping):
            yield Ecart(f"{chemin}.elements.{identifiant}", "attendu : une table { … }")
        if "." in identifiant or not identifiant:
            yield Ecart(f"{chemin}.elements.{identifiant}", "un identifiant ne contient pas de point")


def _textes(document: Mapping[str, Any]) -> Iterator[Ecart]:
    for place in places(document):
        if place.ecrit is ABSENT or place.ecrit is None or place.ecrit in _INCERTAINS:
            continue
        if place.champ.genre is Genre.TEXTE and not isinstance(place.ecrit, str):
            yield Ecart(place.chemin, "attendu : un texte")
        elif place.champ.genre is Genre.TEXTES and not _textes_seuls(place.ecrit):
            yield Ecart(place.chemin, "attendu : une liste de textes")


def _textes_seuls(ecrit: Any) -> bool:
    return isinstance(ecrit, list) and all(isinstance(element, str) for element in ecrit)
