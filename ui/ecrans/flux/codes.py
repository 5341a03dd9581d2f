"""Dire ce que veulent dire les codes d'un bailleur : chacun des siens, et le code attendu. Au clavier seul."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from modele.attributions.colonnes import colonnes
from modele.attributions.correspondance import Correspondance, traduire
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    ListePropositions,
    Proposition,
    annoncer,
    etiquette_aide,
    rangee,
    texte,
    viser,
)
from ui.composants.mise_en_page import faire_voir
from ui.mots import fichiers_bailleurs as mots

if TYPE_CHECKING:
    from modele.attributions.import_bailleur import EssaiBailleur


class CarteCodes(Carte):
    """``dites`` : la correspondance, quand l'agent a fini."""

    dites = Signal(object)

    def __init__(self) -> None:
        super().__init__("Les codes de ce bailleur", icone="list-checks")
        self._inconnus: tuple[tuple[str, str], ...] = ()
        self.correspondance: Correspondance | None = None
        self.constat = texte("", "gras")
        self.siens = ListePropositions("Codes du bailleur", au_plus=5, geste="Dire ce qu'il veut dire")
        self.lequel = texte("", "gras")
        self.attendus = ListePropositions("Codes attendus", au_plus=5, geste="C'est ce code")
        self.essayer = Bouton("Essayer avec ces codes", self._finir, genre="principal", icone="check")
        self.ajouter(etiquette_aide(mots.AIDE_DES_CODES), self.constat, self.siens, self.lequel, self.attendus)
        self.ajouter(Bloc(rangee(self.essayer, 1)))
        self.siens.currentRowChanged.connect(lambda _: self._montrer_les_attendus())
        self.oublier()

    def montrer(self, essai: EssaiBailleur) -> None:
        """Les codes inconnus de cet essai ; le clavier au premier."""
        self._inconnus = tuple((nom, code) for nom, codes in essai.inconnus.items() for code in codes)
        self.correspondance = essai.correspondance
        self.show()
        self._remontrer(0)
        QTimer.singleShot(0, self, lambda: faire_voir(self.siens))

    def oublier(self) -> None:
        """Rien n'en reste à l'écran."""
        self.correspondance, self._inconnus = None, ()
        self.siens.montrer(())
        self.attendus.montrer(())
        self.hide()

    def _code_de(self, nom: str, code: str) -> str:
        return self.correspondance.valeurs.get(nom, {}).get(code, "") if self.correspondance is not None else ""

    def _remontrer(self, rang: int) -> None:
        convenue = self.correspondance
        assert convenue is not None
        connues = colonnes(convenue.fichier)
        lignes = [
            Proposition(f"« {code} »", lambda: viser(self.attendus), mots.dire_code(self._code_de(nom, code)),
                        connues[nom].libelle)
            for nom, code in self._inconnus
        ]  # fmt: skip
        self.siens.montrer(lignes, rang)
        self._montrer_les_attendus()
        reste = sum(not self._code_de(*un) for un in self._inconnus)
        self.constat.setText(mots.dire_codes_restants(reste))
        viser(self.siens if reste else self.essayer)
        annoncer(self, self.constat.text())

    def _montrer_les_attendus(self) -> None:
        rang, convenue = self.siens.currentRow(), self.correspondance
        if convenue is None or not 0 <= rang < len(self._inconnus):
            return
        nom, code = self._inconnus[rang]
        self.lequel.setText(f"« {code} » veut dire :")
        attendus = colonnes(convenue.fichier)[nom].fermees
        ici = self._code_de(nom, code)
        lignes = [Proposition(mots.CODE_NON_DIT, partial(self._traduire, ""))]
        lignes += [Proposition(un, partial(self._traduire, un)) for un in attendus]
        self.attendus.montrer(lignes, attendus.index(ici) + 1 if ici in attendus else 0)

    def _traduire(self, attendu: str) -> None:
        rang = self.siens.currentRow()
        if self.correspondance is None or not 0 <= rang < len(self._inconnus):
            return
        self.correspondance = traduire(self.correspondance, *self._inconnus[rang], attendu)
        suivants = [n for n, un in enumerate(self._inconnus) if not self._code_de(*un)]
        self._remontrer(suivants[0] if suivants else rang)

    def _finir(self) -> None:
        if self.correspondance is not None:
            self.dites.emit(self.correspondance)
