"""Choisir un cas : les deux pistes, ce qu'on en a déjà fait, et ce qui se range."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from modele.formation.cas import Piste
from ui.composants import Bouton, BoutonCarte, Carte, colonne, etiquette_aide, rangee, texte
from ui.mots.formation import A_VOUS, PISTES_DITES, dire_le_dernier, dire_le_detail, dire_ou_il_en_est

if TYPE_CHECKING:
    from modele.coffre.bac_a_sable import Tentative
    from modele.formation import Cas
    from ui.ecrans.formation.travail import CasEtEssais

AUCUN: Final = "Aucun cas ne se lit. Réinstallez Perron, ou ajoutez un cas."


class PageChoix(QWidget):
    """``choisi`` : un cas à jouer. ``effacer`` : les essais de l'agent. ``former`` : les feuilles et les cas."""

    choisi = Signal(object)
    effacer = Signal()
    former = Signal()

    def __init__(self, rendu: CasEtEssais) -> None:
        super().__init__()
        cas, essais, ecarts, self._laisses = rendu.cas, rendu.essais, rendu.ecarts, rendu.laisses
        self.cartes: list[BoutonCarte] = []
        page = colonne(ecart=3)
        for piste in Piste:
            siens = [un for un in cas if un.piste is piste]
            if siens:
                page.addWidget(self._piste(PISTES_DITES[piste], siens, essais))
        if not cas:
            page.addWidget(texte(AUCUN, "gras"))
        page.addWidget(self._essais(len(essais)))
        if ecarts:
            mis_de_cote = Carte("Cas mis de côté", icone="triangle-alert")
            mis_de_cote.ajouter(*(etiquette_aide(str(ecart)) for ecart in ecarts))
            page.addWidget(mis_de_cote)
        page.addStretch(1)
        self.setLayout(page)

    def _piste(self, titre: str, cas: Sequence[Cas], essais: Sequence[Tentative]) -> Carte:
        carte = Carte(titre, icone="users")
        for un in cas:
            detail = " · ".join(filter(None, (dire_le_detail(un), dire_le_dernier(essais, un.id), self._en_route(un))))
            bouton = BoutonCarte(un.titre, detail, "message-circle-question-mark", partial(self.choisi.emit, un))
            self.cartes.append(bouton)
            carte.ajouter(bouton)
        return carte

    def _en_route(self, cas: Cas) -> str:
        return dire_ou_il_en_est(self._laisses.get(cas.id), len(cas.etapes))

    def _essais(self, nombre: int) -> Carte:
        carte = Carte("Vos essais", icone="lock")
        carte.ajouter(etiquette_aide(A_VOUS))
        self.seance = Bouton("Former : feuilles et cas", self.former.emit, icone="users")
        self.efface = Bouton("Effacer mes essais", self.effacer.emit, icone="x")
        if not nombre and not self._laisses:
            self.efface.hide()
        carte.ajouter(rangee(self.efface, self.seance, 1))
        return carte

    def focus_initial(self) -> None:
        """Le clavier au premier cas."""
        (self.cartes[0] if self.cartes else self.seance).setFocus(Qt.FocusReason.OtherFocusReason)
