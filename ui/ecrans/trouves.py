"""Les dossiers trouvés ou récents, en propositions masquées. Un dossier discret arrive déjà neutre du coffre."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from ui.composants import Proposition
from ui.mots.masques import designer

if TYPE_CHECKING:
    from modele.coffre import Recent, Trouve


def propositions(dossiers: Sequence[Trouve | Recent], prendre: Callable[[str], object]) -> list[Proposition]:
    """Une proposition par dossier ; ``prendre`` reçoit l'identifiant choisi."""
    maintenant = datetime.now().astimezone()
    return [_proposition(un, prendre, maintenant) for un in dossiers]


def _proposition(un: Trouve | Recent, prendre: Callable[[str], object], maintenant: datetime) -> Proposition:
    designe = designer(un.resume, maintenant)
    return Proposition(
        designe.titre,
        partial(prendre, un.dossier),
        designe.detail,
        ", ".join(getattr(un, "raisons", ())),
        cle=un.dossier,
        clair=designe.clair,
        dossier=un.dossier,
    )
