"""Ce qu'une séance a décidé : chaque candidat sous sa référence neutre, sa décision, ce qui a quitté l'ordre.

``tenir`` refuse tout d'un coup, ou rend un constat que le procès-verbal, les lettres et l'écran lisent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from modele.regles.fautes import ErreurUtilisateur
from modele.seance.controles import Classees, a_savoir, fautes, votants
from modele.seance.droit import Droit, Genre, droit
from modele.seance.notions import Decision, Propose, Seance
from modele.seance.ordre import decisions_hors_ordre, designations_hors_ordre, egaux

_SANS_RANG: Final = float("inf")


@dataclass(frozen=True, slots=True)
class Ligne:
    """Un candidat. ``reference`` : la même sorte pour tous (« C-01 »), la seule que lisent membres et procès-verbal.

    ``rang`` : celui de la grille, vide si le préfet l'a désigné hors du classement ; ``egaux`` : combien d'autres
    candidats examinés le portent.
    """

    reference: str
    propose: Propose
    rang: int | None
    egaux: int
    designe_hors_ordre: bool
    decision: Decision | None
    genre: Genre | None
    decide_hors_ordre: bool


@dataclass(frozen=True, slots=True)
class Constat:
    """La séance tenue. ``hors_ordre`` : combien de désignations et de décisions ont quitté l'ordre de la grille."""

    seance: Seance
    lignes: tuple[Ligne, ...]
    votants: int
    notifier_avant: date | None
    savoir: tuple[str, ...]

    @property
    def tenue(self) -> bool:
        """Vrai quand elle a décidé ; sans décision, elle se prépare."""
        return bool(self.seance.decisions)

    @property
    def examines(self) -> int:
        """Combien de demandes la commission a examinées."""
        return len(self.seance.examines)

    @property
    def designations_hors_ordre(self) -> int:
        """Combien de désignations ont quitté l'ordre de la grille."""
        return sum(une.designe_hors_ordre for une in self.lignes)

    @property
    def decisions_hors_ordre(self) -> int:
        """Combien de décisions ont quitté l'ordre de la grille."""
        return sum(une.decide_hors_ordre for une in self.lignes)

    @property
    def offres(self) -> tuple[Ligne, ...]:
        """À qui le logement est attribué, dans l'ordre où l'offre se fait."""
        gagnants = [une for une in self.lignes if une.genre is not None and une.genre.favorable]
        return tuple(sorted(gagnants, key=_tour))


def _tour(une: Ligne) -> int:
    return (une.decision.rang if une.decision else None) or 1


def tenir(seance: Seance, classees: Classees, lu: Droit | None = None) -> Constat:
    """Le constat de cette séance. Lève ``ErreurUtilisateur`` avec tout ce qui l'empêche."""
    lu = lu or droit()
    if dites := fautes(seance, classees, lu):
        raise ErreurUtilisateur("\n".join(dites))
    jours = seance.reglement.notification_jours
    return Constat(
        seance=seance,
        lignes=_lignes(seance, classees.rangs, lu),
        votants=votants(seance, lu),
        notifier_avant=None if jours is None else seance.tenue_le + timedelta(days=jours),
        savoir=a_savoir(seance, classees, lu),
    )


def _lignes(seance: Seance, rangs: Mapping[str, int], lu: Droit) -> tuple[Ligne, ...]:
    """Rangées par la grille ; à égalité, l'ordre des références, qui ne dit rien."""
    designes, decides = designations_hors_ordre(seance, rangs), decisions_hors_ordre(seance, rangs, lu)
    autres, decidees = egaux(seance, rangs), seance.decidees
    ordre = sorted(seance.candidats, key=lambda un: (rangs.get(un.dossier, _SANS_RANG), un.dossier))
    return tuple(
        Ligne(
            reference=f"C-{place:02d}",
            propose=un,
            rang=rangs.get(un.dossier),
            egaux=autres.get(un.dossier, 0),
            designe_hors_ordre=un.dossier in designes,
            decision=decidees.get(un.dossier),
            genre=lu.decisions[decidees[un.dossier].genre] if un.dossier in decidees else None,
            decide_hors_ordre=un.dossier in decides,
        )
        for place, un in enumerate(ordre, 1)
    )


@dataclass(frozen=True, slots=True)
class Compte:
    """D'une commission : ses séances, ce qu'elles ont décidé, et ce qui a quitté l'ordre de la grille."""

    seances: int
    designations: int
    designations_hors_ordre: int
    decisions: int
    decisions_hors_ordre: int


def compter(constats: Iterable[Constat]) -> dict[str, Compte]:
    """Par commission, ce qui a quitté l'ordre de la grille."""
    tenus: dict[str, list[Constat]] = {}
    for un in constats:
        tenus.setdefault(un.seance.commission, []).append(un)
    return {
        nom: Compte(
            seances=len(siens),
            designations=sum(len(un.lignes) for un in siens),
            designations_hors_ordre=sum(un.designations_hors_ordre for un in siens),
            decisions=sum(len(un.seance.decisions) for un in siens),
            decisions_hors_ordre=sum(un.decisions_hors_ordre for un in siens),
        )
        for nom, siens in tenus.items()
    }
