"""Le tableau de la note : une ligne par critère, ses colonnes empilées quand le texte grandit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from modele.cotation.resultat import Preuve
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    Pastille,
    colonne,
    intertitre,
    nommer,
    rangee,
    separation,
    texte,
)
from ui.composants.dits import ENTETE, LIGNE, TABLE, dire_comme
from ui.composants.lien import Lien
from ui.ecrans.cotation.lignes import Groupe, Ligne
from ui.theme import Ton, espace

_PREUVES: Final = {
    Preuve.AUTOMATIQUE: ("automatique", Ton.COURANT, "check"),
    Preuve.DECLARE: ("déclaré", Ton.JOUR, "message-circle-question-mark"),
    Preuve.MANQUANT: ("pièce impossible", Ton.JOUR, "triangle-alert"),
    Preuve.JUSTIFIE: ("justifié", Ton.COURANT, "eye"),
    Preuve.VALIDE: ("validé", Ton.COURANT, "circle-check"),
}
_GESTES: Final = {
    Preuve.DECLARE: "Pièce vue",
    Preuve.MANQUANT: "Pièce vue",
    Preuve.JUSTIFIE: "Valider",
    Preuve.VALIDE: "Retirer",
}
_COLONNES: Final = ("Ce que vous nous avez dit", "La règle", "Preuve", "Points")
_LARGEURS: Final = ((7, 200), (5, 130), (6, 205), (2, 64))
Geste = Callable[[Ligne], object]
SANS_LIGNE: Final = "Aucun critère de cette rubrique ne concerne cette situation."


class Tableau(Carte):
    """La note, rubrique par rubrique. ``prouver`` et ``demander`` : ce que font les boutons d'une ligne."""

    def __init__(self, prouver: Geste, demander: Geste, nom: str = "La note ligne par ligne") -> None:
        super().__init__(nom=nom)
        # Des dizaines de lignes coupées au mot : leur hauteur dépend de la largeur, jamais d'une taille idéale.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        dire_comme(self, TABLE)
        self._prouver, self._demander = prouver, demander
        self._groupes: tuple[Groupe, ...] = ()
        self._tout = False
        self._montrer_tout: Bouton | None = None

    def montrer(self, groupes: Sequence[Groupe]) -> None:
        """Montre ces rubriques ; sans effet si ce sont les mêmes."""
        if tuple(groupes) == self._groupes:
            return
        self._groupes = tuple(groupes)
        self._refaire()

    def lignes(self) -> list[Ligne]:
        """Les lignes montrées."""
        return [ligne for groupe in self._groupes for ligne in self._de(groupe)]

    def _de(self, groupe: Groupe) -> tuple[Ligne, ...]:
        return (*groupe.lignes, *(groupe.sans_effet if self._tout else ()))

    def _basculer(self) -> None:
        self._tout = not self._tout
        self._refaire()
        if self._montrer_tout is not None:
            self._montrer_tout.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refaire(self) -> None:
        actif, self._montrer_tout = self._nom_du_focus(), None
        self.vider(garder=0)
        self.ajouter(_rangee(*_COLONNES))
        for groupe in self._groupes:
            self.ajouter(_titre(groupe))
            lignes = self._de(groupe)
            if not lignes:
                self.ajouter(Bloc(colonne(texte(SANS_LIGNE, "petit"), marges=3)))
            for ligne in lignes:
                self.ajouter(self._ligne(ligne), separation())
        sans_effet = sum(len(groupe.sans_effet) for groupe in self._groupes)
        if sans_effet:
            mot = "Cacher" if self._tout else "Montrer"
            quoi = f"les {sans_effet} lignes qui ne concernent" if sans_effet > 1 else "la ligne qui ne concerne"
            # Neuf à chaque fois : retiré sans parent, il garderait en vie cet écran et le dossier qu'il montrait.
            self._montrer_tout = Bouton(f"{mot} {quoi} pas cette situation", self._basculer, genre="discret")
            self.ajouter(rangee(self._montrer_tout, 1))
        self._rendre_focus(actif)

    def _nom_du_focus(self) -> str:
        courant = self.focusWidget()
        return courant.accessibleName() if isinstance(courant, Bouton) and courant.hasFocus() else ""

    def _rendre_focus(self, nom: str) -> None:
        """Le bouton pressé a été remplacé : le clavier revient à celui qui tient sa place."""
        if nom:
            suivant = next((b for b in self.findChildren(Bouton) if _meme_ligne(b.accessibleName(), nom)), None)
            if suivant is not None:
                suivant.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ligne(self, ligne: Ligne) -> QWidget:
        barree = ligne.compte is False
        constats: list[QWidget] = [
            texte(phrase, "doux" if barree or rang else "texte") for rang, phrase in enumerate(ligne.constats)
        ]
        if ligne.question is not None:
            # La dernière phrase est la question : c'est elle qu'on presse.
            lien = Lien(ligne.constats[-1], lambda: self._demander(ligne), description=ligne.constats[0])
            # Des lignes partagent leur question : ce qui est écrit d'abord, puis ce qui distingue celle-ci.
            lien.setAccessibleName(f"{lien.text()}, pour : {ligne.constats[0]}, {ligne.regle}")
            constats[-1:] = [lien]
        if ligne.non_compte:
            constats.append(texte(ligne.non_compte, "petit"))
        cellules = [
            Bloc(colonne(*constats, 1, ecart=0)),
            Bloc(colonne(texte(ligne.regle, "doux" if barree else "texte"), 1)),
            Bloc(colonne(*self._preuve(ligne), 1, ecart=1)),
            Bloc(colonne(_points(ligne.points, barree=barree), 1)),
        ]
        rendu = _colonnes(cellules)
        dire_comme(rendu, LIGNE)
        nommer(rendu, _dite(ligne))
        return rendu

    def _preuve(self, ligne: Ligne) -> list[QWidget]:
        if ligne.inconnu:
            pastille = Pastille("à demander" if ligne.question else "inconnu", Ton.NEUTRE, "circle-question-mark")
            return [Bloc(rangee(pastille, 1))]
        mot, ton, icone = _PREUVES[ligne.preuve]
        widgets: list[QWidget] = [Pastille(mot, ton, icone)]
        if ligne.pieces:
            widgets.append(texte(ligne.pieces, "petit"))
        if ligne.preuve in _GESTES and ligne.compte is not False:
            widgets.append(self._bouton(_GESTES[ligne.preuve], ligne, self._prouver))
        return widgets

    @staticmethod
    def _bouton(mot: str, ligne: Ligne, faire: Geste) -> Bouton:
        bouton = Bouton(mot, lambda: faire(ligne), description=ligne.constats[0])
        bouton.setAccessibleName(f"{mot} : {ligne.constats[0]}")
        return bouton


