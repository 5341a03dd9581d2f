"""Le dossier commun neuf qui s'ouvre quand un adulte entre là où une violence a été dite : il n'en reprend rien.

Il porte la demande, pas l'accompagnement, et par liste blanche : un champ ajouté demain n'y entre que déclaré. Ni
violence, ni champ ``sensible`` (adresse, téléphone, texte libre…), ni numéro, ni identifiant de l'ancien dossier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from modele.dossier.chemins import ABSENT, ELEMENTS, ORDRE, Document, lire, poser
from modele.dossier.documents import identifiant
from modele.dossier.inventaire import ChampDossier, ListeDossier, inventaire
from modele.dossier.situation import elements, liste_close
from modele.protection.sensibles import Sensible, sensibles

_ACCOMPAGNEMENT: Final = ("protection", "triage", "suites", "rendez_vous")
"""Ce qui a été dit et fait autour de la demande : rien n'en sort du dossier où c'est écrit."""
_NUMEROS: Final = ("numero_unique", "numero_provisoire")


def dossier_commun(avant: Mapping[str, Any], apres: Mapping[str, Any]) -> Document:
    """Ce que le dossier neuf reprend d'``apres``, où un adulte vient d'entrer ; ``avant`` : ce qu'il y avait.

    Ce que l'écriture vient de poser y est, même ``sensible`` ; les éléments de liste déjà là changent d'identifiant.
    """
    neuf: Document = {}
    for champ in inventaire().champs.values():
        ecrit = _repris(champ, champ.chemin, avant, apres, sensibles().champs)
        if ecrit is not ABSENT:
            neuf = poser(neuf, champ.chemin, ecrit)
    for liste in inventaire().listes.values():
        if not liste.chemin.startswith(_ACCOMPAGNEMENT):
            neuf = _avec_liste(neuf, liste, avant, apres)
    renomme: Document = _renommer(neuf, {ancien: identifiant() for ancien in _deja_la(avant)})
    return renomme


def _repris(
    champ: ChampDossier,
    chemin: str,
    avant: Mapping[str, Any],
    apres: Mapping[str, Any],
    delicats: Mapping[str, Sensible],
) -> Any:
    """Ce qui se reprend d'un champ, ``ABSENT`` si rien."""
    ecrit, decrit = lire(apres, chemin), champ.champ
    neuf = ecrit != lire(avant, chemin)
    if chemin.startswith(_ACCOMPAGNEMENT) or decrit.atome in _NUMEROS or decrit.forme in _NUMEROS:
        return ABSENT
    if not neuf and (decrit.sensible or decrit.atome in atomes_sensibles()):
        return ABSENT
    delicat = delicats.get(champ.chemin)
    return ecrit if delicat is None else _sans_violence(delicat, ecrit)


@lru_cache(maxsize=1)
def atomes_sensibles() -> frozenset[str]:
    """Les groupes de champs dont l'un est sensible : « peut être appelé sans risque » va avec le téléphone."""
    champs = (champ.champ for champ in inventaire().champs.values() if champ.champ.atome)
    return frozenset(champ.atome for champ in champs if champ.sensible)


def _sans_violence(champ: Sensible, ecrit: Any) -> Any:
    """La réponse sans ce qui dit une violence ; de cases cochées, les autres restent, à compléter."""
    reste = champ.reste(ecrit)
    return reste if reste is ecrit or reste is ABSENT else {"coches": reste["coches"], "clos": False}


def _avec_liste(neuf: Document, liste: ListeDossier, avant: Mapping[str, Any], apres: Mapping[str, Any]) -> Document:
    delicats = sensibles().listes.get(liste.chemin, {})
    gardes: dict[str, Document] = {}
    for qui, element in elements(apres, liste.chemin).items():
        if any(champ.dit(lire(element, chemin)) is not ABSENT for chemin, champ in delicats.items()):
            continue
        gardes[qui] = {}
        ancien = lire(avant, f"{liste.chemin}.{ELEMENTS}.{qui}")
        for champ in liste.champs:
            repris = _repris(champ, champ.chemin, ancien if isinstance(ancien, Mapping) else {}, element, delicats)
            if repris is not ABSENT:
                gardes[qui] = poser(gardes[qui], champ.chemin, repris)
    if gardes:
        neuf = poser(neuf, liste.chemin, {ELEMENTS: gardes, ORDRE: list(gardes)})
    close = liste_close(apres, liste.chemin) and len(gardes) == len(elements(apres, liste.chemin))
    return poser(neuf, f"{liste.chemin}.clos", True) if close else neuf


def _deja_la(avant: Mapping[str, Any]) -> Iterator[str]:
    for liste in inventaire().listes:
        yield from elements(avant, liste)


def _renommer(valeur: Any, noms: Mapping[str, str]) -> Any:
    """La même valeur, où chaque identifiant d'élément, clé ou renvoi, est remplacé."""
    if isinstance(valeur, Mapping):
        return {noms.get(cle, cle): _renommer(dessous, noms) for cle, dessous in valeur.items()}
    if isinstance(valeur, list):
        return [_renommer(dessous, noms) for dessous in valeur]
    return noms.get(valeur, valeur) if isinstance(valeur, str) else valeur
