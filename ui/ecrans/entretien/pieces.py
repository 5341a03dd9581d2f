"""La page des pièces : ce que la loi permet d'exiger pour enregistrer, ce que l'instruction demandera, le vu."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.bilan import Bilan
from modele.dossier.chemins import lire
from modele.dossier.documents import identifiant
from modele.dossier.inventaire import DEMANDEUR
from modele.dossier.listes import ajouter, enlever
from modele.dossier.pieces import IMPOSSIBLE, VUE, PieceAttendue
from modele.dossier.questions import SEUL_A_SEUL
from modele.dossier.situation import elements, liste_close
from modele.protection.reserve import piece_reservee
from ui.composants import (
    Bloc,
    Bouton,
    Colonnes,
    GroupeChoix,
    Option,
    colonne,
    etiquette_aide,
    intertitre,
    nommer,
    rangee,
    retirer,
    separation,
    texte,
)
from ui.ecrans.entretien.fabrique import personnes
from ui.ecrans.entretien.plume import Plume
from ui.theme import espace

LISTE: Final = "pieces"
_ETATS: Final = ((VUE, "Vue"), (IMPOSSIBLE, "Impossible"))


class PagePieces(QWidget):
    """Chaque pièce attendue, avec « vue » et « impossible ». ``suite`` : passer à l'étape d'après."""

    suite = Signal()

    def __init__(self, plume: Plume, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plume = plume
        self._bilan: Bilan | None = None
        self._montrees: object = None
        self._boutons: dict[tuple[str, str, str], Bouton] = {}
        self._lignes = QVBoxLayout()
        self._lignes.setSpacing(espace(2))
        self.fin = GroupeChoix("Les papiers sont-ils notés ?", [Option(True, "C'est tout pour aujourd'hui")])
        self.fin.choisi.connect(lambda _: self._plume.ecrire({f"{LISTE}.clos": True}))
        self.fin.entree.connect(self.suite)
        boite = colonne(ecart=3)
        boite.addLayout(self._lignes)
        boite.addWidget(self.fin)
        boite.addStretch(1)
        self.setLayout(boite)

    def montrer(self, bilan: Bilan) -> None:
        """Montre celles qu'on peut exiger, puis celles, certaines, de l'instruction ; les protégées, seul à seul."""
        self._bilan = bilan
        seul = lire(bilan.document, SEUL_A_SEUL) is True
        instruction = (p for p in bilan.pieces.instruction if p.certaine)
        voulues = [
            ("Exigée pour enregistrer : une seule suffit", bilan.pieces.enregistrement),
            (
                "Pour l'instruction, plus tard",
                tuple(p for p in instruction if seul or not piece_reservee(p.piece)),
            ),
        ]
        self.fin.poser(True if liste_close(bilan.document, LISTE) else None)
        if voulues == self._montrees:
            return
        self._montrees = voulues
        presse = next((cle for cle, bouton in self._boutons.items() if bouton.hasFocus()), None)
        while (place := self._lignes.takeAt(0)) is not None:
            retirer(place.widget())
        self._boutons = {}
        self._remplir(bilan, voulues)
        if presse in self._boutons:
            self._boutons[presse].setFocus()

    def _remplir(self, bilan: Bilan, voulues: Iterable[tuple[str, tuple[PieceAttendue, ...]]]) -> None:
        qui = dict(personnes(bilan))
        for titre, pieces in voulues:
            self._lignes.addWidget(intertitre(titre))
            for piece in pieces:
                self._lignes.addWidget(self._ligne(piece, qui))
                self._lignes.addWidget(separation())
            if not pieces:
                self._lignes.addWidget(etiquette_aide("Rien de certain pour l'instant."))

    def focus_initial(self) -> None:
        """Donne le focus à la première pièce."""
        if (premier := self.findChild(Bouton)) is not None:
            premier.setFocus()

    def valider(self) -> bool:
        """Rien n'est en cours de frappe ici."""
        return True

    def _ligne(self, attendue: PieceAttendue, qui: Mapping[str, str]) -> QWidget:
        nom = attendue.piece.libelle
        mots = colonne(texte(nom), ecart=0)
        precision = " · ".join(m for m in (qui.get(attendue.personne, ""), attendue.piece.note) if m)
        if precision:
            mots.addWidget(etiquette_aide(precision))
        boutons: list[QWidget] = []
        for etat, mot in _ETATS:
            bouton = Bouton(
                mot,
                partial(self._noter, attendue, etat),
                genre="principal" if attendue.etat == etat else "secondaire",
                icone="check" if attendue.etat == etat else "",
                description=f"{nom}. {'Noté.' if attendue.etat == etat else ''}",
            )
            boutons.append(bouton)
            self._boutons[attendue.piece.id, attendue.personne, etat] = bouton
        bloc = Bloc(rangee(*boutons, ecart=2))
        ligne = Colonnes([(Bloc(mots), 1, 260), (bloc, 0, 0)], ecart=3, ecart_pile=1)
        nommer(ligne, nom)
        return ligne

    def _noter(self, attendue: PieceAttendue, etat: str) -> None:
        """Note l'état d'une pièce ; le presser deux fois l'enlève."""
        bilan = self._bilan
        assert bilan is not None
        deja = list(self._notees(bilan, attendue))
        if attendue.etat == etat:
            self._oter(bilan, deja)
            return
        neuf = deja[0] if deja else identifiant()
        element = {"piece": attendue.piece.id, "personne": attendue.personne or DEMANDEUR, "etat": etat}
        if etat == VUE:
            element["vue_le"] = bilan.jour.isoformat()
        self._plume.ecrire(ajouter(bilan.document, LISTE, neuf, element))

    def _oter(self, bilan: Bilan, lesquels: Iterable[str]) -> None:
        self._plume.ecrire(enlever(bilan.document, LISTE, set(lesquels)))

    @staticmethod
    def _notees(bilan: Bilan, attendue: PieceAttendue) -> Iterable[str]:
        for ident, element in elements(bilan.document, LISTE).items():
            personne = element.get("personne", DEMANDEUR)
            if element.get("piece") == attendue.piece.id and personne == (attendue.personne or DEMANDEUR):
                yield ident
