"""Le panneau vivant : la note et son intervalle, ce qui reste à demander, les voies, les pièces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from modele.bilan import Bilan
from modele.cotation.coter import dire_fourchette
from modele.cotation.resultat import Cotation, Fourchette
from modele.dossier.entretien import SEUL_A_SEUL, QuestionVue
from modele.dossier.mots import dire_nombre
from modele.dossier.pieces import VUE, PieceAttendue
from modele.orientation.resultat import Voie
from ui.composants import (
    BarreIntervalle,
    Bloc,
    Bouton,
    Carte,
    LigneValeur,
    Pastille,
    annoncer,
    colonne,
    etiquette_aide,
    pastille_urgence,
    rangee,
    separation,
    texte,
)
from ui.composants.lien import Lien
from ui.theme import Ton

AU_PLUS: Final = 4
_SANS_GRILLE: Final = (
    "Aucune grille de cotation n'est saisie pour ce territoire : pas de note. C'est l'intercommunalité qui la donne, "
    "et l'administrateur du poste qui la saisit."
)


class CarteVivante(Carte):
    """Une carte qui se redessine seulement si ce qu'elle montre a changé. ``demander`` : aller à ce champ."""

    demander = Signal(str)

    def __init__(self, titre: str) -> None:
        super().__init__(titre)
        self._vu: object = None

    def remplacer(self, vu: object, remplir: Callable[[], object]) -> bool:
        """Refait la carte par ``remplir`` si ``vu`` diffère de ce qui est montré ; vrai si elle a changé."""
        if vu == self._vu:
            return False
        self._vu = vu
        self.vider()
        remplir()
        return True


class CarteNote(CarteVivante):
    """La note : le grand nombre, l'intervalle, la part vérifiée, et ce qu'elle ne vaut pas."""

    def __init__(self, plafond: Callable[[], Decimal]) -> None:
        super().__init__("Note")
        self._plafond = plafond
        self._grand = texte("", "note", coupe=False)
        self._reste = texte("", "sous_titre")
        self._barre = BarreIntervalle("Note")
        self._preuve = texte("", "petit")
        self._mention = etiquette_aide("")
        ligne = rangee(self._grand, self._reste, ecart=2)
        ligne.setStretch(1, 1)
        self._chiffres = Bloc(ligne)
        self.ajouter(self._chiffres, self._barre, self._preuve, self._mention)

    def montrer(self, bilan: Bilan) -> None:
        """Change les nombres sans refaire la carte."""
        cotation = bilan.cotation
        for widget in (self._chiffres, self._barre, self._preuve):
            widget.setVisible(cotation is not None)
        if cotation is None:
            self._mention.setText(_SANS_GRILLE)
            return
        grand, reste = _en_deux(cotation.declaree)
        self._grand.setText(grand)
        self._reste.setText(reste)
        plafond = self._plafond()
        bas, haut = cotation.declaree.min or Decimal(0), cotation.declaree.max
        self._barre.montrer(bas, plafond if haut is None else haut, max(plafond, haut or plafond))
        self._preuve.setText(f"déclarée {_court(cotation.declaree)} · vérifiée {_court(cotation.verifiee)}")
        self._mention.setText(" ".join(_mentions(cotation)))


class CarteReste(CarteVivante):
    """Ce qui reste à demander : les questions qui changent le plus la note, la plus forte d'abord."""

    def __init__(self) -> None:
        super().__init__("Ce qui reste à demander")
        self._tout = False
        self.hide()

    def montrer(self, bilan: Bilan) -> None:
        """Change les questions ; un bilan pas encore exact garde celles d'avant, moins ce qui vient d'être répondu."""
        cotation = bilan.cotation
        if cotation is None:
            self.hide()
            return
        if not cotation.exact and not cotation.decisifs:
            return
        restent = list(_decisives(bilan, cotation))
        self.setVisible(bool(restent))
        self.remplacer((self._tout, tuple((q.chemin, e) for q, e in restent)), lambda: self._remplir(restent))

    def _remplir(self, restent: Sequence[tuple[QuestionVue, Decimal | None]]) -> None:
        for question, ecart in restent if self._tout else restent[:AU_PLUS]:
            lien = Lien(question.question.dire, partial(self.demander.emit, question.chemin), description=_enjeu(ecart))
            self.ajouter(lien)
        if len(restent) > AU_PLUS:
            mot = "Montrer moins" if self._tout else f"Voir les {len(restent)} questions"
            self.ajouter(rangee(Bouton(mot, partial(self._basculer, restent), genre="discret"), 1))

    def _basculer(self, restent: Sequence[tuple[QuestionVue, Decimal | None]]) -> None:
        self._tout = not self._tout
        self.remplacer((self._tout, restent), lambda: self._remplir(restent))


