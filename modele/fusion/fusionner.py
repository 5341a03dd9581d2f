"""Faire entrer une opération dans l'état de son objet. Rien n'est écrasé sans avoir été vu."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any, Final

from msgspec import UNSET, structs

from modele.dossier.chemins import ABSENT, element_de, est_element, poser
from modele.dossier.operations import DOSSIER, FORMAT, ChampPose, Entete, Operation
from modele.dossier.unites import Decoupe, atomes, est_table, pareils
from modele.fusion.etat import PRESENT, EtatDossier, Origine, Tete, Unites
from modele.fusion.tetes import dans_l_element, disent_pareil, diverge, ignorees, retire
from modele.genres import decoupe, livres

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


def fusionner(etat: EtatDossier, operation: Operation, poste: str) -> Fusion:
    """L'état où l'opération est entrée. ``poste`` : le poste enrôlé qui l'a signée.

    Une opération qui tient déjà une tête rend le même état, tel quel. Remplacée depuis, elle y reviendrait : l'état ne
    garde pas ce qui n'y est plus, c'est à l'appelant de reconnaître un rejeu par son ``id``. Un contenu purgé n'apporte
    rien. Lève ``msgspec.DecodeError`` si le contenu est illisible.
    """
    entete = operation.entete
    if entete.id in etat.auteurs:
        return Fusion(etat, Issue.FUSIONNEE)
    unites = dict(etat.unites)
    par_unite = _par_unite(operation, entete.format, etat.genre)
    cles = sorted(par_unite)
    fige = _fige_par(etat)
    if fige is not None:
        _taire_les_elements_neufs(fige, unites, cles)
    for cle in cles:
        entrer = _entrer if fige is None else partial(_proposer, fige)
        unites[cle] = entrer(cle, unites, par_unite[cle], entete)
    apres = structs.replace(
        etat, version=etat.version + 1, unites=unites, auteurs=_auteurs(etat, unites, cles, entete, poste)
    )
    if divergentes := _divergentes(unites, cles):
        return Fusion(apres, Issue.DIVERGENCE, divergentes)
    pareilles = tuple(cle for cle in cles if len(unites[cle]) > 1)
    return Fusion(apres, Issue.FUSIONNEE if pareilles else Issue.ACCEPTEE, pareilles)


def _entrer(cle: str, unites: Unites, champs: Mapping[str, ChampPose], entete: Entete) -> list[Tete]:
    """Les têtes de l'unité après le changement : la neuve en premier si elle est en vigueur, sinon en dernier."""
    tetes = unites.get(cle, [])
    element = est_element(cle)
    if not (tetes or element):
        # Rien n'était dit : presque toutes les unités d'un dossier qui se crée.
        return [_dite(tetes, champs, entete)]
    restent = _non_remplacees(tetes, champs, entete) if tetes else []
    neuve = _presence(cle, champs[cle], entete) if element else _dite(tetes, champs, entete)
    if element and not neuve.valeurs and not retire(unites, cle):
        retraits = [*(tete for tete in restent if not tete.valeurs), neuve]
        if ignorees({**unites, cle: retraits}, cle):
            # Quelqu'un a changé l'élément sans que l'auteur du retrait le sache : ce retrait n'est qu'une proposition.
            return [*([tete for tete in restent if tete.valeurs] or [Tete(PRESENT, {cle: {}})]), *retraits]
    if restent and restent[0] is tetes[0]:
        return [*restent, structs.replace(neuve, base=_sous_les_yeux(champs))]
    return [neuve, *restent]


def _fige_par(etat: EtatDossier) -> str | None:
    """L'opération qui a dit le champ définitif de cet objet (``Genre.definitif``) ; rien s'il n'est pas figé."""
    definitif = livres().du(etat.genre).definitif if etat.genre != DOSSIER else ""
    tetes = etat.unites.get(decoupe(etat.genre).unite(definitif), ()) if definitif else ()
    return next((tete.operation for tete in tetes[:1] if definitif in tete.valeurs), None)


def _proposer(fige: str, cle: str, unites: Unites, champs: Mapping[str, ChampPose], entete: Entete) -> list[Tete]:
    """Ce qui arrive après que l'objet est figé ne le change pas : gardé derrière ce qui vaut, à départager.

    Dire comme ce qui vaut, c'est le confirmer : cela entre comme partout.
    """
    tetes = unites.get(cle) or [Tete(fige, {cle: {}} if est_element(cle) and _porte(unites, cle) else {})]
    neuve = _presence(cle, champs[cle], entete) if est_element(cle) else _dite(tetes, champs, entete)
    if cle in unites and disent_pareil(neuve.valeurs, tetes[0].valeurs):
        return _entrer(cle, unites, champs, entete)
    return [*tetes, structs.replace(neuve, base=_sous_les_yeux(champs))]


def _taire_les_elements_neufs(fige: str, unites: Unites, cles: Sequence[str]) -> None:
    """Un élément que l'objet figé n'avait pas n'y est que proposé, quoi qu'il en soit dit."""
    for element in {element_de(cle) for cle in cles}:
        if element is not None and element not in unites and not _porte(unites, element):
            unites[element] = [Tete(fige)]


def _porte(unites: Unites, element: str) -> bool:
    """Cet élément est là, sans qu'aucune opération n'ait eu à le dire."""
    return bool(dans_l_element(unites, element))


def _non_remplacees(tetes: list[Tete], champs: Mapping[str, ChampPose], entete: Entete) -> list[Tete]:
    """Les têtes que l'auteur du changement n'a pas dit avoir vues."""
    vues = {PRESENT}.union(*((champ.vu or PRESENT, *champ.tranche) for champ in champs.values()))
    if entete.format == 1 and _connait_la_valeur(tetes[0], champs):
        vues.add(tetes[0].operation)
    return [tete for tete in tetes if tete.operation not in vues]


