"""Le mur, sur un état à plusieurs têtes : jamais à la fois lu par un autre adulte et disant une violence.

Deux postes hors ligne, chacun dans son droit, peuvent le franchir ensemble : l'un fait entrer un adulte, l'autre note
une violence. Le second arrivé est refusé. Toutes les têtes comptent : une proposition divergente se lit aussi.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import structs

from modele.dossier.chemins import Document, element_de, est_element
from modele.dossier.documents import encoder
from modele.dossier.operations import ChampPose
from modele.fusion import EtatDossier, document
from modele.fusion.etat import PRESENT, Unites
from modele.fusion.tetes import ignorees, retire, sous_les_retires
from modele.protection.adultes import fait_entrer, partage
from modele.protection.discretion import _DISCRET, dit_la_discretion
from modele.protection.sensibles import peut_dire
from modele.protection.violences import affirme, faits_de_violence


def est_discret(etat: EtatDossier) -> bool:
    """La discrétion est posée, ou l'est par l'une des têtes : ce qui protège l'emporte."""
    return any(tete.valeurs.get(_DISCRET) is True for tete in etat.unites.get(_DISCRET, ()))


def change_la_discretion(champs: Mapping[str, ChampPose]) -> bool:
    """Vrai si l'un de ces champs est celui de la discrétion."""
    return any(map(dit_la_discretion, champs))


def a_porte(etat: EtatDossier) -> bool:
    """Vrai si une tête affirme une violence, ou l'affirmait à qui l'a changée."""
    return any(
        affirme(chemin, valeur)
        for tetes in etat.unites.values()
        for tete in tetes
        for dites in (tete.valeurs, tete.base, tete.vues)
        for chemin, valeur in dites.items()
    )


def franchi(avant: EtatDossier, apres: EtatDossier, champs: Mapping[str, ChampPose], jour: date) -> bool:
    """Vrai si ``apres`` fait lire une violence à un autre adulte, et qu'``avant`` ne le faisait pas déjà.

    ``champs`` : ceux que l'opération pose ; ``jour`` : la date où l'on juge qui est adulte.
    """
    if not avant.unites and not any(peut_dire(chemin, champ.apres) for chemin, champ in champs.items()):
        return False
    return concerne(champs) and reunit(avant, apres, jour)


def reunit(avant: EtatDossier, apres: EtatDossier, jour: date) -> bool:
    """Comme ``franchi``, quels que soient les champs : deux dossiers viennent d'être fondus."""
    if not any(peut_dire(chemin, valeur) for chemin, valeur in _valeurs(apres)) or not _partage(apres, jour):
        return False
    return bool(_lisibles(apres, jour) - _lisibles(avant, jour))


def concerne(champs: Mapping[str, ChampPose]) -> bool:
    """Vrai si ces champs peuvent dire une violence ou faire entrer un adulte : sinon, rien n'est à vérifier."""
    return any(fait_entrer(chemin) or peut_dire(chemin, champ.apres) for chemin, champ in champs.items())


def _partage(etat: EtatDossier, jour: date) -> bool:
    """Vrai si un autre adulte peut lire le dossier, d'après ce que disent ses personnes et aucune autre unité."""
    personnes = {cle: tetes for cle, tetes in _montrees(etat.unites).items() if fait_entrer(cle)}
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
    return any(fait_entrer(chemin) or peut_dire(chemin, valeur) for chemin, valeur in valeurs.items())


def _valeurs(etat: EtatDossier) -> Iterable[tuple[str, Any]]:
    return (dite for tetes in etat.unites.values() for tete in tetes for dite in tete.valeurs.items())
