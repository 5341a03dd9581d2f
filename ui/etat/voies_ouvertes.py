"""Le journal d'accès garde qu'une voie immédiate s'est ouverte : qui, quand, et rien de ce qu'on a répondu.

Essais : ``tests/ui/etat/test_voies_ouvertes.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modele.bilan import Bilan
    from ui.etat.session import Session


def noter_une_voie(session: Session, bilan: Bilan) -> None:
    """À appeler quand un écran montre les voies d'un bilan ; sans effet si aucune n'est immédiate, ou coffre fermé."""
    from modele.orientation.resultat import Urgence

    agent = session.agent
    if agent and any(voie.urgence is Urgence.IMMEDIATE for voie in bilan.voies_retenues):
        session.avec_coffre(lambda coffre: coffre.noter_une_voie(agent), lambda _: None, pour=session)
