"""Ce qui se publie d'une année, sous le seul masque ; figé avec sa méthode, et ce qu'une autre version en change.

Deux dossiers mis côte à côte ne rendent pas ce que chacun tait : une case tue hier le reste, et un nombre qui n'a bougé
que de quelques unités se tait dans le second.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any, Final

from modele.chiffres import Diffusion, masquer, masquer_pour, petit, seuil_de, seuils
from modele.chiffres.tableau import Somme, Tableau
from modele.conference.cote_a_cote import avec_le_bilan
from modele.conference.definitions import Nature
from modele.conference.ecarts import deja, taire_les_sommes
from modele.conference.indicateurs import Annee
from modele.conference.lignes import Indicateur
from modele.regles.fautes import ErreurUtilisateur

FORMAT: Final = 1
AUTRE: Final = (
    "Cette version est le dossier {} de « {} » pour {}. Donnez celle du même territoire, de la même année et des mêmes "
    "lecteurs."
)
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
    """Une version déjà sortie, telle que son fichier la garde. ``avant`` : celles qu'elle suivait, si elle les dit."""

    territoire: str
    annee: int
    diffusion: str
    cases: Mapping[str, int] = field(default_factory=dict)
    tues: frozenset[str] = frozenset()
    publies: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    sommes: tuple[Somme, ...] = ()
    avant: tuple[Figee, ...] = ()

    @property
    def toutes(self) -> tuple[Figee, ...]:
        """Celles qu'elle suit, puis elle-même : ses lecteurs ont pu garder la première."""
        return (*(ancienne for une in self.avant for ancienne in une.toutes), self)

    @property
    def noms(self) -> frozenset[str]:
        """Toutes ses cases, montrées ou non."""
        return frozenset([*self.cases, *self.tues, *(nom for somme in self.sommes for nom in somme.cases)])


@dataclass(frozen=True, slots=True)
class Change:
    """Un indicateur qui n'est plus le même. ``None`` : il ne se montrait pas, ou ne se montre plus."""

    cle: tuple[str, str]
    avant: Mapping[str, Any] | None
    apres: Mapping[str, Any] | None


def publier(annee: Annee, diffusion: Diffusion | None, avant: Sequence[Figee] = ()) -> Publication:
    """Ce qui s'en montre ; ``None`` : à des habilités, rien n'est tu. ``avant`` : toutes les versions déjà sorties.

    Lève ``ErreurUtilisateur`` si l'une est d'une autre année : leurs écarts ne diraient rien.
    """
    avant = [ancienne for une in avant for ancienne in une.toutes]
    for une in avant:
        exiger_meme(une, une.territoire, annee.annee)
    tues, dits = frozenset[str](), [annee.tableau, *annee.details]
    if diffusion is not None:
        tues, dits = _masquer(annee, diffusion, avant)
    cases = {nom: une for un in (annee.tableau, *annee.details) for nom, une in un.cases.items()}
    montrees = {nom: une.valeur for nom, une in cases.items() if une.publiee and nom not in tues}
    publies = tuple(_publier(un, tues, masque=diffusion is not None) for un in annee.indicateurs)
    tues = frozenset(nom for nom in tues if nom in cases)
    sommes = tuple(somme for un in dits for somme in un.sommes)
    return Publication(annee.annee, diffusion, publies, tues, montrees, sommes)


def _masquer(annee: Annee, diffusion: Diffusion, avant: Sequence[Figee]) -> tuple[frozenset[str], list[Tableau]]:
    """Ce qui se tait, et ce qui se montre : le tableau, puis chaque détail qui n'y fait rien taire de plus."""
    tableau, d_ailleurs = avec_le_bilan(annee, diffusion)
    tues, dits = _tues(tableau, diffusion, avant, d_ailleurs), [annee.tableau]
    refuses = set[str]()
    for detail in annee.details:
        elargi = Tableau(tableau.cases | detail.cases, [*tableau.sommes, *detail.sommes])
        avec = _tues(elargi, diffusion, avant, tues)
        if avec & tableau.cases.keys() <= tues:
            tableau, tues = elargi, avec
            dits.append(detail)
        else:
            refuses |= detail.cases.keys()
    return tues | refuses, dits


def exiger_meme(figee: Figee, territoire: str, annee: int, diffusion: str = "") -> None:
    """Lève ``ErreurUtilisateur`` si cette version est d'un autre territoire, d'une autre année, d'autres lecteurs."""
    voulu = (territoire, annee, diffusion or figee.diffusion)
    if (figee.territoire, figee.annee, figee.diffusion) != voulu:
        raise ErreurUtilisateur(AUTRE.format(figee.annee, figee.territoire, figee.diffusion))


