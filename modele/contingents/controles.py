"""Ce que deux conventions se disent de contraire : la même deux fois, ou plus de cent pour cent d'un même flux.

Le coffre refuse ce qui s'écrit ainsi (``modele.coffre.contingents``), en citant les conventions en cause. Deux postes
qui ont écrit sans se voir ne se refusent plus : ``contraires`` le montre.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from modele.attributions.droit import droit
from modele.attributions.notions import Plafond, plier
from modele.contingents.conventions import COMMUNE, DEPARTEMENT, ConventionTenue
from modele.contingents.lecture import est_un_code_de_commune

CENT: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Depassement:
    """Un plafond dépassé chez un bailleur : de combien, et par quelles conventions."""

    plafond: Plafond
    bailleur: str
    total: Decimal
    conventions: tuple[ConventionTenue, ...]

    @property
    def dit(self) -> str:
        """« Habitat Colombe : 31,5 % du flux pour l'État, plus que 30 % (CCH R441-5-2). » et les conventions."""
        article = self.plafond.provenance.fondement
        return (
            f"{self.bailleur} : {ecrire(self.total)} % réservés, plus que {ecrire(self.plafond.taux)} % "
            f"({self.plafond.libelle} ; {article}). {_citer_toutes(self.conventions)}."
        )


_INCOMPLETE: Final = (
    "Une convention dit au moins qui réserve, chez quel bailleur, sur quel périmètre et pour quelle année. Complétez "
    "ce qui manque ; le reste peut attendre."
)
PAS_UNE_COMMUNE: Final = (
    "« {} » n'est pas le code INSEE d'une commune : il a cinq caractères, comme 63113. Ni un code postal, ni un nom."
)
_HORS_BORNES: Final = "« {} » : un taux va de 0 à 100 %. Relisez la convention."
_DEJA: Final = (
    "Deux conventions pour le même réservataire, le même bailleur, le même périmètre et la même année : « {} » et "
    "« {} ». Il n'y en a qu'une (CCH R441-5) : modifiez celle qui existe, ou retirez-la."
)
_TROP: Final = (
    "{} % du même flux seraient réservés, plus que le tout. « {} » s'ajoute à : {}. Relisez les taux des conventions, "
    "ou retirez celle qui est de trop."
)


def refus(neuve: ConventionTenue, tenues: Iterable[ConventionTenue]) -> str:
    """Pourquoi celle-ci ne peut pas s'ajouter à celles qui sont tenues ; vide si elle le peut.

    Une convention retirée ne contredit rien ; ``neuve`` ne se contredit pas elle-même (même ``id``).
    """
    if neuve.retiree_le is not None:
        return ""
    if not neuve.complete:
        return _INCOMPLETE
    if neuve.taux is not None and not 0 <= neuve.taux <= CENT:
        return _HORS_BORNES.format(citer(neuve))
    if neuve.ou == COMMUNE and not est_un_code_de_commune(neuve.code):
        return PAS_UNE_COMMUNE.format(neuve.code)
    autres = [une for une in tenues if une.retiree_le is None and not (une.id and une.id == neuve.id)]
    for une in autres:
        if meme(neuve, une):
            return _DEJA.format(citer(neuve), citer(une))
    reunies = trop(neuve, autres)
    total = sum((une.taux or Decimal(0) for une in (neuve, *reunies)), Decimal(0))
    return _TROP.format(ecrire(total), citer(neuve), _citer_toutes(reunies)) if reunies else ""


def meme(une: ConventionTenue, autre: ConventionTenue) -> bool:
    """Le même réservataire, le même bailleur, le même périmètre, la même année."""
    # Les noms en dernier : chaque convention se compare à toutes les autres.
    return (
        (une.annee, une.ou, une.code, une.sorte) == (autre.annee, autre.ou, autre.code, autre.sorte)
        and meme_bailleur(une, autre)
        and plier(une.reservataire) == plier(autre.reservataire)
    )


def meme_bailleur(une: ConventionTenue, autre: ConventionTenue) -> bool:
    """Le même SIREN ; à défaut de l'un des deux, le même nom."""
    if une.siren and autre.siren:
        return une.siren == autre.siren
    return plier(une.bailleur) == plier(autre.bailleur)


