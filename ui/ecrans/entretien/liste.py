"""La page d'une liste : ses éléments, en ajouter, en retirer, et dire qu'il n'y en a pas d'autre."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.bilan import Bilan
from modele.dossier.chemins import CLOS, chemin_d_element
from modele.dossier.documents import identifiant
from modele.dossier.inventaire import PERSONNES
from modele.dossier.listes import ajouter, enlever
from modele.dossier.situation import elements, liste_close
from modele.protection.adultes import partage
from modele.protection.violences import faits_de_violence
from ui.composants import Bouton, Carte, Champ, GroupeChoix, Option, colonne, rangee, retirer, texte
from ui.ecrans.entretien.fabrique import detail_element, nommer_element
from ui.ecrans.entretien.plume import Plume
from ui.saisies.lecture import lire_date
from ui.theme import espace

_NAISSANCE = "date_naissance"
_D_ABORD = "Elle se donne avant le nom."

_Ligne = tuple[str, str, str]
"""L'identifiant d'un élément, son nom, ce qui se dit de lui."""


class PageListe(QWidget):
    """Les éléments d'une liste. ``ouvrir`` : aller aux questions d'un élément. ``suite`` : la section d'après."""

    ouvrir = Signal(str)
    suite = Signal()

    def __init__(self, plume: Plume, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plume = plume
        self._liste = ""
        self._bilan: Bilan | None = None
        self._montres: tuple[str, list[_Ligne]] = ("", [])
        self._elements = QVBoxLayout()
        self._elements.setSpacing(espace(2))
        self.ajouter = Bouton("Ajouter", self._ajouter, genre="principal", icone="plus")
        self.naissance = Champ("Date de naissance", _D_ABORD, exemple="jj/mm/aaaa", largeur=180)
        self.naissance.hide()
        self.naissance.entree.connect(self._ajouter_ne)
        self.fin = GroupeChoix("La liste est-elle complète ?", [Option(True, "Il n'y en a pas d'autre")])
        self.fin.choisi.connect(self._clore)
        self.fin.entree.connect(self.suite)
        self.rouvrir = Bouton("Peut-être d'autres", self._rouvrir, genre="discret")
        boite = colonne(ecart=3)
        boite.addLayout(self._elements)
        boite.addLayout(rangee(self.ajouter, 1))
        boite.addWidget(self.naissance)
        boite.addWidget(self.fin)
        boite.addLayout(rangee(self.rouvrir, 1))
        boite.addStretch(1)
        self.setLayout(boite)

    def montrer(self, liste: str, libelle: str, bilan: Bilan) -> None:
        """Montre les éléments de ``liste``."""
        if liste != self._liste:
            self.naissance.hide()
        self._liste, self._bilan = liste, bilan
        self.ajouter.setAccessibleDescription(libelle)
        ecrits = elements(bilan.document, liste)
        self._montrer_elements([_ligne(bilan, liste, qui, rang) for rang, qui in enumerate(ecrits, 1)])
        close = liste_close(bilan.document, liste)
        self.fin.bouton(True).setText("Il n'y en a pas d'autre" if ecrits else "Il n'y en a pas")
        self.fin.bouton(True).setAccessibleName(self.fin.bouton(True).text())
        self.fin.poser(True if close else None)
        self.rouvrir.setVisible(close)

    def _montrer_elements(self, lignes: list[_Ligne]) -> None:
        """Une carte par élément. La note qui arrive ne les refait pas : le clavier y est peut-être."""
        if (self._liste, lignes) == self._montres:
            return
        self._montres = (self._liste, lignes)
        while (place := self._elements.takeAt(0)) is not None:
            retirer(place.widget())
        for ligne in lignes:
            self._elements.addWidget(self._carte(*ligne))

    def focus_initial(self) -> None:
        """Donne le focus au geste attendu."""
        self.ajouter.setFocus()

    def valider(self) -> bool:
        """Rien n'est en cours de frappe ici."""
        return True

    def _carte(self, qui: str, nom: str, detail: str) -> Carte:
        carte = Carte(nom=nom)
        mots = colonne(texte(nom, "gras"), ecart=0)
        if detail:
            mots.addWidget(texte(detail, "petit"))
        modifier = Bouton("Modifier", partial(self.ouvrir.emit, qui), description=nom)
        oter = Bouton("Retirer", partial(self._retirer, qui), genre="discret", icone="x", description=nom)
        ligne = rangee(mots, modifier, oter, ecart=2)
        ligne.setStretch(0, 1)
        carte.ajouter(ligne)
        return carte

    def _ajouter(self) -> None:
        assert self._bilan is not None
        neuf = identifiant()
        valeurs = self._valeurs(neuf, {})
        if self._naissance_d_abord():
            self.naissance.show()
            self.naissance.setFocus()
            return
        if self._plume.ecrire(valeurs):
            self.ouvrir.emit(neuf)

    def _naissance_d_abord(self) -> bool:
        """Vrai si qui n'a pas encore d'âge passerait pour un adulte : un enfant entre ici, un adulte dans un autre."""
        assert self._bilan is not None
        document, jour = self._bilan.document, self._bilan.jour
        dite = self._plume.reserve or bool(faits_de_violence(document))
        return self._liste == PERSONNES and dite and not partage(document, jour)

    def _ajouter_ne(self) -> None:
        assert self._bilan is not None
        neuf, naissance = identifiant(), self._naissance(self._bilan.jour)
        if not naissance:
            return
        valeurs = self._valeurs(neuf, {_NAISSANCE: naissance})
        self.naissance.poser(None)
        self.naissance.hide()
        if self._plume.ecrire(valeurs):
            self.ouvrir.emit(neuf)

    def _naissance(self, jour: date) -> str:
        try:
            return lire_date(self.naissance.contenu, jour).isoformat()
        except ValueError as faute:
            self.naissance.dire_faute(str(faute))
            return ""

    def _chemin(self, qui: str) -> str:
        return chemin_d_element(self._liste, qui)

    def _valeurs(self, neuf: str, contenu: dict[str, Any]) -> dict[str, Any]:
        assert self._bilan is not None
        return ajouter(self._bilan.document, self._liste, neuf, contenu)

    def _retirer(self, qui: str) -> None:
        assert self._bilan is not None
        self._plume.ecrire(enlever(self._bilan.document, self._liste, [qui]))
        self.focus_initial()

    def _clore(self, _: object) -> None:
        self._plume.ecrire({f"{self._liste}.{CLOS}": True})

    def _rouvrir(self) -> None:
        self._plume.ecrire({f"{self._liste}.{CLOS}": False})
        self.focus_initial()


def _ligne(bilan: Bilan, liste: str, qui: str, rang: int) -> _Ligne:
    return qui, nommer_element(bilan, liste, qui, rang), detail_element(bilan, liste, qui)
