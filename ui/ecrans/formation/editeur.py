"""Écrire un cas : son texte, et ses fautes qui se disent à mesure, ligne par ligne ; l'essayer avant de le publier."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.composants import (
    Bouton,
    Carte,
    Colonnes,
    ListePropositions,
    Proposition,
    annoncer,
    colonne,
    etiquette_aide,
    nommer,
    rangee,
    texte,
)
from ui.ecrans.formation.cas_ecrits import Verifie, verifier
from ui.mots.formation import dire_la_verification
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from modele.regles.fautes import Faute
    from ui.etat.session import Session

_AIDE: Final = (
    "Chaque ligne « mot = valeur » se change ; un texte reste entre guillemets. La page « Écrire un cas de formation » "
    "de la documentation dit chaque mot. Tab quitte le texte ; dans les fautes, Entrée mène à la ligne."
)
_HAUT: Final = 320
_ATTENTE_MS: Final = 400


class PageEditeur(QWidget):
    """``essayer`` : jouer ce texte, sans rien publier. ``publier`` : il sert à la structure. ``finie`` : retour."""

    essayer = Signal(object)
    publier = Signal(str)
    finie = Signal()

    def __init__(self, session: Session, ecrit: str) -> None:
        super().__init__()
        self._session, self.auteur = session, session.auteur
        self.verifie: Verifie | None = None
        self.zone = _zone(ecrit)
        self.constat = texte("", "gras")
        self.fautes = ListePropositions("Fautes", au_plus=6, geste="Aller à la ligne")
        self.fautes.hide()
        self.jouer = Bouton("Essayer ce cas", self._essayer, icone="message-circle-question-mark", raccourci="Alt+I")
        self.envoyer = Bouton("Publier à la structure", self._publier, genre="principal", raccourci="Ctrl+Return")
        self.retour = Bouton("Garder pour plus tard", self.finie.emit, icone="arrow-left", raccourci="Alt+PgUp")
        self._attente = QTimer(self)
        self._attente.setSingleShot(True)
        self._attente.setInterval(_ATTENTE_MS)
        self._attente.timeout.connect(self.verifier)
        carte = Carte("Le texte du cas", icone="notebook-pen")
        gestes = Colonnes([(self.envoyer, 0, 0), (self.jouer, 0, 0), (self.retour, 0, 0)], ecart=2)
        carte.ajouter(etiquette_aide(_AIDE), self.zone, self.constat, self.fautes, rangee(gestes, 1))
        self.setLayout(colonne(carte))
        self._permettre(False)
        self.zone.textChanged.connect(self._change)
        self.verifier()

    @property
    def ecrit(self) -> str:
        """Le texte tel qu'il est."""
        return self.zone.toPlainText()

    def _change(self) -> None:
        """Une lettre de plus : ce qui a été vérifié n'est plus ce qui est écrit."""
        self.verifie = None
        self._permettre(False)
        self._attente.start()

    def verifier(self) -> None:
        """Les fautes de ce texte, ou ce qu'il contient."""
        ecrit = self.ecrit
        self._session.avec_coffre(
            lambda coffre: verifier(coffre, ecrit), self._recevoir, pour=self, remplace="formation.verifier"
        )

    def _recevoir(self, verifie: Verifie) -> None:
        if verifie.ecrit != self.ecrit:
            return
        self.verifie = verifie
        dit = dire_la_verification(verifie.cas, len(verifie.fautes), remplace=verifie.remplace)
        if dit != self.constat.text():
            self.constat.setText(dit)
            annoncer(self, dit)
        self._lister(verifie.fautes)
        self._permettre(verifie.cas is not None)

    def _lister(self, fautes: Sequence[Faute]) -> None:
        self.fautes.montrer([self._ligne(une) for une in fautes], -1)
        self.fautes.setVisible(bool(fautes))

    def _ligne(self, faute: Faute) -> Proposition:
        ou = f"Ligne {faute.ligne}" if faute.ligne else "Le cas"
        return Proposition(f"{ou}, {faute.chemin}" if faute.chemin else ou, partial(self._aller, faute), faute.message)

    def _aller(self, faute: Faute) -> None:
        bloc = self.zone.document().findBlockByNumber((faute.ligne or 1) - 1)
        curseur = QTextCursor(bloc)
        curseur.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.zone.setTextCursor(curseur)
        self.zone.setFocus(Qt.FocusReason.OtherFocusReason)

    def _permettre(self, juste: bool) -> None:
        for bouton in (self.jouer, self.envoyer):
            bouton.setEnabled(juste)

    def _essayer(self) -> None:
        if self.verifie is not None and self.verifie.cas is not None:
            self.essayer.emit(self.verifie.cas)

    def _publier(self) -> None:
        if self.verifie is not None and self.verifie.cas is not None:
            self.publier.emit(self.ecrit)

    def focus_initial(self) -> None:
        """Le clavier au texte."""
        self.zone.setFocus(Qt.FocusReason.OtherFocusReason)


class _Zone(QPlainTextEdit):
    """Haute : un cas a deux cents lignes. La feuille de style fixe sa hauteur minimale, pas celle qu'elle voudrait."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), apparence().theme.px(_HAUT))


def _zone(ecrit: str) -> QPlainTextEdit:
    zone = _Zone(ecrit)
    nommer(zone, "Le texte du cas", "Une faute se dit sous le texte, avec sa ligne")
    # Tab quitte la zone : au clavier seul, on en sortirait sans cela par hasard.
    zone.setTabChangesFocus(True)
    return zone