def _meme_ligne(un: str, autre: str) -> bool:
    return un.partition(" : ")[2] == autre.partition(" : ")[2]


def _points(mots: str, *, barree: bool) -> QLabel:
    etiquette = texte(mots, "doux" if barree else "fort", coupe=False)
    etiquette.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    if barree:
        police = etiquette.font()
        police.setStrikeOut(True)
        etiquette.setFont(police)
    return etiquette


def _dite(ligne: Ligne) -> str:
    """La ligne telle qu'elle s'entend : chaque valeur sous le nom de sa colonne."""
    preuve = "à demander" if ligne.inconnu else _PREUVES[ligne.preuve][0]
    points = f"{ligne.points} points{', non compté' if ligne.compte is False else ''}"
    dits = (ligne.constats[0], ligne.regle, preuve, points)
    return " ; ".join(f"{nom} : {dit}" for nom, dit in zip(_COLONNES, dits, strict=True) if dit)


def _rangee(*mots: str) -> QWidget:
    etiquettes = [texte(mot, "petit") for mot in mots]
    for etiquette in etiquettes:
        dire_comme(etiquette, ENTETE)
    etiquettes[-1].setAlignment(Qt.AlignmentFlag.AlignRight)
    return _colonnes([Bloc(colonne(etiquette)) for etiquette in etiquettes])


def _colonnes(cellules: Sequence[QWidget]) -> Colonnes:
    rendu = Colonnes([(c, poids, large) for c, (poids, large) in zip(cellules, _LARGEURS, strict=True)], 3, 1)
    disposition = rendu.layout()
    assert disposition is not None
    disposition.setContentsMargins(espace(3), 0, espace(3), 0)
    return rendu


def _titre(groupe: Groupe) -> QFrame:
    bande = QFrame()
    bande.setAutoFillBackground(True)
    bande.setBackgroundRole(QPalette.ColorRole.AlternateBase)
    boite = QVBoxLayout(bande)
    boite.setContentsMargins(espace(3), espace(2), espace(3), espace(2))
    mots = colonne(intertitre(groupe.titre, "gras"), *([texte(groupe.cumul, "petit")] if groupe.cumul else []), ecart=0)
    ligne = rangee(mots, texte(groupe.points, "fort", coupe=False), ecart=3)
    ligne.setStretch(0, 1)
    boite.addLayout(ligne)
    nommer(bande, f"{groupe.titre} : {groupe.points} points", groupe.cumul)
    return bande
