"""La demande officielle : ce qu'une commission a le droit de lire d'un dossier, et rien d'autre.

Norme « La sûreté des personnes », § 2 et 5 : deux finalités. Les champs permis sont une donnée (``commission.toml``) ;
ce qui dit une violence s'en va d'abord, par le mécanisme de la note qui se montre (décision 0011).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from modele.attributions.classement.regles import TOUT_LE_GROUPE, regles
from modele.attributions.classement.tenue import AILLEURS
from modele.dossier.chemins import ABSENT, CLOS, ELEMENTS, ORDRE, Document, feuilles, lire, poser, sans_identifiant
from modele.dossier.ephemeres import sans_ephemeres
from modele.dossier.inventaire import inventaire
from modele.dossier.situation import elements
from modele.protection.violences import sans_violence

_ENTETE: Final = ("id", "territoire", "schema")
_DEMANDEES, _A_EVITER, _ELARGIE = "recherche.communes", "recherche.zones_a_eviter", "recherche.elargissement"


@dataclass(frozen=True, slots=True)
class _Permis:
    """Les champs permis : hors listes, par liste, et les tables à clés libres (réponses locales, preuves)."""

    champs: tuple[str, ...]
    listes: Mapping[str, frozenset[str]]
    tables: tuple[str, ...]


@lru_cache(maxsize=1)
def _permis() -> _Permis:
    connus = inventaire()
    dits = regles().permis
    champs = tuple(nom for nom in connus.champs if _dit(nom, dits))
    listes = {
        nom: permis
        for nom, liste in connus.listes.items()
        if (permis := frozenset(c.chemin for c in liste.champs if _dit(f"{nom}.{c.chemin}", dits)))
    }
    groupes = {un.removesuffix(TOUT_LE_GROUPE) for un in dits if un.endswith(TOUT_LE_GROUPE)}
    libres = sorted(un for un in groupes if not any(nom.startswith(f"{un}.") for nom in _tous()))
    return _Permis(champs, listes, tuple(libres))


def _tous() -> Iterator[str]:
    yield from inventaire().champs
    yield from (f"{nom}.{un.chemin}" for nom, liste in inventaire().listes.items() for un in liste.champs)


def _dit(chemin: str, dits: Collection[str]) -> bool:
    debuts = [chemin[:rang] for rang, signe in enumerate(chemin) if signe == "."]
    return chemin in dits or any(f"{debut}{TOUT_LE_GROUPE}" in dits for debut in debuts)


def demande_officielle(document: Mapping[str, Any], criteres: Collection[str] = ()) -> Document:
    """Ce que la demande officielle dit. ``criteres`` : ceux dont la seule preuve dirait une violence."""
    reste = sans_violence(sans_ephemeres(document), criteres)
    neuf: Document = {cle: reste[cle] for cle in _ENTETE if cle in reste}
    permis = _permis()
    for chemin in (*permis.champs, *permis.tables):
        if (ecrit := lire(reste, chemin)) is not ABSENT:
            neuf = poser(neuf, chemin, ecrit)
    for liste, champs in permis.listes.items():
        if lire(reste, liste) is not ABSENT:
            neuf = poser(neuf, liste, _liste(reste, liste, champs))
    return neuf


def _liste(document: Mapping[str, Any], liste: str, champs: Collection[str]) -> Document:
    """Chaque élément reste, même vide : une personne du foyer compte, quoi qu'on taise d'elle."""
    garde: Document = {ELEMENTS: {}}
    for qui, element in elements(document, liste).items():
        neuf: Document = {}
        for champ in champs:
            if (ecrit := lire(element, champ)) is not ABSENT:
                neuf = poser(neuf, champ, ecrit)
        garde[ELEMENTS][qui] = neuf
    return garde | {cle: dit for cle in (ORDRE, CLOS) if (dit := lire(document, f"{liste}.{cle}")) is not ABSENT}


def inconnus(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Les clés d'un fichier qu'aucun dossier n'a : ignorées, et dites ; une note ajoutée à la main en est une."""
    connus = {*_tous(), *(f"{nom}.{cle}" for nom in inventaire().listes for cle in (ELEMENTS, ORDRE, CLOS))}
    libres = (*_ENTETE, "cree_le", "modifie_le", "confirmations", "preuves", "local")
    vus = dict.fromkeys(sans_identifiant(chemin) for chemin, _ in feuilles(document))
    return tuple(un for un in vus if not _commence(un, connus) and un.partition(".")[0] not in libres)


def _commence(chemin: str, connus: Collection[str]) -> bool:
    morceaux = chemin.split(".")
    groupe_vide = any(un.startswith(f"{chemin}.") for un in connus)
    return groupe_vide or any(".".join(morceaux[:rang]) in connus for rang in range(1, len(morceaux) + 1))


def secteurs(document: Mapping[str, Any], communes: Collection[str]) -> dict[str, bool | None]:
    """Pour chaque commune, demandée, non demandée, ou on ne sait pas ; ``AILLEURS`` : toute autre.

    Une commune à éviter est une commune non demandée : rien, dans ces colonnes ni dans leurs mots, n'en dit plus. C'est
    la seule chose qu'un fait protégé change : la personne n'est pas proposée là où elle serait en danger.
    """
    demandees, elargie = _codes(document, _DEMANDEES), lire(document, _ELARGIE)
    autre = elargie if isinstance(elargie, bool) and demandees is not None else None
    evitees = _codes(document, _A_EVITER) or frozenset()
    lus: dict[str, bool | None] = {AILLEURS: autre}
    for code in sorted({*communes, *(demandees or ()), *evitees}):
        lus[code] = False if code in evitees else True if code in (demandees or ()) else autre
    return lus


def _codes(document: Mapping[str, Any], chemin: str) -> frozenset[str] | None:
    dits = lire(document, chemin)
    return frozenset(un for un in dits if isinstance(un, str)) if isinstance(dits, list) else None
