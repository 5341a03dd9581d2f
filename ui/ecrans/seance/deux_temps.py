"""Un geste qui ne se reprend pas : il se demande, puis se confirme ailleurs que sous la touche qui l'a demandé."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from ui.composants import Bloc, Bouton, Colonnes, annoncer, colonne, etiquette_aide, rangee


class DeuxTemps(Bloc):
    """« Clore », puis « Renoncer » (qui prend le clavier) ou « Oui, clore » : Entrée pressée deux fois ne fait rien.

    ``dit`` : ce que le geste change, lu avant de confirmer.
    """

    def __init__(self, nom: str, confirmer: str, dit: str, faire: Callable[[], object], *, icone: str = "") -> None:
        self.demander = Bouton(nom, self._demander, icone=icone)
        self.dit = etiquette_aide(dit)
        self.renoncer = Bouton("Renoncer", self.oublier, description=nom)
        self.oui = Bouton(confirmer, self._faire, icone="check")
        gestes = Colonnes([(self.renoncer, 0, 0), (self.oui, 0, 0)], ecart=2)
        self._reponses = Bloc(rangee(gestes, 1))
        super().__init__(colonne(Bloc(rangee(self.demander, 1)), self.dit, self._reponses, ecart=2))
        self._geste = faire
        self._montrer(demande=False)

    def oublier(self) -> None:
        """Rien n'est demandé ; le clavier revient au premier bouton s'il était ici."""
        ici = self.renoncer.hasFocus() or self.oui.hasFocus()
        self._montrer(demande=False)
        if ici:
            self.demander.setFocus(Qt.FocusReason.OtherFocusReason)

    def _demander(self) -> None:
        self._montrer(demande=True)
        self.renoncer.setFocus(Qt.FocusReason.OtherFocusReason)
        annoncer(self, self.dit.text(), pressant=True)

    def _faire(self) -> None:
        self._montrer(demande=False)
        self._geste()

    def _montrer(self, *, demande: bool) -> None:
        self.demander.setVisible(not demande)
        self.dit.setVisible(demande)
        self._reponses.setVisible(demande)
