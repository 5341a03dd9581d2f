"""Le volet des voies retenues, une carte chacune. Étroit, il se replie : le détail de la voie vient d'abord."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.orientation.attention import Attention
from modele.orientation.resultat import Voie
from ui.composants import Bouton, Pli, colonne, intertitre, retirer
from ui.ecrans.orientation.choix import CarteVoie
from ui.theme import espace


class VoletVoies(QWidget):
    """La liste des voies. ``prendre`` reçoit l'identifiant de celle choisie. ``etroit`` : la place manque."""

    def __init__(self, prendre: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prendre = prendre
        self.etroit = self._deplie = False
        self.cartes: list[CarteVoie] = []
        self._autres: Pli | None = None
        self.titre = intertitre("", "sous_titre")
        self.deplier = Bouton("Voir les voies", self._basculer, genre="discret")
        self._liste = QVBoxLayout()
        self._liste.setSpacing(espace(4))
        self._liste.setContentsMargins(0, 0, 0, 0)
        self._cadre = QWidget()
        self._cadre.setLayout(self._liste)
        boite = colonne(self.titre, self.deplier, self._cadre, ecart=3)
        boite.setAlignment(self.deplier, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(boite)
        self._disposer()

    @property
    def replie(self) -> bool:
        """Vrai si les cartes ne se voient pas."""
        return self.etroit and not self._deplie

    def dire(self, mot: str) -> None:
        """Le titre seul, sans voie."""
        self.titre.setText(mot)
        self.vider()
        self._disposer()

    def montrer(self, voies: Sequence[Voie], attention: Attention, montree: str) -> None:
        """Les voies mises en avant, puis, d'un geste, les autres retenues. La carte qui avait le focus le garde."""
        actif = next((carte.voie.id for carte in self.cartes if carte.hasFocus()), "")
        self.titre.setText(_combien(len(voies)))
        self.vider()
        self.cartes = [CarteVoie(voie, lambda v=voie: self.choisir(v.id)) for voie in voies]  # type: ignore[misc]
        self._placer(attention, montree)
        self.marquer(montree)
        if (carte := self.carte(actif)) is not None:
            carte.setFocus(Qt.FocusReason.OtherFocusReason)
        self._disposer()

    def carte(self, voie: str) -> CarteVoie | None:
        """La carte de cette voie."""
        return next((carte for carte in self.cartes if carte.voie.id == voie), None)

    def marquer(self, montree: str) -> None:
        """Marque la carte de la voie montrée, et elle seule."""
        for carte in self.cartes:
            carte.choisir(carte.voie.id == montree)

    def choisir(self, voie: str) -> None:
        """Prend une voie ; étroit, la liste se replie sur elle."""
        self._deplie = False
        self._disposer()
        self._prendre(voie)

    def replier(self, etroit: bool) -> None:
        """La place manque, ou revient."""
        self.etroit, self._deplie = etroit, False
        self._disposer()

    def vider(self) -> None:
        """Ne montre plus aucune voie."""
        for ancienne in (*self.cartes, self._autres):
            if ancienne is not None:
                self._liste.removeWidget(ancienne)
                retirer(ancienne)
        self.cartes, self._autres = [], None

    def _placer(self, attention: Attention, montree: str) -> None:
        devant = [carte for carte in self.cartes if carte.voie in attention.en_avant]
        derriere = [carte for carte in self.cartes if carte.voie not in attention.en_avant]
        for carte in devant:
            self._liste.addWidget(carte)
        if derriere:
            nombre = len(derriere)
            mot = f"Voir {nombre} autres voies" if nombre > 1 else "Voir une autre voie"
            self._autres = Pli(mot, "Montrer moins", *derriere)
            self._liste.addWidget(self._autres)
            if any(carte.voie.id == montree for carte in derriere):
                self._autres.basculer()

    def _basculer(self) -> None:
        self._deplie = not self._deplie
        self._disposer()

    def _disposer(self) -> None:
        """Étroit : un bouton dit combien il y a de voies, et les montre ; une seule est déjà dite par son titre."""
        plusieurs = len(self.cartes) > 1
        self.titre.setVisible(not self.etroit or not self.cartes)
        self.deplier.setVisible(self.etroit and plusieurs)
        self.deplier.renommer("Montrer moins" if self._deplie else f"Voir les {len(self.cartes)} voies")
        self._cadre.setVisible(not self.replie)


def _combien(nombre: int) -> str:
    if nombre == 0:
        return "Aucune voie retenue"
    return "Une voie pour cette personne" if nombre == 1 else f"{nombre} voies pour cette personne"
