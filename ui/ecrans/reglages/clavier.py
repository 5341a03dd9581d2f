"""Toutes les touches, et de quoi en chercher une. Le cadre les lit sur les vrais écrans (``ui.cadre.clavier``)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.composants import Carte, Defilement, Pli, annoncer, champ, etiquette_aide, nommer, retirer, texte, viser
from ui.composants.dits import GROUPE, dire_comme
from ui.ecrans.touches_dites import ToucheDite, ligne_de_touche
from ui.mots.reglages import TOUCHES, dire_les_touches
from ui.mots.trouver import trouver
from ui.theme import espace
from ui.theme.apparence import apparence

HAUTEUR = 360
"""Ce que la liste montre avant de défiler, à 100 %, en pixels."""


class CarteClavier(Carte):
    """``demande`` : la liste vient de s'ouvrir, les écrans jamais visités restent à lire."""

    demande = Signal()

    def __init__(self) -> None:
        super().__init__("Clavier", icone="a-large-small")
        self.touches: list[ToucheDite] = []
        self.chercher = champ(TOUCHES)
        self.constat = etiquette_aide("")
        self._lignes: dict[ToucheDite, QWidget] = {}
        self._titres: dict[str, QWidget] = {}
        self._liste = QVBoxLayout()
        self._liste.setSpacing(espace(1))
        self._liste.addStretch(1)
        # Le clavier y entre : les flèches font défiler.
        self.liste = Defilement(self._liste)
        self.liste.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        dire_comme(self.liste, GROUPE)
        nommer(self.liste, "Les touches", "Flèches pour lire la suite")
        self.pli = Pli("Voir toutes les touches", "Replier les touches", self.chercher, self.constat, self.liste)
        self.ajouter(self.pli)
        self.pli.bouton.clicked.connect(self._ouvrir)
        self.chercher.frappe.connect(self._filtrer)
        apparence().change.connect(self._mesurer)
        self._mesurer()

    def montrer(self, touches: Sequence[ToucheDite]) -> None:
        """Montre ces touches, écran par écran ; ce qui est cherché le reste."""
        if list(touches) == self.touches:
            return
        self.touches = list(touches)
        for widget in (*self._lignes.values(), *self._titres.values()):
            retirer(widget)
        self._lignes.clear()
        self._titres.clear()
        for une in self.touches:
            if une.detail not in self._titres:
                self._ajouter(self._titres, une.detail, texte(une.detail, "gras"))
            self._ajouter(self._lignes, une, ligne_de_touche(une.touche, une.libelle))
        self._filtrer(self.chercher.contenu)

    def _ajouter(self, ou: dict, cle: object, widget: QWidget) -> None:  # type: ignore[type-arg]
        ou[cle] = widget
        self._liste.insertWidget(self._liste.count() - 1, widget)

    def trouvees(self) -> list[ToucheDite]:
        """Celles qui se montrent."""
        return [une for une, ligne in self._lignes.items() if not ligne.isHidden()]

    def _filtrer(self, saisie: str) -> None:
        gardees = set(trouver(saisie, self.touches)) if saisie.strip() else set(self.touches)
        for une, ligne in self._lignes.items():
            ligne.setVisible(une in gardees)
        for ou, titre in self._titres.items():
            titre.setVisible(any(une.detail == ou for une in gardees))
        dit = dire_les_touches(len(gardees))
        if dit != self.constat.text():
            self.constat.setText(dit)
            if saisie.strip():
                annoncer(self, dit)

    def chercher_une_touche(self) -> None:
        """Ouvre la liste s'il le faut, le clavier dans sa recherche ; ce qui y est tapé se remplace d'une frappe."""
        if not self.pli.deplie:
            self.pli.bouton.click()
        viser(self.chercher)
        self.chercher.ligne.selectAll()

    def _ouvrir(self) -> None:
        if self.pli.deplie:
            self.demande.emit()
            self.chercher.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mesurer(self) -> None:
        self.liste.setMinimumHeight(apparence().theme.px(HAUTEUR))
