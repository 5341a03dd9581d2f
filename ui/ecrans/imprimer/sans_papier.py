"""« Pas de papier » : une fin comme une autre. Un numéro en grand, à apprendre ; rien ne s'imprime, rien ne s'écrit.

La liste est la même pour tous, sous des libellés banals : qui la lirait par-dessus l'épaule n'y apprend rien.
Essais : ``tests/ui/ecrans/test_imprimer_sans_papier.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from ui.composants import Bouton, Carte, GroupeChoix, Option, etiquette_aide, rangee, retirer, texte, viser

if TYPE_CHECKING:
    from modele.orientation.contacts import Contact

TITRE: Final = "Un numéro à retenir"
A_DIRE: Final = "Dites-le ensemble, puis demandez à la personne de le redire. Rien n'est imprimé, rien n'est noté."
A_CHOISIR: Final = "Choisissez le numéro à retenir."


class SansPapier(Carte):
    """``fini`` : la personne le sait. ``renonce`` : elle veut bien un papier."""

    fini = Signal()
    renonce = Signal()

    def __init__(self) -> None:
        super().__init__(TITRE, icone="phone")
        self._numeros: dict[str, str] = {}
        self._libelles: dict[str, str] = {}
        self.numero = texte("", "numero", coupe=False)
        self.libelle = texte("", "fort")
        self.groupe: GroupeChoix | None = None
        for widget in (self.numero, self.libelle):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.retenu = Bouton("C'est retenu : fermer", self.fini.emit, genre="principal", icone="check")
        self.papier = Bouton("Revenir aux fiches", self.renonce.emit, icone="arrow-left")
        self.ajouter(self.numero, self.libelle, etiquette_aide(A_DIRE), rangee(self.retenu, self.papier, 1))
        self.hide()

    def montrer(self, numeros: Sequence[Contact], d_abord: str) -> None:
        """Ces numéros ; ``d_abord`` : celui qui se montre en grand, vide si l'agent choisit."""
        from impressions.annuaire import dire_numero

        self._numeros = {un.id: dire_numero(un) for un in numeros}
        self._libelles = {un.id: un.libelle for un in numeros}
        if self.groupe is not None:
            retirer(self.groupe)
        options = [Option(un.id, self._numeros[un.id], un.libelle, demi=True, dense=True) for un in numeros]
        self.groupe = GroupeChoix("D'autres numéros", options)
        self.groupe.poser(d_abord or None)
        self.groupe.choisi.connect(self._choisir)
        self.ajouter(self.groupe)
        self._choisir(d_abord)
        self.show()
        viser(self.retenu)

    def oublier(self) -> None:
        """Plus rien n'en reste à l'écran."""
        self._choisir("")
        if self.groupe is not None:
            retirer(self.groupe)
            self.groupe = None
        self.hide()

    def _choisir(self, nom: str) -> None:
        self.numero.setText(self._numeros.get(nom, ""))
        self.numero.setVisible(nom in self._numeros)
        self.libelle.setText(self._libelles.get(nom, A_CHOISIR))
        self.retenu.setEnabled(nom in self._numeros)
