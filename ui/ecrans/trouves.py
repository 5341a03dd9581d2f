"""Les dossiers trouvés ou récents, en propositions à montrer. Un dossier discret arrive déjà neutre du coffre."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ui.composants import Proposition

if TYPE_CHECKING:
    from modele.coffre import Recent, Trouve


def propositions(dossiers: Sequence[Trouve | Recent], prendre: Callable[[str], object]) -> list[Proposition]:
    """Une proposition par dossier ; ``prendre`` reçoit l'identifiant choisi."""
    return [
        Proposition(
            un.resume.titre,
            partial(prendre, un.dossier),
            un.resume.detail,
            ", ".join(getattr(un, "raisons", ())),
        )
        for un in dossiers
    ]