class CarteOrientation(CarteVivante):
    """Les voies retenues, la plus urgente d'abord, puis celles qu'une question trancherait."""

    def __init__(self) -> None:
        super().__init__("Orientation")

    def montrer(self, bilan: Bilan) -> None:
        """Change les voies."""
        retenues = [voie for voie in bilan.voies if voie.certaine]
        possibles = list(_possibles(bilan))
        vu = ([v.id for v in retenues], [(v.id, q.chemin if q else "") for v, q in possibles])
        if self.remplacer(vu, lambda: self._remplir(retenues, possibles)) and retenues:
            annoncer(self, f"Orientation : {retenues[0].libelle}")

    def _remplir(self, retenues: Sequence[Voie], possibles: Sequence[tuple[Voie, QuestionVue | None]]) -> None:
        for voie in retenues[:AU_PLUS]:
            self.ajouter(rangee(pastille_urgence(voie.urgence.value), 1), texte(voie.libelle, "gras"))
        if len(retenues) > AU_PLUS:
            self.ajouter(etiquette_aide(f"et {len(retenues) - AU_PLUS} autres voies"))
        if retenues and possibles:
            self.ajouter(separation())
        for voie, question in possibles[: AU_PLUS - 1]:
            self.ajouter(rangee(Pastille("possible", Ton.NEUTRE, "circle-question-mark"), 1), texte(voie.libelle))
            if question is not None:
                self.ajouter(Lien(question.question.dire, partial(self.demander.emit, question.chemin)))
        if len(possibles) > AU_PLUS - 1:
            self.ajouter(etiquette_aide(f"et {len(possibles) - AU_PLUS + 1} autres possibles, selon les réponses"))
        if not retenues and not possibles:
            self.ajouter(etiquette_aide("Aucune voie pour l'instant."))


class CartePieces(CarteVivante):
    """Ce qui est exigé pour enregistrer, ce qui viendra plus tard."""

    def __init__(self) -> None:
        super().__init__("Pièces")

    def montrer(self, bilan: Bilan) -> None:
        """Change les comptes."""
        exigees = [p for p in bilan.pieces.enregistrement if p.certaine]
        plus_tard = [p for p in bilan.pieces.instruction if p.certaine]
        vu = (_vues(exigees), len(exigees), _vues(plus_tard), len(plus_tard))
        self.remplacer(vu, lambda: self._remplir(*vu))

    def _remplir(self, vues: int, exigees: int, apportees: int, plus_tard: int) -> None:
        mot = f"{'vue' if vues else '1 à voir'}"
        self.ajouter(LigneValeur("Exigée pour enregistrer", mot, Ton.COURANT if vues else ""), separation())
        reste = plus_tard - apportees
        self.ajouter(LigneValeur("Pour l'instruction", f"{reste} à apporter" if reste else "aucune"))
        self.ajouter(rangee(Bouton("Noter les pièces", partial(self.demander.emit, "pieces"), genre="discret"), 1))


class Panneau(QWidget):
    """Les quatre cartes, nourries du même bilan. ``demander`` : le chemin d'une question où aller."""

    demander = Signal(str)

    def __init__(self, plafond: Callable[[], Decimal], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note, self.reste = CarteNote(plafond), CarteReste()
        self.orientation, self.pieces = CarteOrientation(), CartePieces()
        cartes: tuple[Any, ...] = (self.note, self.orientation, self.reste, self.pieces)
        for carte in cartes:
            carte.demander.connect(self.demander)
        self.setLayout(colonne(*cartes, 1, marges=4, ecart=3))

    def montrer(self, bilan: Bilan) -> None:
        """Met tout à jour."""
        for carte in (self.note, self.orientation, self.reste, self.pieces):
            carte.montrer(bilan)


def _en_deux(points: Fourchette) -> tuple[str, str]:
    """« 41 » et « à 63 points »."""
    grand, _, reste = dire_fourchette(points).partition(" ")
    return grand, reste


def _court(points: Fourchette) -> str:
    return dire_fourchette(points).rpartition(" ")[0]


def _mentions(cotation: Cotation) -> Iterator[str]:
    yield f"{cotation.mention}"
    yield from cotation.reserves
    for circuit in cotation.hors_cotation:
        if circuit.certain:
            yield f"Circuit à part : {circuit.libelle}."


def _decisives(bilan: Bilan, cotation: Cotation) -> Iterator[tuple[QuestionVue, Decimal | None]]:
    """Les questions des faits décisifs, sans doublon ; un refus ne se redemande pas."""
    deja: set[str] = set()
    for decisif in sorted(cotation.decisifs, key=lambda d: (d.ecart is not None, -(d.ecart or Decimal(0)))):
        if decisif.refuse:
            continue
        for question in bilan.questions_de(decisif.fait)[:1]:
            if question.chemin not in deja:
                deja.add(question.chemin)
                yield question, decisif.ecart


def _enjeu(ecart: Decimal | None) -> str:
    return "Peut changer la note" + ("" if ecart is None else f" de {dire_nombre(ecart)} points au plus")


def _possibles(bilan: Bilan) -> Iterator[tuple[Voie, QuestionVue | None]]:
    """Les voies possibles et la question qui trancherait ; une voie discrète ne se dit qu'une fois, sans détail."""
    seul_a_seul = False
    for voie in bilan.voies:
        if voie.certaine:
            continue
        if voie.discret:
            if not seul_a_seul:
                seul_a_seul = True
                yield voie, next((q for q in bilan.entretien.questions() if q.chemin == SEUL_A_SEUL), None)
            continue
        questions = (q for fait in voie.a_demander for q in bilan.questions_de(fait))
        if (question := next(questions, None)) is not None:
            yield voie, question


def _vues(pieces: Sequence[PieceAttendue]) -> int:
    return sum(piece.etat == VUE for piece in pieces)
