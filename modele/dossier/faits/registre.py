"""Les faits dérivés écrits en Python : chacun se déclare une fois, avec ses bornes, sa source et ce dont il dépend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from modele.dossier.faits.domaines import appliquer
from modele.dossier.faits.lecture import FaitDerive, FaitsDerives, Lecture, fait_parametre
from modele.regles.etats import Etat
from modele.regles.faits import Fait, TypeFait, Valeur

FonctionDeValeurs = Callable[..., Valeur | None]
FonctionDEtats = Callable[[Lecture], Etat]

_ecrits: dict[str, FaitDerive] = {}


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


def _inscrire(derive: FaitDerive) -> None:
    if derive.fait.nom in _ecrits:
        raise ValueError(f"{derive.fait.nom} : fait dérivé déclaré deux fois")
    _ecrits[derive.fait.nom] = derive


def ecrits() -> FaitsDerives:
    """Les faits dérivés écrits en Python, par nom, dans l'ordre de déclaration."""
    return dict(_ecrits)
