"""Faire entrer une opération dans l'état d'un dossier. Rien n'est écrasé sans avoir été vu."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from msgspec import UNSET, structs

from modele.dossier.operations import ChampPose, Entete, Operation
from modele.dossier.unites import atomes, element_de, est_element, est_table, unite
from modele.fusion.etat import PRESENT, Auteur, EtatDossier, Tete, ignorees, memes, retire

_ENTETE: Final = frozenset({"id", "territoire", "schema", "cree_le"})


class Issue(StrEnum):
    """Ce qu'une opération est devenue."""

    ACCEPTEE = "acceptee"
    FUSIONNEE = "fusionnee"
    DIVERGENCE = "divergence"
    REFUSEE = "refusee"


@dataclass(frozen=True, slots=True)
class Fusion:
    """L'état après l'opération et ce qu'elle est devenue.

    ``champs`` : les unités qui divergent (``DIVERGENCE``), ou que d'autres disaient déjà pareil (``FUSIONNEE``).
    """

    etat: EtatDossier
    issue: Issue
    champs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Changement:
    """Ce qu'une opération dit d'une unité : les opérations qu'elle a vues, les champs qu'elle nomme."""

    vus: frozenset[str]
    champs: dict[str, ChampPose]


def fusionner(etat: EtatDossier, operation: Operation, poste: str) -> Fusion:
    """L'état où l'opération est entrée. ``poste`` : le poste enrôlé qui l'a signée.

    Une opération dont le contenu est purgé n'apporte rien. Lève ``msgspec.DecodeError`` si le contenu est illisible.
    """
    entete = operation.entete
    unites = dict(etat.unites)
    divergent: set[str] = set()
    pareilles: set[str] = set()
    for cle, changement in sorted(_par_unite(operation.champs).items()):
        unites[cle], remplace = _entrer(cle, unites, changement, entete)
        if not remplace:
            (pareilles if memes(cle, unites[cle][0].valeurs, unites[cle][-1].valeurs) else divergent).add(cle)
        element = element_de(cle)
        if element is not None and retire(unites, element) and unites[cle][-1] in ignorees(unites, element):
            divergent.add(element)
    apres = structs.replace(
        etat, version=etat.version + 1, unites=unites, auteurs=_auteurs(etat, unites, entete, poste)
    )
    if divergent:
        return Fusion(apres, Issue.DIVERGENCE, tuple(sorted(divergent)))
    return Fusion(apres, Issue.FUSIONNEE if pareilles else Issue.ACCEPTEE, tuple(sorted(pareilles)))


def _entrer(
    cle: str, unites: Mapping[str, list[Tete]], changement: _Changement, entete: Entete
) -> tuple[list[Tete], bool]:
    """Les têtes de l'unité après le changement (la neuve en premier si elle est en vigueur, sinon en dernier)."""
    tetes, vus = unites.get(cle, []), changement.vus
    if entete.format == 1 and tetes and _avait_sous_les_yeux(tetes[0], changement.champs):
        vus |= {tetes[0].operation}
    neuve = _tete(cle, tetes, changement, vus, entete)
    restent = [tete for tete in tetes if tete.operation not in vus]
    if est_element(cle) and not neuve.valeurs and _hors_de_vue(cle, neuve, unites):
        # Quelqu'un a changé l'élément sans que l'auteur du retrait le sache : ce retrait n'est qu'une proposition.
        present = restent[:1] if tetes and restent[:1] == tetes[:1] else [Tete(PRESENT, {cle: {}})]
        return [*present, *(tete for tete in restent if tete not in present), neuve], False
    if tetes and restent and restent[0] is tetes[0]:
        return [*restent, structs.replace(neuve, base=_vues_par_l_auteur(changement))], False
    return [neuve, *restent], True


def _vues_par_l_auteur(changement: _Changement) -> dict[str, Any]:
    return {chemin: champ.avant for chemin, champ in changement.champs.items() if champ.avant is not UNSET}


