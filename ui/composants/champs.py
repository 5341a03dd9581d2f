"""Les champs de saisie. Le constructeur exige un nom : il devient libellé à l'écran et nom accessible."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.composants import raccourcis
from ui.composants.annonces import annoncer
from ui.composants.base import changer_propriete, nommer, texte
from ui.composants.boutons import Bouton
from ui.composants.composition import LigneComposee
from ui.composants.valeurs_qt import SANS_FOCUS
from ui.theme import Ton, espace
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent


class SaisieInvalide(ValueError):
    """Ce qui est tapé ne se lit pas ; le message dit quoi écrire."""


class LigneSaisie(LigneComposee):
    """La zone de frappe ; ``quittee`` est émis quand elle perd le focus, même pour une autre fenêtre."""

    quittee = Signal()

    def __init__(self, largeur: int) -> None:
        super().__init__()
        self._largeur = largeur

    def sizeHint(self) -> QSize:
        habituel = super().sizeHint()
        return QSize(apparence().theme.px(self._largeur), habituel.height()) if self._largeur else habituel

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.quittee.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z et Ctrl+Y sont à la frappe ; quand elle n'a rien à défaire ou refaire, ils montent à la fenêtre."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QKeySequence

        rien_a_defaire = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
        rien_a_refaire = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
        if rien_a_defaire or rien_a_refaire:
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Qt laisse Entrée remonter : le groupe de réponses autour d'une précision passerait une page de plus.
            event.accept()


class Champ(QWidget):
    """Un champ : libellé, zone de frappe, aide, faute dite au champ.

    ``frappe`` : le texte, à chaque frappe. ``valide`` : la valeur lue, quand on quitte le champ ou presse Entrée
    (``None`` si le champ est vide) ; seulement si elle a changé et se lit. ``entree`` : la touche Entrée.
    """

    frappe = Signal(str)
    valide = Signal(object)
    entree = Signal()

    def __init__(
        self,
        nom: str,
        description: str = "",
        *,
        lire: Callable[[str], Any] = str,
        ecrire: Callable[[Any], str] = str,
        exemple: str = "",
        largeur: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lire, self._ecrire = lire, ecrire
        self._nom, self._description = nom, description
        self._derniere: Any = None
        self._mal_lue = False
        self.libelle = texte(nom, "gras")
        self.ligne = LigneSaisie(largeur)
        self.ligne.setPlaceholderText(exemple)
        self._aide = texte(description, "petit")
        if not description:
            # Montrer un widget encore sans parent ouvrirait une fenêtre : on ne fait que cacher.
            self._aide.hide()
        self._faute = texte("", "petit", Ton.IMMEDIAT)
        self._faute.hide()
        self.libelle.setBuddy(self.ligne)
        nommer(self.ligne, nom, description)
        self.setFocusProxy(self.ligne)
        self._disposer(largeur)
        self.ligne.textEdited.connect(self._frapper)
        self.ligne.returnPressed.connect(self._entrer)
        self.ligne.quittee.connect(self.valider)

    def renommer(self, nom: str) -> None:
        """Change le libellé, et ce qu'un lecteur d'écran en dit."""
        self._nom = nom
        self.libelle.setText(nom)
        nommer(self.ligne, nom, self._description)

    def _disposer(self, largeur: int) -> None:
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.setSpacing(espace(1))
        boite.addWidget(self.libelle)
        boite.addLayout(self._ligne(bool(largeur)))
        boite.addWidget(self._aide)
        boite.addWidget(self._faute)

    def _ligne(self, fixe: bool) -> QBoxLayout:
        ligne = QHBoxLayout()
        ligne.setSpacing(espace(2))
        ligne.addWidget(self.ligne, 0 if fixe else 1)
        if fixe:
            ligne.addStretch(1)
        return ligne

    @property
    def contenu(self) -> str:
        """Le texte tapé, tel quel, composition en cours comprise."""
        return self.ligne.montre

    @property
    def faute(self) -> str:
        """La faute montrée, vide s'il n'y en a pas."""
        return self._faute.text()

    def valeur(self) -> Any:
        """La valeur lue, ``None`` si le champ est vide. Lève ``SaisieInvalide``."""
        return self._lire(self.contenu) if self.contenu.strip() else None

    def poser(self, valeur: Any) -> None:
        """Montre ``valeur`` (``None`` : champ vide) sans rien émettre."""
        self._derniere = valeur
        voulu = "" if valeur is None else self._ecrire(valeur)
        # Remettre ce qui y est déplacerait le curseur : Orca croirait y être, et ne dirait plus le champ à qui y entre.
        # Ce qu'on y a tapé puis effacé, lui, ne doit pas pouvoir se défaire.
        if voulu != self.ligne.montre or self.ligne.isModified():
            self.ligne.setText(voulu)
        self.dire_faute("")

    def dire_faute(self, phrase: str) -> None:
        """Montre ``phrase`` au champ et la fait dire ; vide : retire la faute."""
        if phrase == self._faute.text():
            return
        self._mal_lue = False
        self._faute.setText(phrase)
        self._faute.setVisible(bool(phrase))
        changer_propriete(self.ligne, "en_faute", bool(phrase))
        nommer(self.ligne, self._nom, f"Erreur : {phrase}" if phrase else self._description)
        if phrase:
            annoncer(self.ligne, phrase, pressant=True)

    def valider(self) -> bool:
        """Lit le champ : dit la faute, ou émet ``valide`` si la valeur a changé. Vrai si la valeur se lit."""
        self.ligne.finir()
        try:
            valeur = self.valeur()
        except SaisieInvalide as faute:
            self.dire_faute(str(faute))
            self._mal_lue = True
            return False
        if self._mal_lue:
            # Celle qu'un formulaire a dite reste : quitter le champ ne la répare pas.
            self.dire_faute("")
        if valeur != self._derniere:
            self._derniere = valeur
            self.valide.emit(valeur)
        return True

    def _frapper(self, contenu: str) -> None:
        self.dire_faute("")
        self.frappe.emit(contenu)

    def _entrer(self) -> None:
        if self.valider():
            self.entree.emit()


class ChampSecret(Champ):
    """Un mot de passe ou un code : masqué, avec un bouton (Alt+M) pour le montrer le temps de vérifier.

    La tabulation passe le bouton : un agent qui enchaîne sur le champ suivant y taperait son secret, et une espace le
    montrerait à tous.
    """

    def _ligne(self, fixe: bool) -> QBoxLayout:
        ligne = super()._ligne(fixe)
        self.ligne.setEchoMode(QLineEdit.EchoMode.Password)
        self._montrer = Bouton("Montrer", self._basculer, genre="discret", icone="eye", montre="Alt+M")
        self._montrer.setAccessibleName(f"Montrer : {self._nom}")
        self._montrer.setProperty("focusPolicy", SANS_FOCUS)
        raccourcis.poser(self.ligne, {"Alt+M": self._basculer}, seul=True)
        ligne.addWidget(self._montrer)
        return ligne

    def _basculer(self) -> None:
        masque = self.ligne.echoMode() == QLineEdit.EchoMode.Password
        self.ligne.setEchoMode(QLineEdit.EchoMode.Normal if masque else QLineEdit.EchoMode.Password)
        self._montrer.renommer("Masquer" if masque else "Montrer")
        self._montrer.setAccessibleName(f"{'Masquer' if masque else 'Montrer'} : {self._nom}")

    def vider(self) -> None:
        """Efface le secret et le masque de nouveau."""
        self.poser(None)
        self.ligne.setEchoMode(QLineEdit.EchoMode.Password)
        self._montrer.renommer("Montrer")
        self._montrer.setAccessibleName(f"Montrer : {self._nom}")


def champ(nom: str, description: str = "", *, exemple: str = "", largeur: int = 0) -> Champ:
    """Un champ de texte libre ; les blancs de bord ne comptent pas."""
    return Champ(nom, description, lire=str.strip, exemple=exemple, largeur=largeur)
