"""Passer du stock au flux, commune par commune et bailleur par bailleur : le fait, ce qui manque, qui le fait.

La conversion est celle de ``modele.attributions`` : des droits, sur le patrimoine du bailleur dans la commune.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from modele.attributions.assiette import Taux, actualiser, taux_de
from modele.attributions.notions import plier
from modele.contingents.lecture import lire_date, lire_entier, lire_texte
from modele.dossier.chemins import ABSENT, Document
from modele.dossier.faits.calendrier import ajouter_mois
from modele.dossier.situation import elements

INVENTAIRE: Final = "inventaire"
UN_AN: Final = 12


class Etape(StrEnum):
    """Ce qui se fait, dans l'ordre."""

    INVENTAIRE = "inventaire"
    PATRIMOINE = "patrimoine"
    CONSEIL = "conseil"
    ENVOI = "envoi"
    SIGNATURE = "signature"


QUI: Final[Mapping[Etape, str]] = {
    Etape.INVENTAIRE: "inventaire",
    Etape.PATRIMOINE: "inventaire",
    Etape.CONSEIL: "conseil",
    Etape.ENVOI: "convention",
    Etape.SIGNATURE: "convention",
}
"""De chaque étape, qui la fait : le champ ``qui`` du genre."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """Un logement réservé. ``id`` : dans la liste. ``fin_le`` absent : on ne sait pas quand le droit finit."""

    reference: str
    origine: str = ""
    fin_le: date | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Où en est une commune chez un bailleur. ``sans_droit`` : elle n'y a aucun logement réservé, cela est su."""

    commune: str
    bailleur: str
    siren: str = ""
    patrimoine: int | None = None
    patrimoine_au: date | None = None
    sans_droit: bool | None = None
    inventaire: tuple[Reserve, ...] = ()
    inventaire_le: date | None = None
    conseil_le: date | None = None
    envoyee_le: date | None = None
    signee_le: date | None = None
    qui: Mapping[str, str] = field(default_factory=dict)
    id: str = ""
    par: str = ""


@dataclass(frozen=True, slots=True)
class Manque:
    """Ce qui reste à faire. ``par`` : qui le fait ; vide : personne n'est encore dit."""

    etape: Etape
    par: str = ""


def relire(document: Document, par: str = "") -> Passage:
    """Le passage que dit ce document ; ce qu'un autre poste y a mal écrit se lit comme ce qui manque."""
    sans_droit = document.get("sans_droit")
    return Passage(
        commune=lire_texte(document, "commune"),
        bailleur=lire_texte(document, "bailleur.nom"),
        siren=lire_texte(document, "bailleur.siren"),
        patrimoine=lire_entier(document, "patrimoine"),
        patrimoine_au=lire_date(document, "patrimoine_au"),
        sans_droit=sans_droit if isinstance(sans_droit, bool) else None,
        inventaire=tuple(_reserve(cle, un) for cle, un in elements(document, INVENTAIRE).items()),
        inventaire_le=lire_date(document, "inventaire_le"),
        conseil_le=lire_date(document, "conseil_le"),
        envoyee_le=lire_date(document, "envoyee_le"),
        signee_le=lire_date(document, "signee_le"),
        qui={cle: dit for cle in dict.fromkeys(QUI.values()) if (dit := lire_texte(document, f"qui.{cle}"))},
        id=lire_texte(document, "id"),
        par=par,
    )


def champs(passage: Passage) -> dict[str, Any]:
    """Ce qui s'écrit de lui, par chemin, sauf son inventaire ; ``ABSENT`` : ce qu'il ne dit pas."""
    dits: dict[str, Any] = {
        "commune": passage.commune,
        "bailleur.nom": passage.bailleur,
        "bailleur.siren": passage.siren,
        "patrimoine": passage.patrimoine,
        "patrimoine_au": passage.patrimoine_au,
        "sans_droit": passage.sans_droit,
        "inventaire_le": passage.inventaire_le,
        "conseil_le": passage.conseil_le,
        "envoyee_le": passage.envoyee_le,
        "signee_le": passage.signee_le,
        **{f"qui.{cle}": passage.qui.get(cle) for cle in dict.fromkeys(QUI.values())},
    }
    return {chemin: ABSENT if valeur in (None, "") else valeur for chemin, valeur in dits.items()}


