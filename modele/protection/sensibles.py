"""La table sensible : quels champs peuvent dire une violence, et par quelles réponses.

Rien n'y est écrit en dur : ``Champ.violence`` sur les types, ``violence`` sur un code des nomenclatures, famille
« protection » d'une pièce, orientation ou public ``discret``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from modele.dossier.chemins import ABSENT, sans_identifiant
from modele.dossier.inventaire import inventaire
from modele.dossier.nomenclatures import nationales
from modele.dossier.types import Champ
from modele.dossier.unites import est_table
from modele.protection.discretion import dit_la_discretion
from modele.regles.lecture import lire_toml
from ressources import RESSOURCES

FAMILLE_PROTEGEE: Final = "protection"
_SOUPLES: Final = ("preuves.", "confirmations.")
"""Une clé par critère ou par champ : laquelle dit une violence dépend de la grille, ou du champ confirmé."""


@dataclass(frozen=True, slots=True)
class Sensible:
    """Comment un champ dit une violence : par toute réponse (``codes`` vide), ou par l'un de ces codes."""

    codes: frozenset[str] = frozenset()

    def dit(self, ecrit: Any) -> Any:
        """Ce que cette réponse en dit : la réponse entière, ou seulement ses codes ; ``ABSENT`` si rien."""
        if ecrit is ABSENT or ecrit is None:
            return ABSENT
        if not self.codes:
            return ecrit
        if isinstance(ecrit, str):
            return [ecrit] if ecrit in self.codes else ABSENT
        return sorted(self.codes.intersection(_nommes(ecrit))) or ABSENT

    def reste(self, ecrit: Any) -> Any:
        """La réponse sans ce qui dit une violence : de cases cochées, les autres ; ``ABSENT`` s'il n'en reste rien."""
        if self.dit(ecrit) is ABSENT:
            return ecrit
        coches = ecrit.get("coches") if isinstance(ecrit, Mapping) else None
        autres = [code for code in coches if code not in self.codes] if self.codes and isinstance(coches, list) else []
        return {**ecrit, "coches": autres} if autres else ABSENT


@dataclass(frozen=True, slots=True)
class Table:
    """Les champs sensibles : hors listes, par chemin ; dans une liste, par chemin de la liste puis de l'élément."""

    champs: Mapping[str, Sensible]
    listes: Mapping[str, Mapping[str, Sensible]]


@lru_cache(maxsize=1)
def sensibles() -> Table:
    """La table, lue une fois sur les types et les données livrées."""
    listes = {nom: dict(_tries((c.chemin, c.champ) for c in un.champs)) for nom, un in inventaire().listes.items()}
    return Table(
        champs=dict(_tries((nom, c.champ) for nom, c in inventaire().champs.items())),
        listes={nom: champs for nom, champs in listes.items() if champs},
    )


def dit_une_violence(chemin: str, code: str) -> bool:
    """Vrai si ce code, à ce champ, dit une violence subie : il ne s'imprime pas, même si nul n'est discret."""
    champ = _aplatis().get(sans_identifiant(chemin))
    return champ is not None and champ.dit(code) is not ABSENT


def par_toute_reponse(chemin: str) -> bool:
    """Vrai si ce champ dit une violence quoi qu'on y réponde : la question même en est une."""
    champ = _aplatis().get(sans_identifiant(chemin))
    return champ is not None and not champ.codes


def reste(chemin: str, ecrit: Any) -> Any:
    """Ce qu'un champ qui dit une violence en laisse lire : les autres cases, ou ``ABSENT``."""
    champ = _aplatis().get(sans_identifiant(chemin))
    return ABSENT if champ is None else champ.reste(ecrit)


def peut_dire(chemin: str, valeur: Any) -> bool:
    """Vrai si cette valeur peut dire une violence, ou la discrétion ; la lecture exacte tranche ensuite."""
    codes = _codes(sans_identifiant(chemin))
    if codes is None:
        return isinstance(valeur, dict) and bool(valeur) and est_table(valeur)
    return not codes or not codes.isdisjoint(_textes(valeur))


@lru_cache(maxsize=10_000)
def _codes(chemin: str) -> frozenset[str] | None:
    """Par quels codes ce champ peut dire une violence ; aucun : par toute réponse ; ``None`` : il ne le peut pas."""
    if dit_la_discretion(chemin) or chemin.startswith(_SOUPLES):
        return frozenset()
    champ = _aplatis().get(chemin)
    return None if champ is None else champ.codes


@lru_cache(maxsize=1)
def _aplatis() -> Mapping[str, Sensible]:
    """La table, sans distinguer les listes."""
    table = sensibles()
    des_listes = {f"{liste}.{nom}": un for liste, champs in table.listes.items() for nom, un in champs.items()}
    return {**table.champs, **des_listes}


def _tries(champs: Iterator[tuple[str, Champ]]) -> Iterator[tuple[str, Sensible]]:
    for chemin, champ in champs:
        codes = _designes()[champ.designe] if champ.designe else _codes_de_violence(champ.nomenclature)
        if champ.violence:
            yield chemin, Sensible()
        elif codes:
            yield chemin, Sensible(codes)


def _codes_de_violence(nomenclature: str) -> frozenset[str]:
    liste = nationales().get(nomenclature)
    return frozenset(code for code, un in liste.codes.items() if un.violence) if liste else frozenset()


@lru_cache(maxsize=1)
def _designes() -> Mapping[str, frozenset[str]]:
    """Les pièces et les orientations dont le seul nom dit une violence : les noter en serait une trace."""
    national = RESSOURCES / "national"
    pieces = lire_toml(national / "pieces.toml").tables("piece")
    orientations = [
        *lire_toml(national / "orientations.toml").tables("orientation"),
        *lire_toml(national / "publics_prioritaires.toml").tables("public"),
    ]
    return {
        "piece": frozenset(table.texte("id") for table in pieces if table.texte("famille") == FAMILLE_PROTEGEE),
        "orientation": frozenset(table.texte("id") for table in orientations if table.booleen("discret")),
    }


def _nommes(ecrit: Any) -> Iterator[str]:
    """Les codes qu'une réponse nomme : possibles ou cochés."""
    for cle in ("coches", "parmi"):
        codes = ecrit.get(cle) if isinstance(ecrit, Mapping) else None
        yield from (code for code in (codes if isinstance(codes, list) else ()) if isinstance(code, str))


def _textes(valeur: Any) -> Iterator[str]:
    """Tous les textes d'une réponse, si profonds soient-ils."""
    if isinstance(valeur, str):
        yield valeur
    elif isinstance(valeur, dict | list):
        for dessous in valeur.values() if isinstance(valeur, dict) else valeur:
            yield from _textes(dessous)
