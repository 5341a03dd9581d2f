"""Choisir comment imprimer, d'ailleurs que de l'écran Imprimer : les mêmes réglages, dans une boîte de Perron.

Celle de Qt écrirait un fichier, dirait des mots anglais, et ne connaît ni retenue ni code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from modele.regles.fautes import ErreurUtilisateur
from ui.composants import Bouton, Carte, etiquette_aide, nommer, rangee
from ui.ecrans.imprimer.imprimante import SANS_IMPRIMANTE, Reglage, Sortie, envoyer, files, preparer
from ui.ecrans.imprimer.reglages import ReglagesImpression
from ui.ecrans.imprimer.suite import LE_CODE
from ui.systeme.files import Capacites
from ui.theme import Ton, espace
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ui.ecrans.imprimer.travail import Liasse
    from ui.etat.session import Session

TITRE: Final = "Imprimer"
UN_FICHIER_REFUSE: Final = (
    "« {} » n'imprime pas : elle écrirait un fichier sur ce poste, et ce dossier n'en laisse pas. Choisissez une"
    " imprimante."
)


class BoiteImpression(QDialog):
    """``imprimante`` : réglée, si l'agent accepte. Un code se lit avant qu'elle se ferme."""

    def __init__(self, parent: QWidget, session: Session | None, *, sans_fichier: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITRE)
        nommer(self, TITRE)
        self.imprimante: QPrinter | None = None
        self._sans_fichier = sans_fichier
        self.reglages = ReglagesImpression(session)
        self.constat = etiquette_aide("")
        self.imprimer = Bouton("Imprimer", self._imprimer, genre="principal", icone="printer", montre="Return")
        self.annuler = Bouton("Annuler", self.reject, montre="Escape")
        carte = Carte("Comment imprimer", icone="printer")
        carte.ajouter(self.reglages, self.constat, rangee(self.imprimer, self.annuler, 1))
        boite = QVBoxLayout(self)
        boite.setContentsMargins(*(espace(4),) * 4)
        boite.addWidget(carte)
        self.setMinimumWidth(min(apparence().theme.px(420), parent.width() or 420))
        self.reglages.relire()
        self.imprimer.setFocus()

    def done(self, rendu: int) -> None:
        self.reglages.arreter()
        super().done(rendu)

    def _imprimer(self) -> None:
        self.imprimer.setEnabled(False)
        self.reglages.quand_prete(self._preparer)

    def _preparer(self, reglage: Reglage, sait: Capacites) -> None:
        self.imprimer.setEnabled(True)
        if self._sans_fichier and self.reglages.garde_un_fichier:
            self.constat.setText(UN_FICHIER_REFUSE.format(reglage.file))
            return
        self.imprimante = preparer(reglage, sait)
        if reglage.sortie is Sortie.CODE and not self.constat.text():
            self.constat.setText(f"{LE_CODE.format(reglage.file)} Code : {reglage.code}")
            self.imprimer.renommer("C'est noté : imprimer")
            self.imprimer.clicked.disconnect()
            self.imprimer.clicked.connect(self.accept)
            return
        self.accept()


def demander_imprimante(
    parent: QWidget, session: Session | None = None, sans: str = SANS_IMPRIMANTE, *, sans_fichier: bool = False
) -> QPrinter | str | None:
    """L'imprimante réglée, ``None`` si l'agent renonce, ou ``sans``, la phrase à dire s'il n'y en a aucune.

    ``sans_fichier`` : une file qui écrit un fichier sur le poste se refuse.
    """
    if not files():
        return sans
    boite = BoiteImpression(parent, session, sans_fichier=sans_fichier)
    boite.exec()
    boite.deleteLater()
    return boite.imprimante


def sortir(
    parent: QWidget, session: Session, liasse: Liasse, dire: Callable[[str, Ton], object], pris: Callable[[], object]
) -> None:
    """Demande comment imprimer, puis envoie. ``pris`` : l'agent a accepté ; ``dire`` : ce qui empêche."""
    from ui.ecrans.imprimer.travail import pour_imprimante

    imprimante = demander_imprimante(parent, session, sans_fichier=liasse.sans_fichier)
    if isinstance(imprimante, str):
        dire(imprimante, Ton.JOUR)
    elif imprimante is not None:
        pris()
        session.travaux.lancer(
            lambda: pour_imprimante(liasse), lambda pages: _envoyer(imprimante, pages, dire), pour=parent
        )


def _envoyer(imprimante: QPrinter, pages: Sequence[bytes], dire: Callable[[str, Ton], object]) -> None:
    try:
        envoyer(imprimante, pages)
    except ErreurUtilisateur as faute:
        dire(str(faute), Ton.IMMEDIAT)
