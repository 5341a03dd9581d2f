"""Qui a vu un dossier, en mots : les accès de ce poste, et ceux que le registre rapporte. Sans Qt.

Essais : ``tests/ui/mots/test_suivi.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Final

from modele.mots.ecriture import dire_jour
from ui.mots.moments import ecrire_moment

if TYPE_CHECKING:
    from modele.coffre import AccesNote
    from modele.synchro.etats import LecteurMontre

_PERSONNE: Final = "Le poste"
"""Aucun agent n'a eu à agir : un poste reçoit de lui-même ce que tient son guichet."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Une venue : qui, d'où, ce qu'il a fait, à quelle heure. Les mêmes gestes d'un même jour n'en font qu'une."""

    qui: str
    ou: str
    quand: datetime
    quoi: str
    combien: int = 1

    @property
    def dite(self) -> str:
        """« Ana Martin a changé des réponses, 4 fois »."""
        fois = f", {self.combien} fois" if self.combien > 1 else ""
        return f"{self.qui or _PERSONNE} {self.quoi}{fois}"


def passages(locaux: Iterable[AccesNote], d_ailleurs: Iterable[LecteurMontre]) -> tuple[Passage, ...]:
    """Tous les passages, le plus récent d'abord."""
    tous = [Passage(un.agent, "ce poste", un.quand, un.geste.dit) for un in locaux]
    tous += [
        Passage(un.qui, ", ".join(filter(None, (un.poste, un.guichet))), un.quand, un.geste.dit) for un in d_ailleurs
    ]
    ensemble: dict[object, Passage] = {}
    for un in sorted(tous, key=lambda un: un.quand, reverse=True):
        cle = (un.qui, un.ou, un.quoi, un.quand.astimezone().date())
        deja = ensemble.get(cle)
        ensemble[cle] = replace(deja, combien=deja.combien + 1) if deja is not None else un
    return tuple(ensemble.values())


def par_jour(tous: Sequence[Passage], maintenant: datetime) -> tuple[tuple[str, tuple[Passage, ...]], ...]:
    """Les passages rangés par jour, chacun sous son nom."""
    fuseau = maintenant.tzinfo
    groupes = groupby(tous, key=lambda un: un.quand.astimezone(fuseau).date())
    return tuple((dire_jour(jour), tuple(du_jour)) for jour, du_jour in groupes)


def dire_heure(passage: Passage, maintenant: datetime) -> str:
    """« 10:42 »."""
    return ecrire_moment(passage.quand, passage.quand.astimezone(maintenant.tzinfo)).removeprefix("à ")
