"""Recours et priorités, repliés : ce qui est rempli, à établir, et ce que rien n'indique encore."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from ui.composants import Bloc, Bouton, Carte, Colonnes, colonne, etiquette_aide, nommer, rangee, texte

if TYPE_CHECKING:
    from modele.bilan import Bilan
    from ui.mots.priorites import Ligne

TITRE: Final = "Recours et priorités"
_OUVRIR: Final = "Voir les recours et priorités"
_RECOURS: Final = "Recours DALO / DAHO et calendrier"
_FERMER: Final = "Replier les recours et priorités"
_SAISIR: Final = "Préparer un recours"


class CartePriorites(Carte):
    """Les motifs DALO et DAHO et les lettres de L441-1 ; rien n'en est calculé tant qu'elle est repliée.

    ``recours`` : ce qui ouvre leur page, avec le calendrier et les questions qui manquent ; ``saisir`` : l'écran qui
    prépare le recours.
    """

    def __init__(self, recours: Callable[[], object], saisir: Callable[[], object]) -> None:
        super().__init__(TITRE, icone="scale")
        self.bouton = Bouton(_OUVRIR, self._basculer, icone="eye")
        self.recours = Bouton(_RECOURS, recours, icone="calendar-days")
        self.saisir = Bouton(_SAISIR, saisir, icone="scale", montre="Ctrl+I")
        gestes = [(self.bouton, 0, 0), (self.recours, 0, 0), (self.saisir, 0, 0)]
        self.ajouter(rangee(Colonnes(gestes, ecart=2), 1))
        self._bilan: Bilan | None = None
        self.ouverte = False

    def montrer(self, bilan: Bilan | None) -> None:
        """Suit ce bilan ; ``None`` : rien à montrer, et la carte se replie."""
        self._bilan = bilan
        self.ouverte = self.ouverte and bilan is not None
        self.setVisible(bilan is not None)
        self._remplir()

    def _basculer(self) -> None:
        self.ouverte = not self.ouverte
        self._remplir()
        self.bouton.setFocus()

    def _remplir(self) -> None:
        self.vider(2)
        self.bouton.renommer(_FERMER if self.ouverte else _OUVRIR)
        if not self.ouverte or self._bilan is None:
            return
        from modele.orientation.verdict import Verdict
        from ui.mots.priorites import VERDICTS, lignes

        toutes = lignes(self._bilan)
        for verdict, titre in VERDICTS.items():
            self._groupe(titre, [un for un in toutes if un.verdict is verdict])
            if verdict is Verdict.RIEN_NE_L_INDIQUE:
                self.ajouter(texte(self._bilan.regles.recours.reserve.phrase))

    def _groupe(self, titre: str, unes: Iterable[Ligne]) -> None:
        dites = [_dire(un) for un in sorted(unes, key=lambda un: not un.ouvert)]
        if dites:
            self.ajouter(texte(titre, "gras"), *dites)


def _dire(ligne: Ligne) -> QWidget:
    from ui.mots.priorites import dire_apres

    suite = dire_apres(ligne)
    bloc = Bloc(colonne(texte(ligne.titre), *([etiquette_aide(suite)] if suite else []), ecart=0))
    nommer(bloc, f"{ligne.titre}. {suite}")
    return bloc
