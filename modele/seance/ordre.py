"""L'ordre de la grille, et ce qui le quitte : une désignation, une décision. La grille aide, elle n'oblige pas ; qui
en sort l'écrit (CCH R441-2-10 11°).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from modele.seance.droit import Droit
from modele.seance.notions import Decision, Seance


def designations_hors_ordre(seance: Seance, rangs: Mapping[str, int]) -> tuple[str, ...]:
    """Les candidats devant qui une demande mieux rangée n'est pas proposée. ``rangs`` : tous ceux du classement.

    Qui est désigné par le préfet ne l'est pas par la grille ; un candidat retiré a été proposé.
    """
    proposes = {un.dossier for un in seance.candidats}
    oublie = min((rang for dossier, rang in rangs.items() if dossier not in proposes), default=None)
    if oublie is None:
        return ()
    du_prefet = {un.dossier for un in seance.candidats if un.prefet_le}
    return tuple(
        un.dossier
        for un in seance.candidats
        if un.dossier not in du_prefet and un.dossier in rangs and rangs[un.dossier] > oublie
    )


def decisions_hors_ordre(seance: Seance, rangs: Mapping[str, int], droit: Droit) -> tuple[str, ...]:
    """Les décisions favorables qui passent devant un candidat examiné, recevable et mieux rangé.

    Qui est désigné par le préfet ne passe pas par la grille.
    """
    du_prefet = {un.dossier for un in seance.candidats if un.prefet_le}
    return tuple(
        une.dossier
        for une in seance.decisions
        if une.dossier not in du_prefet and any(_passees(une, seance, rangs, droit))
    )


def _passees(une: Decision, seance: Seance, rangs: Mapping[str, int], droit: Droit) -> Iterator[bool]:
    if not droit.decisions[une.genre].favorable or une.dossier not in rangs:
        return
    for autre in seance.decisions:
        if autre.dossier in rangs and rangs[autre.dossier] < rangs[une.dossier]:
            yield not droit.decisions[autre.genre].avertit and _place(une, droit) < _place(autre, droit)


def _place(une: Decision, droit: Droit) -> float:
    """Où cette décision place le candidat : le premier reçoit l'offre ; qui n'a rien est après tous."""
    return (une.rang or 1) if droit.decisions[une.genre].favorable else float("inf")


def egaux(seance: Seance, rangs: Mapping[str, int]) -> dict[str, int]:
    """Par candidat examiné, combien d'autres candidats examinés portent son rang ; rien s'il est seul."""
    portes = [rangs[un.dossier] for un in seance.examines if un.dossier in rangs]
    return {
        un.dossier: autres
        for un in seance.examines
        if un.dossier in rangs and (autres := portes.count(rangs[un.dossier]) - 1)
    }
