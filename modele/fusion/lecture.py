"""Lire un état fusionné : le document en vigueur, ce qui attend qu'une personne tranche."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from modele.dossier.chemins import ABSENT, Document, lire, poser
from modele.dossier.inventaire import inventaire
from modele.dossier.operations import ChampPose
from modele.dossier.unites import ELEMENTS, ORDRE, element_de, est_element, feuilles
from modele.fusion.etat import PRESENT, Auteur, EtatDossier, Tete, dans_l_element, ignorees, memes, retire

_DISCRET: Final = "protection.discret"


@dataclass(frozen=True, slots=True)
class Proposition:
    """Une valeur en présence : les champs de l'unité (vides : retirée), l'opération qui la porte et son auteur.

    ``operations`` : toutes celles qui disent la même chose. ``auteur`` manque à une valeur que nul n'a eu à dire.
    ``base`` : ce que l'auteur voyait avant ; vide s'il n'y avait rien, ou pour la valeur en vigueur.
    """

    valeurs: Mapping[str, Any]
    operations: tuple[str, ...]
    auteur: Auteur | None
    base: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Divergence:
    """Une unité que deux postes ont dite autrement. ``propositions`` : la première est en vigueur."""

    unite: str
    propositions: tuple[Proposition, ...]


def document(etat: EtatDossier) -> Document:
    """Le document en vigueur."""
    lu: Document = {"id": etat.dossier, "territoire": etat.territoire}
    for cle in sorted(etat.unites):
        element = cle if est_element(cle) else element_de(cle)
        if element is not None and retire(etat.unites, element):
            continue
        for champ, valeur in _en_vigueur(cle, etat.unites[cle]).items():
            lu = poser(lu, champ, valeur)
    return _completer_les_ordres(lu)


def divergences(etat: EtatDossier) -> list[Divergence]:
    """Ce qui attend qu'une personne tranche, par unité."""
    trouvees = []
    for cle in sorted(etat.unites):
        tetes = etat.unites[cle]
        retirees = est_element(cle) and retire(etat.unites, cle)
        ignores = ignorees(etat.unites, cle) if retirees else []
        if ignores or not all(memes(cle, tetes[0].valeurs, tete.valeurs) for tete in tetes):
            trouvees.append(Divergence(cle, _propositions(etat, cle, tetes, ignores)))
    return trouvees


def trancher(etat: EtatDossier, divergence: Divergence, valeurs: Mapping[str, Any]) -> dict[str, ChampPose]:
    """Les champs d'une opération qui tranche : ``valeurs`` (vides : retirer), en connaissance de toutes les têtes."""
    cle = divergence.unite
    champs = {}
    lu = document(etat)
    vus = tuple(tete.operation for tete in etat.unites[cle])
    if est_element(cle):
        vus += tuple(tete.operation for tete in dans_l_element(etat.unites, cle))
    for champ in {**dict.fromkeys(feuilles(cle)), **valeurs}:
        avant = _instantane(etat, champ) if est_element(champ) else lire(lu, champ)
        apres = valeurs.get(champ, ABSENT)
        if est_element(champ) or avant is not ABSENT or apres is not ABSENT:
            champs[champ] = _champ(vus, avant, apres)
    if est_element(cle) and valeurs:
        champs |= _garder(etat, cle)
    return champs


def _instantane(etat: EtatDossier, element: str) -> Document:
    """L'élément entier, même retiré : tout ce que disent ses têtes."""
    lu: Document = {}
    for tete in dans_l_element(etat.unites, element):
        for champ, valeur in tete.valeurs.items():
            lu = poser(lu, champ.removeprefix(f"{element}."), valeur)
    return lu


def _garder(etat: EtatDossier, element: str) -> dict[str, ChampPose]:
    """Garder un élément redit ses champs : qui l'avait retiré les reçoit avec lui."""
    gardes = {}
    for cle, tetes in etat.unites.items():
        if not est_element(cle) and element_de(cle) == element:
            for champ, valeur in tetes[0].valeurs.items():
                gardes[champ] = _champ((tetes[0].operation,), valeur, valeur)
    return gardes


def _champ(vus: tuple[str, ...], avant: Any, apres: Any) -> ChampPose:
    dits = {nom: valeur for nom, valeur in (("avant", avant), ("apres", apres)) if valeur is not ABSENT}
    return ChampPose(vus[0] or None, tranche=vus[1:], **dits)


def _en_vigueur(cle: str, tetes: list[Tete]) -> Mapping[str, Any]:
    # Entre discret et non, ce qui protège l'emporte tant que personne n'a tranché.
    if cle == _DISCRET and any(tete.valeurs.get(cle) is True for tete in tetes):
        return {cle: True}
    return tetes[0].valeurs


def _propositions(etat: EtatDossier, cle: str, tetes: list[Tete], ignores: list[Tete]) -> tuple[Proposition, ...]:
    """Une proposition par valeur différente ; contre un retrait, l'élément tel qu'un autre l'a changé en est une."""
    groupes: list[list[Tete]] = []
    for tete in [*tetes, *_change_par_ailleurs(cle, ignores)]:
        pareil = next((groupe for groupe in groupes if memes(cle, groupe[0].valeurs, tete.valeurs)), None)
        if pareil is None:
            groupes.append([tete])
        else:
            pareil.append(tete)
    return tuple(_proposition(etat, groupe) for groupe in groupes)


def _change_par_ailleurs(cle: str, ignores: list[Tete]) -> list[Tete]:
    """L'élément retiré, tel que d'autres le savaient : une seule proposition, de le garder."""
    dites: dict[str, Any] = {cle: {}}
    for tete in ignores:
        dites |= tete.valeurs
    return [Tete(ignores[0].operation, dites)] if ignores else []


def _proposition(etat: EtatDossier, groupe: list[Tete]) -> Proposition:
    operations = tuple(tete.operation for tete in groupe if tete.operation != PRESENT)
    auteur = etat.auteurs.get(operations[0]) if operations else None
    return Proposition(groupe[0].valeurs, operations, auteur, groupe[0].base)


def _completer_les_ordres(lu: Document) -> Document:
    """Deux postes ont ajouté chacun un élément : l'ordre en vigueur n'en nomme qu'un, l'autre vient à la suite."""
    for liste in inventaire().listes:
        presents = lire(lu, f"{liste}.{ELEMENTS}")
        if isinstance(presents, Mapping):
            ordre = lire(lu, f"{liste}.{ORDRE}")
            nommes = [un for un in ordre if un in presents] if isinstance(ordre, list) else []
            entier = [*nommes, *sorted(presents.keys() - set(nommes))]
            if entier != ordre:
                lu = poser(lu, f"{liste}.{ORDRE}", entier)
    return lu
