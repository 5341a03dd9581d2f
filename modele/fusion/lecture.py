"""Lire un état fusionné : le document en vigueur, ce qui attend qu'une personne tranche, comment trancher."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from modele.dossier.chemins import ABSENT, ELEMENTS, ORDRE, Document, element_de, est_element, lire, poser
from modele.dossier.operations import ChampPose
from modele.dossier.unites import est_table
from modele.fusion.etat import PRESENT, EtatDossier, Origine, Tete, Unites
from modele.fusion.tetes import (
    dans_l_element,
    disent_pareil,
    diverge,
    en_vigueur,
    ignorees,
    retire,
    sous_les_retires,
    unites_de_l_element,
)
from modele.genres import decoupe


@dataclass(frozen=True, slots=True)
class Proposition:
    """Une valeur en présence : les champs de l'unité (vides : retirée), l'opération qui la porte et son auteur.

    ``operations`` : toutes celles qui disent la même chose. ``base`` : ce que l'auteur voyait avant ; vide s'il n'y
    avait rien, ou pour la valeur en vigueur.
    """

    valeurs: Mapping[str, Any]
    operations: tuple[str, ...]
    auteur: Origine
    base: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Divergence:
    """Une unité que deux postes ont dite autrement. ``propositions`` : la première est en vigueur."""

    unite: str
    propositions: tuple[Proposition, ...]


def document(etat: EtatDossier) -> Document:
    """Le document en vigueur."""
    lu: Document = {"id": etat.dossier, "territoire": etat.territoire}
    tables = {"": lu}
    caches = sous_les_retires(etat.unites)
    for cle in sorted(etat.unites):
        if cle.startswith(caches) or (est_element(cle) and retire(etat.unites, cle)):
            continue
        valeurs = en_vigueur(cle, etat.unites[cle]).valeurs
        for champ, valeur in valeurs.items():
            _ranger(tables, champ, valeur)
        if not valeurs and (element := element_de(cle)):
            # Un élément dont tous les champs sont effacés est encore là.
            _table(tables, element)
    _completer_les_ordres(lu, decoupe(etat.genre).listes)
    return lu


def champs_en_vigueur(unites: Unites) -> Document:
    """Le document que font ces seules unités : sans identité, sans ordre de liste, éléments retirés compris."""
    lu: Document = {}
    tables = {"": lu}
    for cle in sorted(unites):
        for champ, valeur in en_vigueur(cle, unites[cle]).valeurs.items():
            _ranger(tables, champ, valeur)
    return lu


def divergences(etat: EtatDossier) -> list[Divergence]:
    """Ce qui attend qu'une personne tranche, par unité ; d'un élément retiré, lui seulement, pas ses champs."""
    caches = sous_les_retires(etat.unites)
    visibles = [cle for cle in sorted(etat.unites) if not cle.startswith(caches)]
    return [Divergence(cle, _propositions(etat, cle)) for cle in visibles if diverge(etat.unites, cle)]


def a_citer(etat: EtatDossier, unite: str) -> tuple[str | None, tuple[str, ...]]:
    """Ce qu'une saisie sur cette unité dit avoir vu (``ChampPose.vu`` et ``tranche``).

    La tête en vigueur, et les autres si elles disent la même chose ; d'une divergence, que personne ne tranche en
    tapant, la seule valeur en vigueur.
    """
    tetes = etat.unites.get(unite)
    if not tetes:
        return None, ()
    vigueur = en_vigueur(unite, tetes)
    autres = () if diverge(etat.unites, unite) else tetes
    return vigueur.operation or None, tuple(tete.operation for tete in autres if tete is not vigueur)


def trancher(etat: EtatDossier, divergence: Divergence, valeurs: Mapping[str, Any]) -> dict[str, ChampPose]:
    """Les champs d'une opération qui tranche : ``valeurs`` (vides : retirer), en connaissance de toutes les têtes.

    Un élément se garde (``valeurs`` non vides) tel qu'il est en vigueur, ou se retire.
    """
    cle = divergence.unite
    tetes = etat.unites[cle]
    if est_element(cle):
        return _trancher_l_element(etat, cle, garder=bool(valeurs))
    vigueur = en_vigueur(cle, tetes)
    vus = (vigueur.operation, *(tete.operation for tete in tetes if tete is not vigueur))
    champs = sorted({champ for tete in tetes for champ in tete.valeurs} | valeurs.keys())
    return {champ: _champ(vus, vigueur.valeurs.get(champ, ABSENT), valeurs.get(champ, ABSENT)) for champ in champs}


def _trancher_l_element(etat: EtatDossier, element: str, *, garder: bool) -> dict[str, ChampPose]:
    dedans = dans_l_element(etat.unites, element)
    vus = tuple(dict.fromkeys(tete.operation for tete in (*etat.unites[element], *dedans)))
    avant = _instantane(element, dedans)
    if not garder:
        return {element: _champ(vus, avant, ABSENT)}
    # Garder un élément redit ses champs : qui l'avait retiré les reçoit avec lui.
    champs = {element: _champ(vus, avant, {})}
    for cle in unites_de_l_element(etat.unites, element):
        vu, tranche = a_citer(etat, cle)
        for champ, valeur in en_vigueur(cle, etat.unites[cle]).valeurs.items():
            champs[champ] = ChampPose(vu, valeur, valeur, tranche)
    return champs


def _instantane(element: str, dedans: Iterable[Tete]) -> Document:
    """L'élément entier, même retiré : tout ce que disent ses têtes."""
    lu: Document = {}
    for tete in dedans:
        for champ, valeur in tete.valeurs.items():
            lu = poser(lu, champ.removeprefix(f"{element}."), valeur)
    return lu


