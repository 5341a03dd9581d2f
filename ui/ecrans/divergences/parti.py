"""Une réponse qu'on peut garder : une carte qu'on presse, avec qui l'a donnée, où, quand, ce qui la prouverait."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.composants import Bloc, Pastille, changer_propriete, colonne, nommer, rangee, texte
from ui.composants.dits import EXCLUSIF, dire_comme
from ui.mots.departager import LigneDite, PartiDit
from ui.theme import CIBLE, Ton, espace
from ui.theme.apparence import apparence
from ui.theme.icones import Icone

EN_ATTENDANT = "lue partout en attendant"
HORS_DE_LA_LISTE = "Laisser hors de la liste"
DANS_LA_LISTE = "Garder dans la liste"


class CarteParti(QPushButton):
    """Une réponse en présence ; ``isChecked`` : c'est elle qu'on garde. Aucune n'est choisie d'avance.

    ``element`` : il s'agit d'un élément de liste, à garder ou non.
    """

    def __init__(self, parti: PartiDit, *, element: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parti = parti
        self.setProperty("genre", "carte")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._marque = Icone("circle", Ton.ACTION)
        self._boite = QVBoxLayout(self)
        self._boite.setContentsMargins(espace(4), espace(3), espace(4), espace(3))
        self._boite.setSpacing(espace(2))
        entete = rangee(self._marque, texte(parti.titre, "gras"), ecart=2)
        entete.setStretch(1, 1)
        self._boite.addLayout(entete)
        for contenu in (*_contenu(parti, element), texte(parti.signature, "petit"), *preuves(parti.pieces)):
            self._boite.addWidget(contenu)
        if parti.en_vigueur:
            self._boite.addLayout(rangee(Pastille(EN_ATTENDANT, ronde=True), 1))
        self._boite.addStretch(1)
        for enfant in self.findChildren(QWidget):
            enfant.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        politique = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)
        dire_comme(self, EXCLUSIF)
        nommer(self, _dite(parti, element), "Espace pour choisir cette réponse")
        self.toggled.connect(self._marquer)

    def _marquer(self, choisie: bool) -> None:
        self._marque.montrer("circle-dot" if choisie else "circle", Ton.ACTION)
        changer_propriete(self, "accent", choisie)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, largeur: int) -> int:
        return max(self._boite.totalHeightForWidth(largeur), apparence().theme.px(CIBLE))

    def sizeHint(self) -> QSize:
        large = apparence().theme.px(260)
        return QSize(large, self.heightForWidth(large))

    def minimumSizeHint(self) -> QSize:
        return QSize(apparence().theme.px(200), apparence().theme.px(CIBLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def lignes(dites: tuple[LigneDite, ...]) -> list[QWidget]:
    """Les champs d'une réponse : un seul, en grand ; plusieurs, chacun sous son nom."""
    if len(dites) == 1:
        return [texte(dites[0].dite, "fort")]
    return [_ligne(une) for une in dites]


def _ligne(une: LigneDite) -> QWidget:
    bloc = Bloc(colonne(texte(une.libelle, "petit"), texte(une.dite, "gras"), ecart=0))
    nommer(bloc, f"{une.libelle} : {une.dite}")
    return bloc


def _contenu(parti: PartiDit, element: bool) -> list[QWidget]:
    if not element:
        return lignes(parti.lignes)
    mots = HORS_DE_LA_LISTE if parti.retire else DANS_LA_LISTE
    return [texte(mots, "fort"), *(_ligne(une) for une in parti.lignes)]


def preuves(pieces: Sequence[str]) -> list[QWidget]:
    """Une ligne par pièce qui prouverait la réponse."""
    return [_preuve(piece) for piece in pieces]


def _preuve(piece: str) -> QWidget:
    ligne = rangee(Icone("file-text", Ton.NEUTRE, 16), texte(piece, "petit"), ecart=1)
    ligne.setStretch(1, 1)
    return Bloc(ligne)


def _dite(parti: PartiDit, element: bool) -> str:
    dites = [f"{une.libelle} : {une.dite}" for une in parti.lignes]
    if element:
        dites.insert(0, HORS_DE_LA_LISTE if parti.retire else DANS_LA_LISTE)
    vigueur = [EN_ATTENDANT] if parti.en_vigueur else []
    return ", ".join([f"{parti.titre} : {' ; '.join(dites)}", parti.signature, *vigueur])
