"""Écrire ce qui est venu d'une orientation, d'un geste : les mêmes boutons à l'orientation et aux échéances."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ui.composants import Bloc, Bouton, Colonnes, champ, changer_propriete, colonne, rangee, viser
from ui.mots.suites import MOTIF, NOTER_LE_REFUS, REFUSEE, SANS_MOTIF, issues


class GestesIssue(Bloc):
    """Un bouton par issue. ``conclure`` reçoit le code et le motif ; un refus demande d'abord le sien.

    ``quoi`` : de quelle orientation, pour le lecteur d'écran.
    """

    def __init__(self, quoi: str, conclure: Callable[[str, str], object]) -> None:
        self._conclure = conclure
        self.motif = champ(MOTIF)
        self.boutons = {
            code: Bouton(libelle, partial(self._venir, code), description=quoi) for code, libelle in issues().items()
        }
        gestes = Colonnes([(bouton, 0, 0) for bouton in self.boutons.values()], ecart=2)
        super().__init__(colonne(rangee(gestes, 1), self.motif, ecart=2))
        self.motif.hide()
        self.motif.entree.connect(partial(self._venir, REFUSEE))

    def _venir(self, code: str) -> None:
        if code == REFUSEE and self.motif.isHidden():
            self._demander_pourquoi()
        elif code == REFUSEE and not self.motif.contenu.strip():
            self.motif.dire_faute(SANS_MOTIF)
            viser(self.motif)
        else:
            self._conclure(code, self.motif.contenu.strip() if code == REFUSEE else "")

    def _demander_pourquoi(self) -> None:
        """Le bouton pressé dit ce qu'il fera une fois le motif écrit."""
        refus = self.boutons[REFUSEE]
        refus.renommer(NOTER_LE_REFUS)
        refus.illustrer("check")
        changer_propriete(refus, "genre", "principal")
        self.motif.show()
        viser(self.motif)
