"""Le dossier distinct et discret qu'ouvre ce qui ne s'écrit pas dans un dossier partagé.

Il est neuf : ni lien, ni identifiant, ni trace du dossier commun.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from modele.dossier.chemins import ABSENT, ELEMENTS, Document, lire, poser
from modele.dossier.documents import identifiant, nouveau
from modele.dossier.inventaire import DEMANDEUR, PERSONNES, inventaire
from modele.dossier.situation import elements
from modele.protection.adultes import peut_etre_adulte
from modele.protection.discretion import rendre_discret
from modele.protection.violences import faits_de_violence
from modele.regles.fautes import ErreurUtilisateur

_IDENTITE: Final = "identite"


def a_reprendre(valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Ce qu'un dossier distinct reprend de réponses interdites : les violences dites, et rien qui les accompagne.

    Ni un élément de liste ni son ordre : leurs identifiants sont ceux du dossier commun.
    """
    reprises: dict[str, Any] = {}
    for chemin, valeur in valeurs.items():
        dit = faits_de_violence(poser({}, chemin, valeur)).get(chemin, ABSENT)
        if dit is ABSENT or f".{ELEMENTS}." in chemin:
            continue
        cochees = isinstance(dit, list) and isinstance(valeur, Mapping) and "coches" in valeur
        reprises[chemin] = {"coches": dit, "clos": False} if cochees else valeur
    return reprises


def dossier_distinct(
    document: Mapping[str, Any],
    cree_le: str,
    jour: date,
    *,
    qui: str = DEMANDEUR,
    identite: bool = False,
    enfants: Collection[str] = (),
) -> Document:
    """Un dossier neuf et discret, qui ne reprend que ce que la personne choisit : son identité, ses enfants mineurs.

    ``qui`` : son rôle dans le dossier commun. ``enfants`` : identifiants d'éléments de ``foyer.personnes`` ; ils en
    reçoivent de neufs. Lève ``ErreurUtilisateur`` si l'un d'eux est peut-être majeur.
    """
    distinct = rendre_discret(nouveau(str(document["territoire"]), cree_le))
    if identite and (reprise := identite_de(lire(document, qui))):
        distinct = {**distinct, DEMANDEUR: reprise}
    repris = {identifiant(): identite_de(_enfant(document, ancien, jour)) for ancien in sorted(enfants)}
    if repris:
        liste = {ELEMENTS: repris, "ordre": list(repris), "clos": False}
        distinct = poser(distinct, PERSONNES, liste)
    return distinct


def identite_de(personne: Any) -> Document:
    """L'identité seule d'une personne, sans rien d'autre ni clé inconnue."""
    champs = [c.chemin for c in inventaire().listes[PERSONNES].champs if c.champ.atome == _IDENTITE]
    return {nom: personne[nom] for nom in champs if isinstance(personne, Mapping) and nom in personne}


def _enfant(document: Mapping[str, Any], ancien: str, jour: date) -> Mapping[str, Any]:
    enfant = elements(document, PERSONNES).get(ancien)
    if enfant is None or peut_etre_adulte(enfant, jour):
        raise ErreurUtilisateur(
            "Seul un enfant mineur, dont la date de naissance est connue, se reprend dans le dossier distinct. "
            "Saisissez-y les autres personnes vous-même, si elle le souhaite."
        )
    return enfant
