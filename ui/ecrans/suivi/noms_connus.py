"""Les noms connus d'ici, sous le champ où l'on en tape un : les choisir les écrit sans faute, taper reste possible."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal

from ui.composants import Champ, ListePropositions, Proposition, viser
from ui.mots.trouver import trouver

AU_PLUS = 4


class _Nom(NamedTuple):
    """De quoi chercher un nom par n'importe lequel de ses mots."""

    libelle: str
    detail: str = ""
    mots: str = ""


class NomsConnus(ListePropositions):
    """``choisi`` : un nom d'ici vient d'être mis au champ. Rien n'est choisi d'avance : Entrée garde la frappe."""

    choisi = Signal()

    def __init__(self, nom: str, champ: Champ) -> None:
        super().__init__(nom, au_plus=AU_PLUS)
        self._champ = champ
        self._noms: tuple[str, ...] = ()
        self.guider(champ.ligne)
        champ.frappe.connect(self._filtrer)
        self.hide()

    def connaitre(self, noms: Sequence[str]) -> None:
        """Les noms qui peuvent se choisir."""
        self._noms = tuple(noms)
        self._filtrer(self._champ.contenu)

    def effacer(self) -> None:
        """Rien n'est écrit au champ : tous les noms se proposent."""
        self._champ.poser(None)
        self._filtrer("")

    def proposes(self) -> list[str]:
        """Ceux qui se montrent."""
        return [self.valeur(rang).titre for rang in range(self.count())]

    def _filtrer(self, saisie: str) -> None:
        trouves = [un.libelle for un in trouver(saisie, map(_Nom, self._noms))] if saisie.strip() else self._noms
        restent = [nom for nom in trouves if nom != saisie]
        self.montrer([Proposition(nom, partial(self._prendre, nom)) for nom in restent], choisie=-1)
        self.setVisible(bool(restent))

    def _prendre(self, nom: str) -> None:
        self._champ.poser(nom)
        # Le clavier d'abord : cachée avec lui, la liste l'enverrait ailleurs.
        viser(self._champ)
        self._filtrer(nom)
        self.choisi.emit()
