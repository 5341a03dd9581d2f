"""Ce qu'une ligne de bailleur dit des publics d'une convention, et combien de désignations en sortent.

Une ligne a les colonnes de ``modele.attributions.colonnes`` : la demande officielle et ses suites, rien d'autre (norme
« La sûreté des personnes », 2). Ce qu'elle ne dit pas reste inconnu.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from modele.attributions.notions import plier
from modele.contingents.conventions import ConventionTenue
from modele.contingents.publics import Place, Verdict, compter, placer

COLONNES: Final = (
    "siren_bailleur", "reservataire", "code_insee", "dalo", "priorite_l441_1", "quartile", "relogement_nru",
    "travailleur_essentiel", "mutation",
)  # fmt: skip
"""Tout ce qui se lit d'une ligne."""
_OUI_NON: Final[Mapping[str, bool]] = {"OUI": True, "NON": False}


def publics_de(ligne: Mapping[str, Any]) -> dict[str, bool | None]:
    """Par public : oui, non, ou rien si la ligne ne le dit pas."""
    dalo = _OUI_NON.get(str(ligne.get("dalo")))
    prioritaire = bool(ligne.get("priorite_l441_1"))
    quartile, mutation = ligne.get("quartile"), ligne.get("mutation")
    return {
        "dalo": dalo,
        # N'est écrit que d'une personne prioritaire qui n'est pas DALO ; la lettre, elle, ne se garde pas.
        "prioritaires": True if dalo or prioritaire else dalo,
        "premier_quartile": None if quartile in (None, "", "NONDOC") else quartile == "Q1",
        "relogement": _OUI_NON.get(str(ligne.get("relogement_nru"))),
        "travailleur_essentiel": _OUI_NON.get(str(ligne.get("travailleur_essentiel"))),
        "mutation": None if mutation in (None, "") else mutation != "NON",
    }


def convention_de(ligne: Mapping[str, Any], conventions: Iterable[ConventionTenue]) -> ConventionTenue | None:
    """Celle du réservataire que nomme la ligne, chez ce bailleur ; d'une commune à l'autre, celle de la commune."""
    return _trouver(ligne, _par_reservataire(conventions))


def juger(ligne: Mapping[str, Any], conventions: Iterable[ConventionTenue]) -> Verdict | None:
    """Où est la personne de cette ligne pour la convention qui la désigne ; rien sans convention connue."""
    return _juger(ligne, _par_reservataire(conventions))


def bilan(lignes: Iterable[Mapping[str, Any]], conventions: Iterable[ConventionTenue]) -> dict[Place, int]:
    """Les désignations dans les publics de leur convention, hors d'eux, et celles dont on ne sait pas."""
    rangees = _par_reservataire(conventions)
    return compter(verdict for ligne in lignes if (verdict := _juger(ligne, rangees)) is not None)


_Rangees = Mapping[tuple[str, str], Sequence[ConventionTenue]]


def _juger(ligne: Mapping[str, Any], rangees: _Rangees) -> Verdict | None:
    convention = _trouver(ligne, rangees)
    return None if convention is None else placer(convention, publics_de(ligne))


def _trouver(ligne: Mapping[str, Any], rangees: _Rangees) -> ConventionTenue | None:
    siennes = rangees.get((str(ligne.get("siren_bailleur")), plier(str(ligne.get("reservataire") or ""))), ())
    trouvees = [une for une in siennes if une.code == ligne.get("code_insee")] or siennes
    return trouvees[0] if len(trouvees) == 1 else None


def _par_reservataire(conventions: Iterable[ConventionTenue]) -> dict[tuple[str, str], list[ConventionTenue]]:
    """Par SIREN du bailleur et nom du réservataire : une année de lignes ne relit pas chaque convention."""
    rangees: dict[tuple[str, str], list[ConventionTenue]] = {}
    for une in conventions:
        if une.siren:
            rangees.setdefault((une.siren, plier(une.reservataire)), []).append(une)
    return rangees