def _hors_de_vue(cle: str, retrait: Tete, unites: Mapping[str, list[Tete]]) -> bool:
    return bool(ignorees({**unites, cle: [retrait]}, cle))


def _tete(cle: str, tetes: list[Tete], changement: _Changement, vus: frozenset[str], entete: Entete) -> Tete:
    if est_element(cle):
        champ = changement.champs[cle]
        if champ.apres is UNSET:
            return Tete(entete.id, vues=dict(_feuilles(cle, champ.avant)), connues=champ.tranche)
        return Tete(entete.id, {cle: {}})
    valeurs = _base(tetes, vus) if entete.format == 1 else {}
    for chemin, champ in changement.champs.items():
        if champ.apres is UNSET:
            valeurs.pop(chemin, None)
        else:
            valeurs[chemin] = champ.apres
    return Tete(entete.id, valeurs)


def _base(tetes: list[Tete], vus: frozenset[str]) -> dict[str, Any]:
    """Les autres champs d'une unité qu'une opération du premier format ne dit pas : ceux de la tête qu'elle a vue."""
    vue = next((tete for tete in tetes if tete.operation in vus), tetes[0] if tetes else None)
    return dict(vue.valeurs) if vue is not None else {}


def _avait_sous_les_yeux(tete: Tete, champs: Mapping[str, ChampPose]) -> bool:
    """Au premier format, ``vu`` ne parle que du champ touché : c'est sa valeur qui dit ce que l'agent voyait."""
    return all(tete.valeurs.get(chemin, UNSET) == champ.avant for chemin, champ in champs.items())


def _par_unite(champs: Mapping[str, ChampPose]) -> dict[str, _Changement]:
    par_unite: dict[str, dict[str, ChampPose]] = defaultdict(dict)
    for chemin, champ in _en_feuilles(champs):
        if chemin not in _ENTETE:
            par_unite[unite(chemin)][chemin] = champ
    return {cle: _Changement(_vus(de_l_unite.values()), de_l_unite) for cle, de_l_unite in par_unite.items()}


def _vus(champs: Iterable[ChampPose]) -> frozenset[str]:
    return frozenset(vu for champ in champs for vu in (champ.vu or PRESENT, *champ.tranche))


def _en_feuilles(champs: Mapping[str, ChampPose]) -> Iterable[tuple[str, ChampPose]]:
    """Les champs d'une opération, une feuille chacun : le premier format posait aussi des tables entières."""
    for chemin, champ in champs.items():
        if est_element(chemin) and champ.apres is UNSET:
            yield chemin, champ
            continue
        avant, apres = dict(_feuilles(chemin, champ.avant)), dict(_feuilles(chemin, champ.apres))
        if est_element(chemin) and not apres:
            yield chemin, champ
        for feuille in {**avant, **apres}:
            yield feuille, structs.replace(champ, avant=avant.get(feuille, UNSET), apres=apres.get(feuille, UNSET))


def _feuilles(chemin: str, valeur: Any) -> Iterable[tuple[str, Any]]:
    """Les champs d'une valeur : elle-même, ou ceux de la table qu'elle est ; une table vide n'en a pas."""
    if not est_table(valeur):
        return () if valeur is UNSET else ((chemin, valeur),)
    return ((f"{chemin}.{dessous}", dit) for dessous, dit in atomes(valeur) if not (est_table(dit) and not dit))


def _auteurs(etat: EtatDossier, unites: Mapping[str, list[Tete]], entete: Entete, poste: str) -> dict[str, Auteur]:
    instant = entete.fait_le
    auteurs = {**etat.auteurs, entete.id: Auteur(entete.agent, poste, instant.utc, instant.decalage)}
    if not etat.auteurs:
        return auteurs
    vivantes = {tete.operation for tetes in unites.values() for tete in tetes}
    return {operation: auteur for operation, auteur in auteurs.items() if operation in vivantes}