def _tues(tableau: Tableau, diffusion: Diffusion, avant: Sequence[Figee], d_ailleurs: frozenset[str]) -> frozenset[str]:
    """Au seuil de cette diffusion, et des plus proches : ce qu'une plus proche tait reste tu."""
    tues = d_ailleurs
    comparees = [(une, _seuil_entre(une, diffusion)) for une in avant]
    for une, seuil in comparees:
        siennes = une.tues if _seuil_de(une) <= seuil_de(diffusion) else frozenset()
        tues |= frozenset(deja(tableau, seuil, une.cases, siennes, une.sommes))
    tues = masquer_pour(tableau, diffusion, tues)
    for une, seuil in comparees:
        tues = taire_les_sommes(tableau, seuil, une.cases, une.noms, tues)
    return masquer(tableau, seuil_de(diffusion), tues)


def _seuil_de(figee: Figee) -> int:
    """Celui de ses lecteurs ; de personnes habilitées, rien n'y est tu."""
    return seuil_de(Diffusion(figee.diffusion)) if figee.diffusion in list(Diffusion) else 0


def _seuil_entre(figee: Figee, diffusion: Diffusion) -> int:
    """Qui lit les deux est le plus proche des deux."""
    return min(_seuil_de(figee), seuil_de(diffusion))


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


def figer(publication: Publication, territoire: str, avant: Sequence[Figee] = ()) -> bytes:
    """La version telle qu'elle sort, avec sa méthode ; rien de ce qui se tait n'y est.

    ``avant`` : celles qu'elle suit, qu'un fichier seul doit porter. Au coffre, leur chaîne les garde.
    """
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
        "avant": [_en_bref(ancienne) for une in avant for ancienne in une.toutes],
        "methode": {
            une.id: {"definition": une.definition, "article": une.provenance.fondement, "source": une.provenance.source}
            for une in dict.fromkeys(un.indicateur.definition for un in publication.publies)
        },
    }
    return (json.dumps(dit, ensure_ascii=False, indent=1) + "\n").encode()


def _en_bref(figee: Figee) -> dict[str, Any]:
    """Ce que ses lecteurs en savent : de quoi juger un écart, sans ses définitions."""
    sommes = [[une.total, *une.parts] for une in figee.sommes]
    return {"diffusion": figee.diffusion, "cases": dict(figee.cases), "tues": sorted(figee.tues), "sommes": sommes}


def relire(octets: bytes) -> Figee:
    """Une version figée. Lève ``ErreurUtilisateur`` si ce n'en est pas une."""
    try:
        dit = json.loads(octets)
        if dit["format"] != FORMAT:
            raise ValueError(dit["format"])
        lue = _relire(dit, str(dit["territoire"]), int(dit["annee"]))
        publies = {
            (un["id"], un["perimetre"]): {nom: _compte(un[nom]) for nom in _COMPTES} for un in dit["indicateurs"]
        }
        avant = tuple(_relire(une, lue.territoire, lue.annee) for une in dit.get("avant", ()))
        return replace(lue, publies=publies, avant=avant)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        raise ErreurUtilisateur(
            "Ce n'est pas un dossier figé de la conférence : donnez le fichier .json écrit avec le PDF."
        ) from None


def _relire(dit: Mapping[str, Any], territoire: str, annee: int) -> Figee:
    return Figee(
        territoire,
        annee,
        str(dit["diffusion"]),
        {str(nom): int(combien) for nom, combien in dit["cases"].items()},
        frozenset(map(str, dit["tues"])),
        sommes=tuple(Somme(str(total), tuple(map(str, parts))) for total, *parts in dit.get("sommes", ())),
    )


def _compte(lu: object) -> int | float | None:
    """Un nombre fini, ou rien. Lève ``ValueError``, ``TypeError`` : ce fichier a pu passer par d'autres mains."""
    if lu is None or (isinstance(lu, int | float) and isfinite(lu)):
        return lu
    raise ValueError(lu)


def comparer(avant: Figee, suite: Publication | Figee) -> tuple[Change, ...]:
    """Ce qui a changé de l'une à l'autre, dans l'ordre de la seconde, puis ce qui n'y est plus."""
    apres: Mapping[tuple[str, str], Mapping[str, Any]] = (
        suite.publies if isinstance(suite, Figee) else {un.indicateur.cle: dict(un.comptes) for un in suite.publies}
    )
    changes = (Change(cle, avant.publies.get(cle), apres.get(cle)) for cle in [*apres, *avant.publies])
    return tuple({un.cle: un for un in changes if un.avant != un.apres}.values())
