"""Le registre des faits dérivés : chacun se déclare une fois, avec ses bornes, sa source et ce dont il dépend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from modele.dossier.faits.domaines import appliquer
from modele.regles.etats import Etat
from modele.regles.faits import Catalogue, Fait, TypeFait, Valeur

if TYPE_CHECKING:
    from modele.dossier.faits.lecture import Lecture

FonctionDeValeurs = Callable[..., Valeur | None]
FonctionDEtats = Callable[["Lecture"], Etat]


@dataclass(frozen=True, slots=True)
class FaitDerive:
    """Un fait dérivé : sa déclaration, ce qu'il lit (faits, paramètres du droit), et comment il se calcule."""

    fait: Fait
    entrees: tuple[str, ...]
    parametres: tuple[str, ...]
    calculer: FonctionDEtats


_registre: dict[str, FaitDerive] = {}


def fait_derive(
    nom: str,
    type_: TypeFait,
    definition: str,
    *,
    source: str,
    champs: tuple[str, ...],
    parametres: tuple[str, ...] = (),
    **declaration: Any,
) -> Callable[[FonctionDeValeurs], FonctionDeValeurs]:
    """Déclare un fait calculé par une fonction de valeurs connues, monotone en chacune.

    ``champs`` : faits lus, bruts ou dérivés (ou ``date_calcul``), dans l'ordre des arguments ; puis les ``parametres``.
    ``declaration`` : unite, minimum, maximum, decimales, codes, confiance (voir ``Fait``).
    La fonction reçoit ``None`` pour une entrée sans objet, et rend ``None`` si le fait n'a pas d'objet.
    """
    fait = Fait(nom, type_, definition, source=source, **declaration)
    nombres = [(p, fait_parametre(p)) for p in parametres]

    def enregistrer(fonction: FonctionDeValeurs) -> FonctionDeValeurs:
        def calculer(lecture: Lecture) -> Etat:
            entrees = [(lecture.etat(champ), lecture.fait(champ)) for champ in champs]
            entrees += [(lecture.parametre(p), nombre) for p, nombre in nombres]
            return appliquer(fonction, entrees, fait)

        _inscrire(FaitDerive(fait, champs, parametres, calculer))
        return fonction

    return enregistrer


def fait_d_etats(
    nom: str,
    type_: TypeFait,
    definition: str,
    *,
    source: str,
    champs: tuple[str, ...],
    parametres: tuple[str, ...] = (),
    **declaration: Any,
) -> Callable[[FonctionDEtats], FonctionDEtats]:
    """Déclare un fait calculé sur les états eux-mêmes : compter des personnes, réunir des listes, appliquer Kleene."""
    fait = Fait(nom, type_, definition, source=source, **declaration)

    def enregistrer(fonction: FonctionDEtats) -> FonctionDEtats:
        _inscrire(FaitDerive(fait, champs, parametres, fonction))
        return fonction

    return enregistrer


@cache
def fait_parametre(nom: str) -> Fait:
    """Un paramètre du droit vu comme un nombre sans bornes."""
    return Fait(nom, TypeFait.DECIMAL)


def _inscrire(derive: FaitDerive) -> None:
    if derive.fait.nom in _registre:
        raise ValueError(f"{derive.fait.nom} : fait dérivé déclaré deux fois")
    _registre[derive.fait.nom] = derive


def derives() -> Iterator[FaitDerive]:
    """Les faits dérivés, dans l'ordre de déclaration."""
    return iter(tuple(_registre.values()))


def derive(nom: str) -> FaitDerive | None:
    """Le fait dérivé ``nom``, ou ``None`` si ce n'en est pas un."""
    return _registre.get(nom)


def catalogue() -> Catalogue:
    """Le catalogue des faits dérivés ; ``champs`` y remonte jusqu'aux champs du dossier, donc aux questions."""
    return Catalogue(replace(d.fait, champs=_champs_bruts(d)) for d in _registre.values())


def _champs_bruts(derive_: FaitDerive) -> tuple[str, ...]:
    trouves: dict[str, None] = {}
    for entree in derive_.entrees:
        dessous = _registre.get(entree)
        for champ in _champs_bruts(dessous) if dessous else (entree,):
            trouves[champ] = None
    return tuple(champ for champ in trouves if champ != "date_calcul" and not champ.startswith("territoire."))
