"""Ce qui attend encore à l'imprimante : un code à y taper, ou un travail à laisser sortir. Rien n'y nomme personne.

Essais : ``tests/ui/ecrans/test_imprimer_cups.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from ui.composants import Bouton, Carte, Colonnes, annoncer, rangee, texte, viser
from ui.ecrans.imprimer.imprimante import Reglage, Sortie
from ui.systeme import files
from ui.theme import Ton

if TYPE_CHECKING:
    from ui.ecrans.imprimer.reglages import ReglagesImpression

TITRE: Final = "À l'imprimante"
LE_CODE: Final = "Le papier sort de « {} » quand ce code y est tapé. Notez-le : il ne se redit pas."
ATTEND: Final = "Un papier attend dans la file « {} »."
ATTENDENT: Final = "{} papiers attendent dans la file « {} »."
SORTI: Final = "Le papier sort."
RETIRE: Final = "Ôté de la file : rien ne sortira."
REFUSE: Final = "La file « {} » ne répond pas. Demandez à qui gère les imprimantes d'ôter ce qui y attend."


class CarteSuite(Carte):
    """``dit`` : phrase, ton."""

    dit = Signal(str, Ton)

    def __init__(self, reglages: ReglagesImpression) -> None:
        super().__init__(TITRE, icone="printer", ton=Ton.JOUR)
        self._reglages = reglages
        self._file = ""
        self._retenus: tuple[int, ...] = ()
        self.phrase = texte("")
        self.code = texte("", "code", coupe=False)
        self.liberer = Bouton("Laisser sortir", self._liberer, icone="printer")
        self.oter = Bouton("Ôter de la file", self._oter, icone="x")
        self._gestes = Colonnes([(self.liberer, 0, 0), (self.oter, 0, 0)], ecart=2)
        self.ajouter(self.phrase, self.code, rangee(self._gestes, 1))
        self.hide()

    def suivre(self, reglage: Reglage) -> None:
        """Ce travail vient de partir : son code, ou ce qui attend."""
        if reglage.sortie is Sortie.CODE:
            self._retenus = ()
            self.phrase.setText(LE_CODE.format(reglage.file))
            self.code.setText(reglage.code)
            self._montrer(code=True)
            annoncer(self, f"{self.phrase.text()} {' '.join(reglage.code)}")
            viser(self)
        elif reglage.sortie is Sortie.RETENUE:
            self.chercher(reglage.file, viser_le=True)

    def chercher(self, file: str, *, viser_le: bool = False) -> None:
        """Demande à cette file ce qu'elle retient pour cet agent."""

        def montrer(retenus: object) -> None:
            attendent: tuple[int, ...] = retenus if isinstance(retenus, tuple) else ()
            if self.code.isVisible():
                return
            self._file, self._retenus = file, attendent
            combien = len(attendent)
            self.phrase.setText(ATTENDENT.format(combien, file) if combien > 1 else ATTEND.format(file))
            self._montrer(code=False)
            self.setVisible(bool(attendent))
            if attendent and viser_le:
                viser(self.liberer)

        self._reglages.demander(lambda: files.retenus(file), montrer)

    def oublier(self) -> None:
        """L'écran se quitte : le code ne s'y lit plus."""
        self.code.setText("")
        self.code.hide()
        self.hide()

    def _montrer(self, *, code: bool) -> None:
        self.code.setVisible(code)
        self._gestes.setVisible(not code)
        self.show()

    def _liberer(self) -> None:
        self._faire(files.liberer, SORTI)

    def _oter(self) -> None:
        self._faire(files.retirer, RETIRE)

    def _faire(self, geste: Callable[[str, int], bool], dit: str) -> None:
        file, retenus = self._file, self._retenus

        def fini(tous: object) -> None:
            self.hide()
            self.dit.emit(dit if tous else REFUSE.format(file), Ton.COURANT if tous else Ton.IMMEDIAT)

        self._reglages.demander(lambda: all(geste(file, travail) for travail in retenus), fini)
