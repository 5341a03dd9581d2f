"""Ce qui se publie d'une année, sous le seul masque ; figé avec sa méthode, et ce qu'une autre version en change.

Deux dossiers mis côte à côte ne rendent pas ce que chacun tait : une case tue hier le reste, et un nombre qui n'a bougé
que de quelques unités se tait dans le second.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Final

from modele.chiffres import Diffusion, masquer_pour, petit, seuil_de, seuils
from modele.chiffres.deductions import Bornes, bornes
from modele.chiffres.tableau import Somme, Tableau
from modele.conference.definitions import Nature
from modele.conference.indicateurs import Annee, Indicateur
from modele.regles.fautes import ErreurUtilisateur

FORMAT: Final = 1
_COMPTES: Final = ("valeur", "numerateur", "denominateur", "non_renseignes", "effectif", "minimum", "manque")


@dataclass(frozen=True, slots=True)
class Publie:
    """Un indicateur tel qu'il se montre : ce qui est ``None`` est tu, ou n'existe pas pour lui."""

    indicateur: Indicateur
    comptes: Mapping[str, int | float | None]

    @property
    def tu(self) -> bool:
        """Vrai s'il avait une valeur, et qu'elle ne se montre pas."""
        return self.indicateur.valeur is not None and self.comptes["valeur"] is None


@dataclass(frozen=True, slots=True)
class Publication:
    """L'année publiée. ``tues`` : les cases du tableau qui se taisent ; ``cases`` : celles qui se montrent.

    ``sommes`` : ce qui les lie, pour qu'une version d'après sache ce que celle-ci laisse déduire.
    """

    annee: int
    diffusion: Diffusion | None
    publies: tuple[Publie, ...]
    tues: frozenset[str]
    cases: Mapping[str, int]
    sommes: tuple[Somme, ...]


@dataclass(frozen=True, slots=True)
class Figee:
    """Une version déjà sortie, telle que son fichier la garde."""

    territoire: str
    annee: int
    diffusion: str
    cases: Mapping[str, int] = field(default_factory=dict)
    tues: frozenset[str] = frozenset()
    publies: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    sommes: tuple[Somme, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Un indicateur qui n'est plus le même. ``None`` : il ne se montrait pas, ou ne se montre plus."""

    cle: tuple[str, str]
    avant: Mapping[str, Any] | None
    apres: Mapping[str, Any] | None


def publier(annee: Annee, diffusion: Diffusion | None, avant: Figee | None = None) -> Publication:
    """Ce qui s'en montre ; ``None`` : à des habilités, rien n'est tu. ``avant`` : la version que ses lecteurs ont."""
    tues = frozenset[str]() if diffusion is None else _tues(annee, diffusion, avant)
    cases = annee.tableau.cases
    montrees = {nom: une.valeur for nom, une in cases.items() if une.publiee and nom not in tues}
    publies = tuple(_publier(un, tues, masque=diffusion is not None) for un in annee.indicateurs)
    return Publication(annee.annee, diffusion, publies, tues, montrees, tuple(annee.tableau.sommes))


def _tues(annee: Annee, diffusion: Diffusion, avant: Figee | None) -> frozenset[str]:
    deja = () if avant is None else tuple(_deja(annee, seuil_de(diffusion), avant))
    return masquer_pour(annee.tableau, diffusion, deja)


def _deja(annee: Annee, seuil: int, avant: Figee) -> Iterator[str]:
    """Ce qui se taisait, et ce qui a trop peu bougé, même si la première le laissait seulement déduire."""
    lues = _deduites(annee, avant)
    for nom, case in annee.tableau.cases.items():
        bas, haut = lues.get(nom, (case.valeur, case.valeur))
        ecart = max(bas - case.valeur, case.valeur - haut, 0)
        if nom in avant.tues or (haut - bas < seuil and (bas, haut) != (case.valeur,) * 2 and ecart < seuil):
            yield nom