def manques(passage: Passage) -> tuple[Manque, ...]:
    """Ce qui reste à faire, dans l'ordre, et qui le fait. Sans droit chez ce bailleur : rien."""
    if passage.sans_droit:
        return ()
    faites = {
        Etape.INVENTAIRE: passage.inventaire_le is not None,
        Etape.PATRIMOINE: bool(passage.patrimoine),
        Etape.CONSEIL: passage.conseil_le is not None,
        Etape.ENVOI: passage.envoyee_le is not None,
        Etape.SIGNATURE: passage.signee_le is not None,
    }
    return tuple(Manque(etape, passage.qui.get(QUI[etape], "")) for etape in Etape if not faites[etape])


def en_cours(passage: Passage, jour: date) -> tuple[Reserve, ...]:
    """Les droits qui ne sont pas finis ce jour-là ; d'un droit sans date de fin, on ne sait pas : il compte."""
    return tuple(un for un in passage.inventaire if un.fin_le is None or jour <= un.fin_le)


def finissent(passage: Passage, jour: date) -> tuple[Reserve, ...]:
    """Les droits qui finissent dans moins d'un an, le premier d'abord."""
    dans_un_an = ajouter_mois(jour, UN_AN)
    dates = [(un.fin_le, un) for un in en_cours(passage, jour) if un.fin_le is not None and un.fin_le < dans_un_an]
    return tuple(un for _, un in sorted(dates, key=lambda dit: (dit[0], dit[1].reference)))


def taux(passage: Passage, jour: date) -> Taux | None:
    """La conversion en flux, avec ses nombres ; ``None`` si ce qu'il faut manque.

    Un inventaire qui n'est pas arrêté ne se convertit pas : il en manque peut-être. Lève ``ErreurUtilisateur`` : plus
    de droits que de logements.
    """
    droits = _droits(passage, jour)
    return None if droits is None or not passage.patrimoine else taux_de(droits, passage.patrimoine)


def actualise(
    passage: Passage, jour: date, *, nes: int = 0, echus: int = 0, livres: int = 0, sortis: int = 0
) -> Taux | None:
    """Le taux de l'année suivante, ses deux étapes avec leurs nombres ; ``None`` si ce qu'il faut manque. Lève."""
    droits = _droits(passage, jour)
    if droits is None or not passage.patrimoine:
        return None
    return actualiser(droits, passage.patrimoine, nes=nes, echus=echus, livres=livres, sortis=sortis)


def _droits(passage: Passage, jour: date) -> int | None:
    if passage.sans_droit:
        return 0
    return None if passage.inventaire_le is None else len(en_cours(passage, jour))


def doublons(inventaire: Sequence[Reserve]) -> tuple[str, ...]:
    """Les références écrites deux fois : un logement ne donne qu'un droit."""
    vues: set[str] = set()
    deux: dict[str, None] = {}
    for un in inventaire:
        if un.reference in vues:
            deux[un.reference] = None
        vues.add(un.reference)
    return tuple(deux)


def _reserve(cle: str, element: Mapping[str, Any]) -> Reserve:
    return Reserve(
        reference=lire_texte(element, "reference"),
        origine=lire_texte(element, "origine"),
        fin_le=lire_date(element, "fin_le"),
        id=cle,
    )


def meme(un: Passage, autre: Passage) -> bool:
    """La même commune chez le même bailleur : le même SIREN ; à défaut de l'un des deux, le même nom."""
    if un.commune != autre.commune:
        return False
    if un.siren and autre.siren:
        return un.siren == autre.siren
    return plier(un.bailleur) == plier(autre.bailleur)
