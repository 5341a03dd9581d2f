"""Ce que dit l'écran des candidats d'un logement. Sans Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from modele.coffre.candidats import Choisie, Sorte
from modele.dossier.codes import reference_courte

if TYPE_CHECKING:
    from modele.attributions.classement.classer import Candidat, Ecarte

TITRE: Final = "Candidats d'un logement"
PAR_PAGE: Final = 50
RANGE: Final = "Perron range les demandes ; une personne désigne. Les noms ne se lisent qu'un à la fois."
SANS_LOGEMENT: Final = "Choisissez un logement, ou saisissez ses colonnes, puis « Ranger les candidats »."
SAISIE: Final = "Écrivez au moins la référence du logement et sa commune."
COMMUNE: Final = "Aucune commune de ce territoire ne porte ce nom. Écrivez-le en entier, ou son code INSEE."
SANS_NOM: Final = "Ce dossier ne dit pas de nom."
HORS_DE_L_ORDRE: Final = (
    "Une demande mieux rangée n'est pas désignée : écrivez pourquoi celle-ci passe devant. Ce motif se garde et se "
    "relira."
)
INCOMPLET: Final = (
    "Des demandes ne sont pas encore dans ce classement : rangez de nouveau, ou écrivez pourquoi désigner celle-ci."
)
REFAIRE: Final = "Des demandes ont été relues depuis ce classement : rangez de nouveau avant de désigner."
POURQUOI_ROUVRIR: Final = "Écrivez pourquoi rouvrir cette demande : ce motif se garde, avec votre nom et le jour."
FERMEE: Final = "Ne se rouvre pour aucune demande : cela se change dans la demande, avec la personne."
DESIGNEE: Final = "{} est désignée pour ce logement."
ROUVERTE: Final = "{} est rouverte."
MOTIF: Final = "Pourquoi"


def dire_a_relire(nombre: int) -> str:
    """Ce que le classement n'a pas encore : jamais tu."""
    if not nombre:
        return ""
    sujet = "1 demande n'est" if nombre == 1 else f"{nombre} demandes ne sont"
    return f"{sujet} pas encore dans ce classement : Perron les relit. Attendez avant de désigner."


def dire_combien(candidats: int, ecartees: int, debut: int) -> str:
    """« 812 candidates, 44 écartées. Les lignes 1 à 50. »"""
    fin = min(debut + PAR_PAGE, candidats)
    page = f" Lignes {debut + 1} à {fin}." if candidats > PAR_PAGE else ""
    pluriel, accord = ("s" if candidats > 1 else ""), ("s" if ecartees > 1 else "")
    return f"{candidats} candidate{pluriel}, {ecartees} écartée{accord}.{page}"


def titre_du_candidat(un: Candidat) -> str:
    """« 1. K7M4-2QHT · 120 points » ; la référence, de la même sorte pour tous."""
    points = "sans note" if un.points is None else f"{_nombre(un.points)} points"
    return f"{un.rang}. {reference_courte(un.dossier)} · {points}"


def detail_du_candidat(un: Candidat, choisies: Sequence[Choisie], effet: str = "") -> str:
    """Entre quoi la note peut encore aller, l'ancienneté, l'effet sur la résidence, et si elle est désignée."""
    bornes = "" if un.minimum == un.maximum else f"entre {_borne(un.minimum)} et {_borne(un.maximum)}"
    recue = f"reçue le {un.recue:%d/%m/%Y}" if un.recue else "réception inconnue"
    egale = f"à égalité ({un.egaux})" if un.egaux > 1 else ""
    designee = any(une.dossier == un.dossier and une.sorte is Sorte.DESIGNEE for une in choisies)
    return " · ".join(mot for mot in ("désignée" if designee else "", bornes, recue, egale, effet) if mot)


def titre_de_l_ecarte(un: Ecarte) -> str:
    """Sa référence."""
    return reference_courte(un.dossier)


def dire_choisies(choisies: Sequence[Choisie]) -> list[str]:
    """Ce qui a été choisi pour ce logement, par qui, quel jour, pourquoi."""
    return [
        f"{reference_courte(une.dossier)} : {_VERBES[une.sorte]} par {une.par} le {une.le:%d/%m/%Y}"
        + (f", rang {une.rang}" if une.rang else "")
        + (f". « {une.motif} »" if une.motif else ".")
        for une in choisies
    ]


_VERBES: Final[Mapping[Sorte, str]] = {Sorte.ROUVERTE: "rouverte", Sorte.DESIGNEE: "désignée"}


def _nombre(points: float) -> str:
    return f"{points:g}".replace(".", ",")


def _borne(points: float | None) -> str:
    return "?" if points is None else _nombre(points)


def titre_du_logement(logement: Mapping[str, Any], commune: str) -> str:
    """« M-1, T3, Colombe »."""
    return ", ".join(mot for mot in (logement.get("ref_bailleur"), logement.get("typologie"), commune) if mot)
