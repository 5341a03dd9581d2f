"""Ce qui se publie des lieux suivis, sous le seul masque : le compte d'une résidence est presque toujours petit.

Chaque quartile d'un lieu se lie au total du lieu, à celui de tout le territoire (que d'autres dossiers publient) et aux
lieux qu'il recoupe : une résidence dans un quartier surveillé ne se soustrait pas de lui.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from modele.chiffres import Diffusion, masquer_pour
from modele.chiffres.tableau import Tableau
from modele.residences.calcul import PARTS, SANS_QUARTILE, Comptes, Etat, Suivi

TOTAL: Final = "total"
BAUX: Final = "baux"
PEUT_ETRE: Final = "peut_etre"
_ENSEMBLE: Final = "territoire"


@dataclass(frozen=True, slots=True)
class AnneePubliee:
    """Un compte ``None`` est tu. ``part`` : les deux bornes, pour cent ; ``None`` dès qu'un de ses nombres l'est."""

    annee: int
    comptes: Mapping[str, int | None]
    part: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class SuiviPublie:
    """Un lieu tel qu'il se montre."""

    suivi: Suivi
    annees: tuple[AnneePubliee, ...]


def publier(etat: Etat, diffusion: Diffusion | None) -> tuple[SuiviPublie, ...]:
    """Ce qui s'en montre ; ``None`` : à des habilités, rien n'est tu."""
    tues = frozenset[str]() if diffusion is None else masquer_pour(en_tableau(etat), diffusion)
    return tuple(SuiviPublie(un, tuple(_annee(un, rang, tues) for rang in range(len(un.annees)))) for un in etat.suivis)


def en_tableau(etat: Etat) -> Tableau:
    """Toutes les cases, et tout ce qui s'y soustrait."""
    tableau = Tableau()
    for annee, comptes in etat.ensembles.items():
        _poser(tableau, f"{annee} {_ENSEMBLE}", comptes, connue=True)
    for suivi in etat.suivis:
        for une in suivi.annees:
            ou = f"{une.annee} {suivi.lieu.id}"
            _poser(tableau, ou, une.comptes)
            tableau.poser(f"{ou} {BAUX}", une.baux)
            tableau.partager(f"{ou} {TOTAL}", f"{ou} {BAUX}")
            tableau.poser(f"{ou} {PEUT_ETRE}", une.peut_etre)
            for part in (*PARTS, TOTAL):
                _reste(tableau, f"{une.annee} {_ENSEMBLE} {part}", f"{ou} {part}")
            tableau.partager(f"{une.annee} {_ENSEMBLE} {TOTAL} hors {ou} {TOTAL}", f"{ou} {PEUT_ETRE}")
    for (annee, un, autre), comptes in etat.communs.items():
        _recouper(tableau, annee, (un, autre), comptes)
    return tableau


def _poser(tableau: Tableau, ou: str, comptes: Comptes, *, connue: bool = False) -> None:
    for part in PARTS:
        tableau.poser(f"{ou} {part}", comptes.get(part, 0), connue=connue)
    tableau.poser(f"{ou} {TOTAL}", sum(comptes.values()), connue=connue)
    tableau.sommer(f"{ou} {TOTAL}", [f"{ou} {part}" for part in PARTS])


def _reste(tableau: Tableau, tout: str, part: str) -> None:
    """Ce qui, du territoire, n'est pas de ce lieu : ne se montre pas, et se déduirait."""
    reste = f"{tout} hors {part}"
    tableau.poser(reste, tableau.cases[tout].valeur - tableau.cases[part].valeur, publiee=False)
    tableau.sommer(tout, (part, reste))


def _recouper(tableau: Tableau, annee: int, deux: tuple[str, str], comptes: Comptes) -> None:
    un, autre = (f"{annee} {nom}" for nom in deux)
    totaux = {**comptes, TOTAL: sum(comptes.values())}
    for part in (*PARTS, TOTAL):
        commun = f"{un} et {autre} {part}"
        tableau.poser(commun, totaux[part], publiee=False)
        for lieu, sans in ((un, autre), (autre, un)):
            reste = f"{lieu} sans {sans} {part}"
            # Tout entier dans l'autre, cela se sait (une adresse suffit) : ce zéro ne cache rien, l'autre se soustrait.
            dedans = tableau.cases[f"{lieu} {TOTAL}"].valeur == totaux[TOTAL]
            ecart = tableau.cases[f"{lieu} {part}"].valeur - totaux[part]
            tableau.poser(reste, ecart, impossible=dedans, publiee=False)
            tableau.sommer(f"{lieu} {part}", (commun, reste))


def _annee(suivi: Suivi, rang: int, tues: frozenset[str]) -> AnneePubliee:
    une = suivi.annees[rang]
    exacts = {**une.comptes, TOTAL: une.total, BAUX: une.baux, PEUT_ETRE: une.peut_etre}
    ou = f"{une.annee} {suivi.lieu.id}"
    comptes = {nom: None if f"{ou} {nom}" in tues else combien for nom, combien in exacts.items()}
    tue = any(comptes[nom] is None for nom in ("Q1", SANS_QUARTILE, TOTAL))
    part = None if une.part is None or tue else (_pour_cent(une.part[0]), _pour_cent(une.part[1]))
    return AnneePubliee(une.annee, comptes, part)


def _pour_cent(part: Fraction) -> float:
    return round(float(part * 100), 1)
