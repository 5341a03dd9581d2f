"""Des jours sans Internet : un fichier que seul le registre sait lire, porté par clé ; le reçu revient de même."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal

from ui.composants import Bouton, Carte, Colonnes, constater, etiquette_aide, rangee, texte
from ui.composants.fichiers import choisir_ou_ecrire, choisir_un_fichier

EXPLICATION: Final = (
    "Écrivez ce qui attend dans un fichier scellé, sur une clé. Seul le registre sait le lire : perdu, il ne dit rien. "
    "Un autre poste relié le transmet, et vous rend le reçu."
)
ENVELOPPES: Final = "Fichiers scellés de Perron (*.perron-envoi)"
NOM_DE_L_ENVELOPPE: Final = "envoi.perron-envoi"
RECUS: Final = "Reçus scellés de Perron (*.perron-recu)"


class CarteFichier(Carte):
    """``ecrire`` : vers ce fichier. ``lire`` : ce reçu. ``transmettre`` : ce fichier d'un autre poste."""

    ecrire = Signal(object)
    lire = Signal(object)
    transmettre = Signal(object)

    def __init__(self) -> None:
        super().__init__("Sans Internet pendant des jours", icone="usb")
        self.bouton_ecrire = Bouton("Écrire le fichier scellé", self._ecrire, icone="lock")
        self.bouton_lire = Bouton("Lire un reçu", lambda: self._choisir(RECUS, self.lire.emit), icone="file-text")
        self.bouton_transmettre = Bouton(
            "Transmettre celui d'un autre poste",
            lambda: self._choisir(ENVELOPPES, self.transmettre.emit),
            genre="discret",
            icone="send",
        )
        self.constat = etiquette_aide("")
        self.constat.hide()
        self.ajouter(
            texte(EXPLICATION),
            rangee(Colonnes([(self.bouton_ecrire, 0, 0), (self.bouton_lire, 0, 0)], ecart=2), 1),
            rangee(self.bouton_transmettre, 1),
            self.constat,
        )

    def permettre(self, quelque_chose_attend: bool, en_ligne: bool) -> None:
        """On n'écrit que s'il y a quoi écrire ; on ne transmet que relié."""
        self.bouton_ecrire.setEnabled(quelque_chose_attend)
        self.bouton_transmettre.setEnabled(en_ligne)

    def dire(self, phrase: str) -> None:
        """Dit ce qui vient d'être fait."""
        constater(self.constat, phrase)

    def _ecrire(self) -> None:
        chemin = choisir_ou_ecrire(self, "Où écrire le fichier scellé", NOM_DE_L_ENVELOPPE, ENVELOPPES)
        if chemin is not None:
            self.ecrire.emit(chemin)

    def _choisir(self, filtre: str, rendre: Callable[[Path], object]) -> None:
        chemin = choisir_un_fichier(self, "Quel fichier", filtre)
        if chemin is not None:
            rendre(chemin)
