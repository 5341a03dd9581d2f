"""Le droit et le territoire dont ce poste se sert, chargés à côté, et rechargés quand leurs sources changent.

Essais : ``tests/ui/etat/test_session.py``, ``tests/ui/registre/test_publication.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from modele.bilan import Regles
    from modele.coffre import Coffre
    from modele.sources import Surcharge
    from ui.etat.travaux import Travaux

# Ce que le registre a publié (version par paquet) et ce que la structure a modifié, quand les règles ont été chargées.
_Lues: TypeAlias = "tuple[Mapping[str, int], tuple[Surcharge, ...]]"


class ReglesDuPoste:
    """``pour`` : qui les attend. ``equiper`` : les reçoit, sur le fil de l'écran."""

    def __init__(self, travaux: Travaux, pour: QObject, equiper: Callable[[Regles], None]) -> None:
        self._travaux, self._pour, self._equiper = travaux, pour, equiper
        self._lues: _Lues = ({}, ())
        # Un territoire que Perron ne livre pas arrive par le registre : rien ne se redit tant que rien n'est arrivé.
        self._en_vain: _Lues | None = None

    def charger(self, territoire: str, coffre: Coffre | None) -> None:
        """Charge le droit et ce territoire."""
        self._lancer(territoire, coffre, None, None)

    def relire(self, territoire: str, coffre: Coffre, deja: Regles | None) -> None:
        """Recharge si le registre ou la structure ont changé quelque chose depuis ; sans effet sinon."""
        self._lancer(territoire, coffre, deja, self._lues if deja is not None else self._en_vain)

    def _lancer(self, territoire: str, coffre: Coffre | None, deja: Regles | None, connues: _Lues | None) -> None:
        def faire() -> tuple[Regles, _Lues] | None:
            from modele.chargement import charger_regles

            if coffre is None:
                return charger_regles(territoire), ({}, ())
            from modele.synchro.referentiels import sources_du_poste, versions_des_paquets

            lues = versions_des_paquets(coffre.echanges), tuple(coffre.modifications())
            if lues == connues and (deja is None or deja.territoire.id == territoire):
                return None
            self._en_vain = lues
            return charger_regles(territoire, sources_du_poste(coffre.echanges, lues[1])), lues

        def rendre(chargees: tuple[Regles, _Lues] | None) -> None:
            if chargees is not None:
                regles, self._lues = chargees
                self._equiper(regles)

        self._travaux.lancer(faire, rendre, pour=self._pour, remplace="regles")