def _deduites(annee: Annee, avant: Figee) -> Bornes:
    """Entre quoi et quoi ses lecteurs savent chaque case de la première : une soustraction rend un reste."""
    sommes = avant.sommes or tuple(annee.tableau.sommes)
    noms = dict.fromkeys([*avant.cases, *(nom for somme in sommes for nom in somme.cases)])
    tableau = Tableau(sommes=list(sommes))
    for nom in noms:
        tableau.poser(nom, avant.cases.get(nom, 0))
    return bornes(tableau, [nom for nom in noms if nom not in avant.cases])


def _publier(un: Indicateur, tues: frozenset[str], *, masque: bool) -> Publie:
    comptes = {nom: getattr(un, nom) for nom in _COMPTES}
    if not masque:
        return Publie(un, comptes)
    if un.inconnus in tues or un.taux_seul:
        comptes["non_renseignes"] = None
    if any(une in tues for une in un.cases):
        comptes |= dict.fromkeys(("valeur", "minimum", "manque", "effectif"))
        for nom, case in zip(("numerateur", "denominateur"), un.cases, strict=False):
            comptes[nom] = None if case in tues or un.taux_seul else comptes[nom]
    elif un.taux_seul:
        comptes |= dict.fromkeys(("numerateur", "denominateur"))
    elif un.definition.nature is Nature.DELAI and petit(un.effectif or 0, seuils().quantile.effectif):
        comptes["valeur"] = None
    return Publie(un, comptes)


def figer(publication: Publication, territoire: str) -> bytes:
    """La version telle qu'elle sort, avec sa méthode ; rien de ce qui se tait n'y est."""
    diffusion = publication.diffusion
    dit = {
        "format": FORMAT,
        "territoire": territoire,
        "annee": publication.annee,
        "diffusion": diffusion or "habilites",
        "seuil": None if diffusion is None else seuil_de(diffusion),
        "tues": sorted(publication.tues),
        "cases": dict(publication.cases),
        "sommes": [[une.total, *une.parts] for une in publication.sommes],
        "indicateurs": [
            {"id": un.indicateur.cle[0], "perimetre": un.indicateur.cle[1], **un.comptes} for un in publication.publies
        ],
        "methode": {
            une.id: {"definition": une.definition, "article": une.provenance.fondement, "source": une.provenance.source}
            for une in dict.fromkeys(un.indicateur.definition for un in publication.publies)
        },
    }
    return (json.dumps(dit, ensure_ascii=False, indent=1) + "\n").encode()


def relire(octets: bytes) -> Figee:
    """Une version figée. Lève ``ErreurUtilisateur`` si ce n'en est pas une."""
    try:
        dit = json.loads(octets)
        if dit["format"] != FORMAT:
            raise ValueError(dit["format"])
        return Figee(
            str(dit["territoire"]),
            int(dit["annee"]),
            str(dit["diffusion"]),
            {str(nom): int(combien) for nom, combien in dit["cases"].items()},
            frozenset(map(str, dit["tues"])),
            {(un["id"], un["perimetre"]): {nom: _compte(un[nom]) for nom in _COMPTES} for un in dit["indicateurs"]},
            tuple(Somme(str(total), tuple(map(str, parts))) for total, *parts in dit.get("sommes", ())),
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        raise ErreurUtilisateur(
            "Ce n'est pas un dossier figé de la conférence : donnez le fichier .json écrit avec le PDF."
        ) from None


def _compte(lu: object) -> int | float | None:
    """Un nombre fini, ou rien. Lève ``ValueError``, ``TypeError`` : ce fichier a pu passer par d'autres mains."""
    if lu is None or (isinstance(lu, int | float) and isfinite(lu)):
        return lu
    raise ValueError(lu)


def comparer(avant: Figee, publication: Publication) -> tuple[Change, ...]:
    """Ce qui a changé de l'une à l'autre, dans l'ordre de la seconde, puis ce qui n'y est plus."""
    apres = {un.indicateur.cle: dict(un.comptes) for un in publication.publies}
    changes = (Change(cle, avant.publies.get(cle), apres.get(cle)) for cle in [*apres, *avant.publies])
    return tuple({un.cle: un for un in changes if un.avant != un.apres}.values())