def trop(neuve: ConventionTenue, autres: Sequence[ConventionTenue]) -> list[ConventionTenue]:
    """Les conventions qui, avec celle-ci, réservent plus de tout le flux d'un même endroit ; aucune, si cela tient.

    Un taux inconnu ne compte pas.
    """
    if not neuve.taux:
        return []
    la = [une for une in autres if une.annee == neuve.annee and meme_bailleur(une, neuve)]
    pire = au_pire_endroit([une for une in la if _se_touchent(une, neuve)])
    return pire if _somme([neuve, *pire]) > CENT else []


def au_pire_endroit(conventions: Sequence[ConventionTenue]) -> list[ConventionTenue]:
    """De conventions d'un bailleur et d'une année, celles qui ensemble réservent le plus d'un même endroit.

    Deux communes ne s'ajoutent pas ; le département et la métropole s'ajoutent à chacune. Un taux inconnu, non.
    """
    partout = [une for une in conventions if une.taux and une.ou != COMMUNE]
    communes: dict[str, list[ConventionTenue]] = {"": []}
    for une in conventions:
        if une.taux and une.ou == COMMUNE:
            communes.setdefault(une.code, []).append(une)
    return [*partout, *max(communes.values(), key=_somme)]


def depassements(tenues: Iterable[ConventionTenue], annee: int) -> list[Depassement]:
    """Les plafonds que dépassent des taux de cette année, bailleur par bailleur : signalés, jamais refusés.

    Le préfet peut y déroger (CCH R441-5-2) ; les taux d'une convention se lisent, ils ne se corrigent pas ici.
    """
    restent = [une for une in tenues if une.annee == annee and une.retiree_le is None]
    trouves: list[Depassement] = []
    while restent:
        siennes = [une for une in restent if meme_bailleur(une, restent[0])]
        restent = [une for une in restent if une not in siennes]
        for plafond in droit().plafonds:
            visees = au_pire_endroit([une for une in siennes if une.sorte in plafond.reservataires])
            if (total := _somme(visees)) > plafond.taux:
                trouves.append(Depassement(plafond, siennes[0].bailleur, total, tuple(visees)))
    return trouves


def contraires(tenues: Sequence[ConventionTenue]) -> list[str]:
    """Ce qui se contredit dans ce qui est tenu, une phrase chacun : écrit par deux postes qui ne se voyaient pas."""
    dits: list[str] = []
    deja: set[frozenset[str]] = set()
    for rang, une in enumerate(tenues):
        if (phrase := refus(une, tenues[:rang])) and (cites := _cites(une, tenues[:rang])) not in deja:
            deja.add(cites)
            dits.append(phrase)
    return dits


def citer(convention: ConventionTenue) -> str:
    """Assez pour la retrouver : qui, chez qui, où, quand, combien, signée quand, saisie par qui."""
    taux = "taux inconnu" if convention.taux is None else f"{ecrire(convention.taux)} %"
    mots = [f"{convention.reservataire} chez {convention.bailleur}", f"périmètre {convention.code}"]
    mots += [str(convention.annee), taux]
    if convention.signee_le is not None:
        mots.append(f"signée le {convention.signee_le:%d/%m/%Y}")
    if convention.par:
        mots.append(f"saisie par {convention.par}")
    return ", ".join(mots)


def ecrire(nombre: Decimal) -> str:
    """Un taux comme il se lit : sans zéro de trop, avec une virgule."""
    return f"{nombre.normalize():f}".replace(".", ",")


def _cites(une: ConventionTenue, avant: Sequence[ConventionTenue]) -> frozenset[str]:
    reunies = [autre for autre in avant if meme(une, autre)] or trop(une, avant)
    return frozenset([une.id, *(autre.id for autre in reunies)])


def _citer_toutes(conventions: Iterable[ConventionTenue]) -> str:
    return " ; ".join(f"« {citer(une)} »" for une in conventions)


def _somme(conventions: Iterable[ConventionTenue]) -> Decimal:
    return sum((une.taux or Decimal(0) for une in conventions), Decimal(0))


def _se_touchent(une: ConventionTenue, autre: ConventionTenue) -> bool:
    """Un même logement peut être dans les deux. Un coffre tient un territoire : sa métropole touche ses communes."""
    if une.ou == autre.ou:
        return une.code == autre.code
    for departement, commune in ((une, autre), (autre, une)):
        if (departement.ou, commune.ou) == (DEPARTEMENT, COMMUNE):
            return commune.code.startswith(departement.code)
    return True
