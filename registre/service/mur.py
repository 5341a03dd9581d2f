"""Le mur des violences, au registre : jamais à la fois lu par un autre adulte et disant une violence.

Deux postes hors ligne, chacun dans son droit, peuvent le franchir ensemble : l'un fait entrer un adulte, l'autre note
une violence. Le second arrivé est refusé. Toutes les têtes comptent : une proposition divergente se lit aussi.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from msgspec import structs

from modele.dossier.chemins import ELEMENTS, Document, element_de, est_element
from modele.dossier.documents import encoder
from modele.dossier.inventaire import inventaire
from modele.dossier.nomenclatures import nationales
from modele.dossier.operations import ChampPose
from modele.dossier.unites import est_table
from modele.dossier.violences import DISCRET, faits_de_violence, partage
from modele.fusion import EtatDossier, document
from modele.fusion.etat import PRESENT, Unites
from modele.fusion.tetes import ignorees, retire, sous_les_retires

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
    personnes = {cle: tetes for cle, tetes in _montrees(etat.unites).items() if cle.startswith(_ADULTES)}
    if partage(document(structs.replace(etat, unites=personnes)), jour):
        return True
    voisines: defaultdict[str | None, Unites] = defaultdict(dict)
    for cle, tetes in personnes.items():
        voisines[element_de(cle)][cle] = tetes
    return any(partage(document(structs.replace(etat, unites=vue)), jour) for vue in _personnes(personnes, voisines))


def _personnes(personnes: Unites, voisines: Mapping[str | None, Unites]) -> Iterator[Unites]:
    """Chaque couche, où une personne se lit entière : sans sa date de naissance, elle passerait pour adulte."""
    for couche in _couches(personnes):
        vue: Unites = {}
        for element in {element_de(cle) for cle in couche} - {None}:
            vue |= voisines[element]
        yield vue | couche


def _lisibles(etat: EtatDossier, jour: date) -> set[tuple[str, bytes]]:
    """Les violences dites, si un autre adulte peut les lire."""
    if not _partage(etat, jour):
        return set()
    return {(lieu, encoder(dit)) for vue in _lectures(etat) for lieu, dit in faits_de_violence(vue).items()}


def _lectures(etat: EtatDossier) -> Iterator[Document]:
    """Le document en vigueur, puis ce que les autres têtes y feraient lire : chaque place se juge seule.

    Toutes les deuxièmes têtes ensemble, puis toutes les troisièmes : le travail suit leur nombre, pas son carré.
    """
    montrees = _montrees(etat.unites)
    for unites in (montrees, *_couches(montrees)):
        yield document(structs.replace(etat, unites=unites))


def _montrees(unites: Unites) -> Unites:
    """Les unités, avec les éléments dont le retrait se discute, et sans ceux qui sont retirés pour de bon."""
    montrees = dict(unites)
    for cle, tetes in unites.items():
        if est_element(cle) and retire(unites, cle):
            presents = [tete for tete in tetes if tete.valeurs and tete.operation != PRESENT]
            if presents:
                montrees[cle] = presents
            elif ignorees(unites, cle):
                del montrees[cle]
    caches = sous_les_retires(montrees)
    return {cle: tetes for cle, tetes in montrees.items() if not cle.startswith(caches)}


def _couches(unites: Unites) -> list[Unites]:
    """Les têtes qui ne sont pas en vigueur, rang par rang, si elles peuvent changer ce qui se juge."""
    couches: list[Unites] = []
    for cle, tetes in unites.items():
        # D'un élément de liste, être là ne dit rien : ses champs se lisent à leur place.
        utiles = [tete for tete in tetes[1:] if _utile(tete.valeurs) and (not est_element(cle) or tete.valeurs[cle])]
        couches += [{} for _ in range(len(utiles) - len(couches))]
        for couche, tete in zip(couches, utiles, strict=False):
            couche[cle] = [tete]
    return couches


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
