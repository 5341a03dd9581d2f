"""Ce que partagent les composants : nom accessible, textes."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QWidget

from ui.composants.dits import TITRE, dire_comme
from ui.composants.typographie import typographier
from ui.composants.valeurs_qt import TEXTE_NU
from ui.theme import Ton


def nommer(widget: QWidget, nom: str, description: str = "") -> None:
    """Pose le nom accessible (obligatoire) et la description d'un widget.

    Lève ``ValueError`` si le nom est vide : un composant sans nom est une faute d'auteur.
    """
    if not nom.strip():
        raise ValueError("un composant exige un nom accessible")
    widget.setAccessibleName(nom)
    widget.setAccessibleDescription(description)


class Etiquette(QLabel):
    """Un texte montré dans sa typographie ; ``text`` rend ce qui a été donné, tel quel."""

    def __init__(self, contenu: str = "") -> None:
        super().__init__()
        self._donne = ""
        self.setText(contenu)

    def setText(self, contenu: str) -> None:
        self._donne = contenu
        super().setText(typographier(contenu))

    def text(self) -> str:
        return self._donne


def texte(contenu: str = "", genre: str = "texte", ton: Ton | str = "", coupe: bool = True) -> QLabel:
    """Un texte à l'écran. ``genre`` : taille de ``theme.TAILLES``, ``gras``, ``doux``, ``marque`` ou ``code``.

    ``coupe`` : passe à la ligne quand la place manque. Le contenu n'est jamais lu comme du HTML.
    """
    etiquette = Etiquette(contenu)
    etiquette.setProperty("textFormat", TEXTE_NU)
    etiquette.setWordWrap(coupe)
    etiquette.setProperty("genre", genre)
    if genre == "titre":
        dire_comme(etiquette, TITRE)
    if ton:
        etiquette.setProperty("ton", str(ton))
    return etiquette


def intertitre(contenu: str = "", genre: str = "fort", coupe: bool = True) -> QLabel:
    """Le titre d'une partie de la page : le lecteur d'écran va de l'un à l'autre."""
    etiquette = texte(contenu, genre, coupe=coupe)
    dire_comme(etiquette, TITRE)
    return etiquette


def changer_propriete(widget: QWidget, nom: str, valeur: object) -> None:
    """Change une propriété lue par la feuille de style et applique l'allure nouvelle."""
    if widget.property(nom) == valeur:
        return
    widget.setProperty(nom, valeur)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def separation() -> QFrame:
    """Un trait horizontal entre deux lignes."""
    trait = QFrame()
    trait.setProperty("genre", "separation")
    trait.setFixedHeight(1)
    return trait
