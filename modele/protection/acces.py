"""Ce qu'une feuille d'accès peut dire d'un dossier : liste blanche, à travers le mur.

Ni un autre adulte, ni un texte libre, ni une adresse, ni qui a dit quoi, ni un fait protégé : ce qui n'est pas dans la
liste (``droits_personnes.toml``) est tu d'office. Un dossier discret n'y dit ni enfant, ni identité, ni moyen de
joindre la personne : ce papier peut être lu chez elle.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, Final

from modele.dossier.chemins import ABSENT, ELEMENTS, ORDRE, Document, lire, poser
from modele.dossier.droits_personnes import regles
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES, inventaire
from modele.dossier.situation import elements
from modele.protection.adultes import peut_etre_adulte
from modele.protection.discretion import est_discret
from modele.protection.retours import est_sensible
from modele.protection.violences import sans_violence

REVENUS: Final = "ressources.revenus"
_REVENU: Final = ("type", "montant")
_QUI_DESIGNE: Final = frozenset({"identite", "numero_unique"})


def delivrable(
    document: Mapping[str, Any], jour: date, criteres: Collection[str] = (), qui: str = DEMANDEUR
) -> Document:
    """Ce que la personne emporte de ce document. ``criteres`` : voir ``faits_de_violence``.

    ``qui`` : « codemandeur » n'emporte que ce qui est dit de lui, et rien du demandeur.
    """
    if qui == CODEMANDEUR:
        return _du_codemandeur(sans_violence(document, criteres))
    discret = est_discret(document)
    ouvert = sans_violence(document, criteres)
    dit: Document = {}
    for chemin in regles().champs:
        valeur = lire(ouvert, chemin)
        if valeur is not ABSENT and not (discret and _designe(chemin)):
            dit = poser(dit, chemin, valeur)
    dit = _avec(dit, REVENUS, dict(_revenus(ouvert, DEMANDEUR)))
    return dit if discret else _avec(dit, PERSONNES, dict(_enfants(ouvert, jour)))


def champs_du_codemandeur() -> Iterator[str]:
    """Les champs de la liste blanche qui parlent d'une personne, tels que le codemandeur les a."""
    siens = (chemin for chemin in regles().champs if chemin.startswith(f"{DEMANDEUR}."))
    return (f"{CODEMANDEUR}.{chemin.removeprefix(f'{DEMANDEUR}.')}" for chemin in siens)


def _du_codemandeur(document: Mapping[str, Any]) -> Document:
    dit: Document = {}
    for chemin in champs_du_codemandeur():
        valeur = lire(document, chemin)
        if valeur is not ABSENT:
            dit = poser(dit, chemin, valeur)
    return _avec(dit, REVENUS, dict(_revenus(document, CODEMANDEUR)))


def _designe(chemin: str) -> bool:
    """Vrai si ce champ, lu chez elle, dirait de qui est la feuille, ou comment la joindre."""
    champ = inventaire().champs[chemin].champ
    return est_sensible(chemin) or champ.atome in _QUI_DESIGNE or bool(champ.forme)


def _revenus(document: Mapping[str, Any], de: str) -> Iterator[tuple[str, Document]]:
    """Les siens, dits siens : de qui n'est pas dit, un autre a pu le gagner."""
    for qui, revenu in elements(document, REVENUS).items():
        if revenu.get("personne") == de:
            yield qui, {nom: revenu[nom] for nom in _REVENU if nom in revenu}


def _enfants(document: Mapping[str, Any], jour: date) -> Iterator[tuple[str, Document]]:
    for qui, personne in elements(document, PERSONNES).items():
        if not peut_etre_adulte(personne, jour):
            yield qui, {nom: personne[nom] for nom in regles().enfant if nom in personne}


def _avec(document: Document, liste: str, gardes: Mapping[str, Document]) -> Document:
    if not gardes:
        return document
    avec: Document = poser(document, liste, {ELEMENTS: dict(gardes), ORDRE: list(gardes)})
    return avec
