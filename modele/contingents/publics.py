"""Une désignation est-elle dans les publics de la convention ? À trois valeurs : inconnu n'est jamais « hors ».

Hors des publics, elle ne s'interdit pas : elle demande un motif, et se compte au bilan. La page du logement et la
désignation l'appellent, avant que rien ne soit fait.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from modele.contingents.conventions import ConventionTenue
from modele.regles.fautes import ErreurUtilisateur

_SANS_MOTIF: Final = (
    "Cette demande est hors des publics de la convention ({}). Écrivez pourquoi la désigner : ce motif se gardera, et "
    "la désignation se comptera au bilan."
)


class Place(StrEnum):
    """Où est une demande pour une convention."""

    DANS = "dans"
    HORS = "hors"
    INCONNUE = "inconnue"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``a_savoir`` : les publics de la convention dont on ne sait pas si la demande est."""

    place: Place
    publics: tuple[str, ...] = ()
    a_savoir: tuple[str, ...] = ()

    @property
    def demande_un_motif(self) -> bool:
        """Vrai d'une demande qu'on sait hors des publics."""
        return self.place is Place.HORS


def placer(convention: ConventionTenue, demande: Mapping[str, bool | None]) -> Verdict:
    """Où est cette demande. ``demande`` : par public, oui, non ou rien si on ne sait pas.

    Une convention qui ne dit aucun public, ou qui les dit aussi dans ses mots, ne met personne dehors.
    """
    vises = convention.publics
    if any(demande.get(public) is True for public in vises):
        return Verdict(Place.DANS, vises)
    a_savoir = tuple(public for public in vises if demande.get(public) is None)
    connue = bool(vises) and not a_savoir and not convention.publics_dits
    return Verdict(Place.HORS if connue else Place.INCONNUE, vises, a_savoir)


def exiger_un_motif(verdict: Verdict, motif: str, libelles: Mapping[str, str]) -> None:
    """Lève ``ErreurUtilisateur`` si la demande est hors des publics et que rien ne dit pourquoi la désigner."""
    if verdict.demande_un_motif and not motif.strip():
        dits = ", ".join(libelles.get(public, public) for public in verdict.publics)
        raise ErreurUtilisateur(_SANS_MOTIF.format(dits))


def compter(verdicts: Iterable[Verdict]) -> dict[Place, int]:
    """Combien de désignations à chaque place, pour le bilan : les trois, même à zéro."""
    comptes = dict.fromkeys(Place, 0)
    for verdict in verdicts:
        comptes[verdict.place] += 1
    return comptes
