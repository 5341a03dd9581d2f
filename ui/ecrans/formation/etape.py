"""Une étape du cas : des gestes, des mots ou des voies à cocher, ou un texte libre."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from modele.formation.cas import Sorte
from ui.composants import Bouton, Carte, GroupeChoix, Option, colonne, etiquette_aide, nommer, rangee, texte
from ui.mots.formation import TITRES, melanger
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from modele.formation import Cas, Etape

_PLUSIEURS: Final = "Cochez tout ce que vous faites, et rien de plus. Les flèches vont d'une ligne à l'autre."
_LIBRE: Final = "Écrivez comme vous le diriez. Un texte ne se compte jamais faux : il se relit."
_HAUT: Final = 120


class PageEtape(QWidget):
    """``fini`` : l'agent passe à la suite. ``avant`` : il revient à l'étape précédente, sans rien perdre."""

    fini = Signal()
    avant = Signal()

    def __init__(self, cas: Cas, etape: Etape) -> None:
        super().__init__()
        self.etape, self._cas = etape, cas.id
        self.choix: GroupeChoix | None = None
        self.texte: QPlainTextEdit | None = None
        self.suite = Bouton("Continuer", self.fini.emit, genre="principal", raccourci="Ctrl+Return")
        self.precedente = Bouton("Étape précédente", self.avant.emit, icone="arrow-left", raccourci="Alt+PgUp")
        carte = Carte(TITRES[etape.sorte], icone="list-checks")
        carte.ajouter(texte(etape.consigne, "gras"))
        if etape.sorte is Sorte.OUVERTE:
            self.texte = _zone(etape.consigne)
            carte.ajouter(self.texte, etiquette_aide(_LIBRE))
        else:
            options = [Option(point.id, point.texte, dense=True) for point in melanger(cas.id, etape)]
            self.choix = GroupeChoix(etape.consigne, options, multiple=True)
            carte.ajouter(etiquette_aide(_PLUSIEURS), self.choix)
        carte.ajouter(rangee(self.suite, self.precedente, 1))
        self.setLayout(colonne(carte, 1))

    @property
    def choisis(self) -> frozenset[str]:
        """Les points cochés."""
        return frozenset() if self.choix is None else frozenset(self.choix.valeur())

    @property
    def ecrit(self) -> str:
        """Le texte libre."""
        return "" if self.texte is None else self.texte.toPlainText()

    def remettre(self, choisis: Iterable[str], ecrit: str) -> None:
        """Ce qui avait été coché ou écrit. Un choix qui n'est plus du cas ne se remet pas."""
        if self.choix is not None:
            connus = {point.id for point in self.etape.points}
            self.choix.poser([un for un in choisis if un in connus])
        if self.texte is not None:
            self.texte.setPlainText(ecrit)

    def focus_initial(self) -> None:
        """Le clavier à la première ligne, ou au texte."""
        if self.choix is not None:
            self.choix.bouton(melanger(self._cas, self.etape)[0].id).setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.texte is not None:
            self.texte.setFocus(Qt.FocusReason.OtherFocusReason)


def _zone(consigne: str) -> QPlainTextEdit:
    zone = QPlainTextEdit()
    nommer(zone, "Avec vos mots", consigne)
    # Tab quitte la zone : au clavier seul, on en sortirait sans cela par hasard.
    zone.setTabChangesFocus(True)
    zone.setMinimumHeight(apparence().theme.px(_HAUT))
    return zone
