"""Le droit et le territoire dont ce poste se sert, chargés à côté, et rechargés quand leurs sources changent.

Essais : ``tests/ui/etat/test_session.py``, ``tests/ui/registre/test_publication.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from modele.bilan import Regles
    from modele.coffre import Coffre
    from modele.coffre.verifications import LieuVerifie
    from modele.sources import Surcharge
    from ui.etat.travaux import Travaux

# Ce que le registre a publié (version par paquet), ce que la structure a modifié et les lieux que ses agents ont
# confirmés, quand les règles ont été chargées.
_Lues: TypeAlias = "tuple[Mapping[str, int], tuple[Surcharge, ...], tuple[LieuVerifie, ...]]"
_RIEN: Final[_Lues] = ({}, (), ())


class ReglesDuPoste:
    """``pour`` : qui les attend. ``equiper`` : les reçoit, sur le fil de l'écran."""

    def __init__(self, travaux: Travaux, pour: QObject, equiper: Callable[[Regles], None]) -> None:
        self._travaux, self._pour, self._equiper = travaux, pour, equiper
        self._lues = _RIEN
        # Un territoire que Perron ne livre pas arrive par le registre : rien ne se redit tant que rien n'est arrivé.
        self._en_vain: _Lues | None = None
        self._livrees: Regles | None = None

    def preparer(self, territoire: str) -> None:
        """Lit d'avance ce que Perron livre : d'un poste qui n'a rien reçu ni rien changé, ce sont les règles.

        Ce qui ne se lit pas se dira à l'ouverture.
        """

        def faire() -> None:
            from modele.chargement import charger_regles

            self._livrees = charger_regles(territoire)

        if territoire:
            self._travaux.lancer(faire, echec=lambda _: None, pour=self._pour)

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
                return charger_regles(territoire), _RIEN
            from modele.synchro.referentiels import sources_du_poste, versions_des_paquets

            verifies = tuple(coffre.lieux_verifies())
            lues = versions_des_paquets(coffre.echanges), tuple(coffre.modifications()), verifies
            memes = connues is not None and lues[:2] == connues[:2]
            if memes and lues == connues and (deja is None or deja.territoire.id == territoire):
                return None
            if memes and deja is not None and deja.territoire.id == territoire:
                # Un lieu de plus est confirmé, et rien d'autre : le droit n'est pas à relire.
                return confirmer(deja, verifies), lues
            self._en_vain = lues
            regles = self._prise(territoire) if lues[:2] == _RIEN[:2] else None
            if regles is None:
                regles = charger_regles(territoire, sources_du_poste(coffre.echanges, lues[1]))
            return confirmer(regles, verifies), lues

        def rendre(chargees: tuple[Regles, _Lues] | None) -> None:
            if chargees is not None:
                regles, self._lues = chargees
                self._equiper(regles)

        self._travaux.lancer(faire, rendre, pour=self._pour, remplace="regles")

    def _prise(self, territoire: str) -> Regles | None:
        """Celles lues d'avance, une fois, si ce sont celles de ce territoire."""
        livrees, self._livrees = self._livrees, None
        return livrees if livrees is not None and livrees.territoire.id == territoire else None


def confirmer(regles: Regles, verifies: tuple[LieuVerifie, ...]) -> Regles:
    """Les mêmes règles, leurs lieux datés de ce que les agents ont confirmé."""
    # Au lancement, les dataclasses attendent.
    from dataclasses import replace

    from modele.lieux.verifications import Verification, confirmes

    territoire = regles.territoire
    dites = [Verification(un.lieu, un.empreinte, un.le, un.par) for un in verifies if un.territoire == territoire.id]
    if not dites:
        return regles
    return replace(regles, territoire=replace(territoire, lieux=confirmes(territoire.lieux, dites)))
