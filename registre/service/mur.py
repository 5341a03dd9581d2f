"""Le mur des violences, au registre : jamais à la fois lu par un autre adulte et disant une violence.

Deux postes hors ligne, chacun dans son droit, peuvent le franchir ensemble : l'un fait entrer un adulte, l'autre note
une violence. Le second arrivé est refusé. Toutes les têtes comptent : une proposition divergente se lit aussi.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from msgspec import structs

from modele.dossier.chemins import Document
from modele.dossier.documents import encoder
from modele.dossier.inventaire import inventaire
from modele.dossier.nomenclatures import nationales
from modele.dossier.operations import ChampPose
from modele.dossier.unites import ELEMENTS, est_element, est_table
from modele.dossier.violences import DISCRET, faits_de_violence, partage
from modele.fusion import EtatDossier, document
from modele.fusion.tetes import ignorees, retire

_ADULTES: Final = ("codemandeur", "foyer.avec_codemandeur", "foyer.personnes", "foyer.colocataires")
_SOUPLES: Final = ("preuves.", "confirmations.")


def franchi(avant: EtatDossier, apres: EtatDossier, champs: Mapping[str, ChampPose], jour: date) -> bool:
    """Vrai si ``apres`` fait lire une violence à un autre adulte, et qu'``avant`` ne le faisait pas déjà.

    ``champs`` : ceux que l'opération pose ; ``jour`` : la date où l'on juge qui est adulte.
    """
    if not avant.unites and not any(_peut_dire(chemin, champ.apres) for chemin, champ in champs.items()):
        return False
    return _concerne(champs) and reunit(avant, apres, jour)


def reunit(avant: EtatDossier, apres: EtatDossier, jour: date) -> bool:
    """Comme ``franchi``, quels que soient les champs : deux dossiers viennent d'être fondus."""
    if not any(_peut_dire(chemin, valeur) for chemin, valeur in _valeurs(apres)) or not _partage(apres, jour):
        return False
    return bool(_lisibles(apres, jour) - _lisibles(avant, jour))


def _concerne(champs: Mapping[str, ChampPose]) -> bool:
    """Vrai si ces champs peuvent dire une violence ou faire entrer un adulte : sinon, rien n'est à vérifier."""
    return any(chemin.startswith(_ADULTES) or _peut_dire(chemin, champ.apres) for chemin, champ in champs.items())


def _partage(etat: EtatDossier, jour: date) -> bool:
    """Vrai si un autre adulte peut lire le dossier, d'après ce que disent ses personnes et aucune autre unité."""
    personnes = {cle: tetes for cle, tetes in etat.unites.items() if cle.startswith(_ADULTES)}
    return any(partage(vue, jour) for vue in _lectures(structs.replace(etat, unites=personnes)))


def _lisibles(etat: EtatDossier, jour: date) -> set[tuple[str, bytes]]:
    """Les violences dites, si un autre adulte peut les lire."""
    vues = list(_lectures(etat))
    if not any(partage(vue, jour) for vue in vues):
        return set()
    return {(lieu, encoder(dit)) for vue in vues for lieu, dit in faits_de_violence(vue).items()}


def _lectures(etat: EtatDossier) -> Iterator[Document]:
    """Le document en vigueur, puis tel que chaque autre tête le ferait lire."""
    yield document(etat)
    for cle, tetes in etat.unites.items():
        if est_element(cle) and retire(etat.unites, cle) and ignorees(etat.unites, cle):
            autres = {autre: dites for autre, dites in etat.unites.items() if autre != cle}
            yield document(structs.replace(etat, unites=autres))
        for tete in tetes[1:]:
            if est_element(cle) or _utile(tete.valeurs):
                yield document(structs.replace(etat, unites={**etat.unites, cle: [tete]}))


def _utile(valeurs: Mapping[str, Any]) -> bool:
    return any(chemin.startswith(_ADULTES) or _peut_dire(chemin, valeur) for chemin, valeur in valeurs.items())


def _valeurs(etat: EtatDossier) -> Iterable[tuple[str, Any]]:
    return (dite for tetes in etat.unites.values() for tete in tetes for dite in tete.valeurs.items())


def _peut_dire(chemin: str, valeur: Any) -> bool:
    """Vrai si cette valeur peut dire une violence ; la lecture exacte tranche ensuite."""
    codes = _codes(chemin if ELEMENTS not in chemin else _sans_identifiant(chemin))
    if codes is None:
        return isinstance(valeur, dict) and bool(valeur) and est_table(valeur)
    return not codes or not codes.isdisjoint(_textes(valeur))


@lru_cache(maxsize=10_000)
def _codes(chemin: str) -> frozenset[str] | None:
    """Par quels codes ce champ peut dire une violence ; aucun : par toute réponse ; ``None`` : il ne le peut pas."""
    if chemin == DISCRET or chemin.startswith(_SOUPLES):
        return frozenset()
    return _sensibles().get(chemin)


def _sans_identifiant(chemin: str) -> str:
    """``pieces.elements.<id>.piece`` devient ``pieces.piece``."""
    liste, trouve, reste = chemin.partition(f".{ELEMENTS}.")
    return f"{liste}.{reste.partition('.')[2]}" if trouve else chemin


def _textes(valeur: Any) -> Iterator[str]:
    """Tous les textes d'une réponse, si profonds soient-ils."""
    if isinstance(valeur, str):
        yield valeur
    elif isinstance(valeur, dict | list):
        for dessous in valeur.values() if isinstance(valeur, dict) else valeur:
            yield from _textes(dessous)


@lru_cache(maxsize=1)
def _sensibles() -> Mapping[str, frozenset[str]]:
    """Les champs qui peuvent dire une violence, et par quels codes (aucun code : par toute réponse)."""
    tous = {champ.chemin: champ.champ for champ in inventaire().champs.values()}
    for liste in inventaire().listes.values():
        tous |= {f"{liste.chemin}.{champ.chemin}": champ.champ for champ in liste.champs}
    sensibles = {}
    for chemin, champ in tous.items():
        nomenclature = nationales().get(champ.nomenclature)
        codes = (
            frozenset(code for code, un in nomenclature.codes.items() if un.violence) if nomenclature else frozenset()
        )
        if champ.violence or champ.designe or codes:
            sensibles[chemin] = frozenset() if champ.violence or champ.designe else codes
    return sensibles