def _champ(vus: tuple[str, ...], avant: Any, apres: Any) -> ChampPose:
    dits = {nom: valeur for nom, valeur in (("avant", avant), ("apres", apres)) if valeur is not ABSENT}
    return ChampPose(vus[0] or None, tranche=vus[1:], **dits)


def _propositions(etat: EtatDossier, cle: str) -> tuple[Proposition, ...]:
    """Une proposition par valeur différente, celle en vigueur d'abord."""
    tetes = etat.unites[cle]
    if est_element(cle) and any(not tete.valeurs for tete in tetes):
        return _garder_ou_retirer(etat, cle)
    vigueur = en_vigueur(cle, tetes)
    groupes: list[list[Tete]] = []
    for tete in (vigueur, *(tete for tete in tetes if tete is not vigueur)):
        pareil = next((groupe for groupe in groupes if disent_pareil(groupe[0].valeurs, tete.valeurs)), None)
        if pareil is None:
            groupes.append([tete])
        else:
            pareil.append(tete)
    return tuple(_proposition(etat, groupe, groupe[0].valeurs, groupe[0].base) for groupe in groupes)


def _garder_ou_retirer(etat: EtatDossier, element: str) -> tuple[Proposition, ...]:
    """Contre un retrait : garder l'élément, tel que d'autres l'ont changé."""
    tetes = [tete for tete in etat.unites[element] if tete.operation != PRESENT]
    retraits = [tete for tete in tetes if not tete.valeurs]
    changees = ignorees(etat.unites, element)
    dites: dict[str, Any] = {element: {}}
    for tete in reversed(changees):
        dites |= tete.valeurs
    # Un élément du dedans n'est là pour personne : l'auteur du retrait est alors le seul qu'on puisse nommer.
    gardent = [tete for tete in (*tetes, *changees) if tete.valeurs and tete.operation != PRESENT]
    garder = _proposition(etat, gardent or retraits, dites, {})
    retirer = _proposition(etat, retraits, {}, retraits[0].vues)
    return (retirer, garder) if retire(etat.unites, element) else (garder, retirer)


def _proposition(
    etat: EtatDossier, tetes: list[Tete], valeurs: Mapping[str, Any], base: Mapping[str, Any]
) -> Proposition:
    operations = tuple(dict.fromkeys(tete.operation for tete in tetes))
    return Proposition(valeurs, operations, etat.auteurs[operations[0]], base)


def _ranger(tables: dict[str, Document], chemin: str, valeur: Any) -> None:
    if est_table(valeur):
        _table(tables, chemin)
    else:
        dessus, _, cle = chemin.rpartition(".")
        _table(tables, dessus)[cle] = valeur


def _table(tables: dict[str, Document], chemin: str) -> Document:
    """La table du document à ce chemin, toujours neuve : celles de l'état ne se changent pas."""
    table = tables.get(chemin)
    if table is None:
        dessus, _, cle = chemin.rpartition(".")
        table = tables[chemin] = _table(tables, dessus)[cle] = {}
    return table


def _completer_les_ordres(lu: Document, listes: Iterable[str]) -> None:
    """Deux postes ont ajouté chacun un élément : l'ordre en vigueur n'en nomme qu'un, l'autre vient à la suite."""
    for chemin in listes:
        liste = lire(lu, chemin)
        presents = lire(lu, f"{chemin}.{ELEMENTS}")
        if isinstance(presents, dict):
            ordre = liste.get(ORDRE)
            nommes = ordre if isinstance(ordre, list) else []
            gardes = dict.fromkeys(un for un in nommes if isinstance(un, str) and un in presents)
            liste[ORDRE] = [*gardes, *sorted(presents.keys() - gardes.keys())]
