"""Ce qui part d'un essai, montré avant : des nombres par étape, sans nom. L'agent l'envoie, ou refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from modele.coffre.formation_dite import Depart
from ui.composants import Bouton, Carte, etiquette_aide, rangee, texte
from ui.mots.formation import DEPART, POUR_LE_RESEAU, dire_ce_qui_part

if TYPE_CHECKING:
    from modele.formation import Cas
    from ui.ecrans.formation.travail import Partage


class CarteDepart(Carte):
    """``veut`` : vrai, l'agent envoie ; faux, il refuse. Cachée tant qu'on ne sait pas que ce cas se compte."""

    veut = Signal(bool)

    def __init__(self) -> None:
        super().__init__("Aider le réseau, sans votre nom", icone="users")
        self.constat = texte("")
        self.nombres = etiquette_aide("")
        self.envoyer = Bouton("Envoyer ces nombres", lambda: self.veut.emit(True), icone="check")
        self.refuser = Bouton("Ne rien envoyer", lambda: self.veut.emit(False), icone="x")
        self.ajouter(etiquette_aide(POUR_LE_RESEAU), self.nombres, self.constat)
        self.ajouter(rangee(self.envoyer, self.refuser, 1))
        self.hide()

    def montrer(self, cas: Cas, partage: Partage) -> None:
        """Ce qui partirait, et où cela en est. Parti, rien ne se rattrape : plus rien ne se propose."""
        self.nombres.setText(dire_ce_qui_part(cas, partage.etapes))
        self.constat.setText(DEPART[partage.depart, partage.veut])
        self.envoyer.setVisible(partage.depart is Depart.RIEN)
        self.refuser.setVisible(partage.depart is Depart.ATTEND or partage.veut is None)
        self.show()
