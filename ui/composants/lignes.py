"""Les petites lignes : une valeur et son libellé, un état avec son icône, une aide."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui.composants.base import changer_propriete, nommer, texte
from ui.composants.mise_en_page import Bloc, rangee
from ui.composants.typographie import typographier
from ui.theme import Ton
from ui.theme.apparence import apparence
from ui.theme.icones import Icone


class LigneValeur(Bloc):
    """« Ressources du foyer   +12 » : un libellé à gauche, une valeur en gras à droite."""

    def __init__(self, libelle: str, valeur: str, ton: Ton | str = "", parent: QWidget | None = None) -> None:
        self._libelle = texte(libelle)
        self._valeur = texte(valeur, "gras", ton, coupe=False)
        super().__init__(rangee(self._libelle, self._valeur, ecart=3), parent)
        self.layout().setStretch(0, 1)  # type: ignore[union-attr]
        nommer(self, f"{libelle} : {valeur}")

    def montrer(self, valeur: str, ton: Ton | str = "") -> None:
        """Change la valeur."""
        self._valeur.setText(valeur)
        changer_propriete(self._valeur, "ton", str(ton))
        self.setAccessibleName(f"{self._libelle.text()} : {valeur}")


class LigneEtat(Bloc):
    """Un état : une icône et une phrase de la même couleur (« Enregistré sur ce poste à 10:42:07 »)."""

    def __init__(
        self,
        phrase: str,
        icone: str,
        ton: Ton,
        *,
        gras: bool = False,
        coupe: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        self._icone = Icone(icone, ton)
        self._phrase: QLabel = texte(phrase, "petit", ton, coupe=coupe)
        super().__init__(rangee(self._icone, self._phrase, ecart=1), parent)
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]
        police = self._phrase.font()
        police.setBold(gras)
        self._phrase.setFont(police)
        nommer(self, phrase)

    @property
    def phrase(self) -> str:
        """La phrase montrée."""
        return self._phrase.text()

    def largeur(self, phrase: str) -> int:
        """La largeur qu'il faudrait pour dire ``phrase`` sur une ligne, en pixels."""
        mesure = self._phrase.fontMetrics()
        ecart = mesure.horizontalAdvance(typographier(phrase)) - mesure.horizontalAdvance(typographier(self.phrase))
        return self.sizeHint().width() + ecart

    def montrer(self, phrase: str, icone: str, ton: Ton) -> None:
        """Change la phrase, l'icône et le ton."""
        self._icone.montrer(icone, ton)
        self._phrase.setText(phrase)
        changer_propriete(self._phrase, "ton", ton.value)
        self.setAccessibleName(phrase)


def point(marque: str, phrase: str, genre: str = "texte") -> QHBoxLayout:
    """Un point d'une liste : la marque (« 3. », « · ») calée à droite de sa colonne, la phrase à sa suite."""
    tete = texte(marque, "gras", coupe=False)
    # Nommer Qt ici seulement : ses énumérations retarderaient la première image.
    from PySide6.QtCore import Qt

    tete.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
    tete.setMinimumWidth(apparence().theme.px(22 if len(marque) > 1 else 8))
    ligne = rangee(tete, texte(phrase, genre), ecart=2)
    ligne.setStretch(1, 1)
    return ligne


def etiquette_aide(phrase: str) -> QLabel:
    """Une aide en petit, sous un champ ou un titre."""
    return texte(phrase, "petit")