def _connait_la_valeur(tete: Tete, champs: Mapping[str, ChampPose]) -> bool:
    """Au premier format, ``vu`` ne parle que du champ touché : c'est sa valeur qui dit ce que l'agent voyait."""
    return all(pareils(tete.valeurs.get(chemin, UNSET), champ.avant) for chemin, champ in champs.items())


def _presence(element: str, champ: ChampPose, entete: Entete) -> Tete:
    """L'élément est là, ou retiré ; retiré, ce que l'auteur avait sous les yeux."""
    if champ.apres is not UNSET:
        return Tete(entete.id, {element: {} if est_table(champ.apres) else champ.apres})
    avant = atomes(champ.avant) if est_table(champ.avant) else ()
    return Tete(entete.id, vues={f"{element}.{dessous}": vue for dessous, vue in avant}, connues=champ.tranche)


def _dite(tetes: list[Tete], champs: Mapping[str, ChampPose], entete: Entete) -> Tete:
    """Ce que l'opération dit de l'unité : tout, sauf à un format plus ancien que celui des unités."""
    valeurs = dict(_vue(tetes, champs).valeurs) if tetes and entete.format < FORMAT else {}
    for chemin, champ in champs.items():
        if champ.apres is UNSET:
            valeurs.pop(chemin, None)
        else:
            valeurs[chemin] = champ.apres
    return Tete(entete.id, valeurs)


def _vue(tetes: list[Tete], champs: Mapping[str, ChampPose]) -> Tete:
    """La tête dont restent les champs que l'opération ne dit pas."""
    vus = {champ.vu for champ in champs.values()}
    return next((tete for tete in tetes if tete.operation in vus), tetes[0])


def _sous_les_yeux(champs: Mapping[str, ChampPose]) -> dict[str, Any]:
    return {chemin: champ.avant for chemin, champ in champs.items() if champ.avant is not UNSET}


def _par_unite(operation: Operation, format_: int, genre: str) -> dict[str, dict[str, ChampPose]]:
    par_unite: dict[str, dict[str, ChampPose]] = defaultdict(dict)
    for chemin, champ in operation.champs.items():
        # Presque tous sont une valeur seule : elle se reconnaît avant tout appel.
        seule = type(champ.apres) is not dict and type(champ.avant) is not dict
        for feuille, dit in ((chemin, champ),) if seule else _feuilles(chemin, champ, format_, decoupe(genre)):
            cle = _unite_gardee(genre, feuille)
            if cle:
                par_unite[cle][feuille] = dit
    return par_unite


@lru_cache(maxsize=50_000)
def _unite_gardee(genre: str, chemin: str) -> str:
    """L'unité de ce champ ; vide pour ceux de l'en-tête de l'objet, que l'état dit déjà."""
    return "" if chemin.partition(".")[0] in _ENTETE else decoupe(genre).unite(chemin)


def _feuilles(chemin: str, champ: ChampPose, format_: int, decoupe_: Decoupe) -> Iterable[tuple[str, ChampPose]]:
    """Le champ, ou ceux de la table qu'il est : le premier format posait aussi des tables entières."""
    if not (est_table(champ.avant) or est_table(champ.apres)) or _existence(chemin, champ, format_):
        return ((chemin, champ),)
    avant = {} if champ.avant is UNSET else poser({}, chemin, champ.avant)
    changes = decoupe_.changements(avant, {chemin: ABSENT if champ.apres is UNSET else champ.apres})
    return [(feuille, _de_a(champ, vue, voulue)) for feuille, (vue, voulue) in changes.items()]


def _existence(chemin: str, champ: ChampPose, format_: int) -> bool:
    """Vrai si le champ dit seulement qu'un élément est là, ou qu'il est retiré."""
    return est_element(chemin) and (champ.apres is UNSET or (champ.apres == {} and format_ > 1))


def _de_a(champ: ChampPose, vue: Any, voulue: Any) -> ChampPose:
    avant, apres = (UNSET if valeur is ABSENT else valeur for valeur in (vue, voulue))
    return structs.replace(champ, avant=avant, apres=apres)


def _divergentes(unites: Unites, cles: Sequence[str]) -> tuple[str, ...]:
    """Parmi les unités touchées et leurs éléments, ce qui diverge ; d'un élément retiré, lui seulement."""
    dans = {cle: element_de(cle) for cle in cles}
    elements = {element for element in dans.values() if element is not None}
    retires = {element for element in elements if retire(unites, element)}
    # Une seule tête ne se contredit pas ; un élément, lui, peut contredire ses champs.
    visibles = [cle for cle, un in dans.items() if un not in retires and (len(unites[cle]) > 1 or est_element(cle))]
    return tuple(sorted(cle for cle in {*visibles, *elements} if diverge(unites, cle)))


def _auteurs(etat: EtatDossier, unites: Unites, cles: Sequence[str], entete: Entete, poste: str) -> dict[str, Origine]:
    """D'où vient chaque tête vivante."""
    auteurs = dict(etat.auteurs)
    if cles:
        instant = entete.fait_le
        auteurs[entete.id] = Origine(entete.par.nom, poste, instant.utc, instant.decalage)
    if any(cle in etat.unites for cle in cles):
        vivantes = {tete.operation for tetes in unites.values() for tete in tetes}
        return {operation: auteur for operation, auteur in auteurs.items() if operation in vivantes}
    return auteurs
