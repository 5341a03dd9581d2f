"""Le panneau vivant : la note et son intervalle, les voies, ce qui reste à demander, les pièces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from modele.bilan import Bilan
from modele.cotation.resultat import Cotation, Fourchette
from modele.dossier.entretien import QuestionVue
from modele.dossier.pieces import VUE
from modele.dossier.questions import SEUL_A_SEUL
from modele.dossier.validation import manques_pour_enregistrer
from modele.mots.ecriture import dire_nombre
from modele.mots.note import DiseurDeNote
from modele.orientation.resultat import Voie
from modele.protection.mots import QUESTION_NEUTRE
from ui.composants import (
    BarreIntervalle,
    Bloc,
    Bouton,
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
from ui.ecrans.entretien.cartes import CarteVivante
from ui.ecrans.entretien.restantes import Restantes, questions_decisives
from ui.theme import Ton

AU_PLUS: Final = 3
POSSIBLES: Final = 2
PIECES: Final = "pieces"
_SANS_GRILLE: Final = (
    "Aucune grille de cotation n'est saisie pour ce territoire : pas de note. C'est l'intercommunalité qui la donne, "
    "et l'administrateur du poste qui la saisit."
)


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
        self.detail = self.offrir("Ligne par ligne", "cotation")
        self.ajouter(self._chiffres, self._barre, self._preuve, self._mention)

    def montrer(self, bilan: Bilan) -> None:
        """Change les nombres sans refaire la carte."""
        cotation = bilan.cotation
        for widget in (self._chiffres, self._barre, self._preuve):
            widget.setVisible(cotation is not None)
        self.detail.setVisible(cotation is not None)
        if cotation is None:
            self._mention.setText(_SANS_GRILLE)
            return
        grand, reste = _en_deux(cotation.declaree)
        self._grand.setText(grand)
        self._reste.setText(reste)
        plafond = self._plafond()
        bas, haut = cotation.declaree.min or Decimal(0), cotation.declaree.max
        self._barre.montrer(
            bas,
            plafond if haut is None else haut,
            max(plafond, haut or plafond),
            DiseurDeNote().fourchette(cotation.declaree),
        )
        self._preuve.setText(f"déclarée {_court(cotation.declaree)} · vérifiée {_court(cotation.verifiee)}")
        tout = list(_mentions(cotation))
        # L'essentiel ici ; le reste est dans la bulle, et en toutes lettres sous la note ligne par ligne.
        self._mention.setText(f"{tout[0].partition('. ')[0].rstrip('.')}.")
        self._mention.setToolTip("\n".join(tout))


class CarteReste(CarteVivante):
    """Ce qui reste à demander : les questions qui changent le plus la note, la plus forte d'abord."""

    def __init__(self) -> None:
        super().__init__("Ce qui reste à demander")
        self._tout = False
        self.hide()

    def montrer(self, bilan: Bilan) -> None:
        """Change les questions. Avant le calcul exact, rien n'est retiré ni ajouté : pas de clignotement."""
        bilan = bilan.dit
        cotation = bilan.cotation
        if cotation is None:
            self.hide()
            return
        if not cotation.decisifs and not cotation.declaree.certaine and not cotation.exact:
            return
        restent = list(questions_decisives(bilan))
        self.setVisible(bool(restent))
        vu = (self._tout, [(question.chemin, ecart) for question, ecart in restent])
        self.remplacer(vu, lambda: self._remplir(restent))

    def _remplir(self, restent: Sequence[tuple[QuestionVue, Decimal | None]]) -> None:
        for question, ecart in restent if self._tout else restent[:AU_PLUS]:
            lien = Lien(question.question.dire, partial(self.demander.emit, question.chemin), description=_enjeu(ecart))
            self.ajouter(lien)
        if len(restent) > AU_PLUS:
            mot = "Montrer moins" if self._tout else f"Voir les {len(restent)} questions"
            self.ajouter(rangee(Bouton(mot, partial(self._basculer, restent), genre="discret"), 1))

    def _basculer(self, restent: Sequence[tuple[QuestionVue, Decimal | None]]) -> None:
        self._tout = not self._tout
        vu = (self._tout, [(question.chemin, ecart) for question, ecart in restent])
        self.remplacer(vu, lambda: self._remplir(restent))


class CarteOrientation(CarteVivante):
    """Les voies retenues, la plus urgente d'abord, puis les questions qui en décideraient d'autres."""

    def __init__(self) -> None:
        super().__init__("Orientation")
        self.detail = self.offrir("Gestes, numéros", "orientation")

    def montrer(self, bilan: Bilan) -> None:
        """Change les voies."""
        retenues, possibles = list(bilan.voies_montrees), _possibles(bilan)
        vu = ([v.id for v in retenues], [(q.chemin, libelles) for q, libelles in possibles])
        self.detail.setVisible(bool(retenues))
        if self.remplacer(vu, lambda: self._remplir(retenues, possibles)) and retenues:
            annoncer(self, f"Orientation : {retenues[0].libelle}")

    def _remplir(self, retenues: Sequence[Voie], possibles: Sequence[tuple[QuestionVue, list[str]]]) -> None:
        voies = [
            colonne(rangee(pastille_urgence(voie.urgence.value), 1), texte(voie.libelle, "gras"), ecart=1)
            for voie in retenues[:AU_PLUS]
        ]
        if voies:
            self.ajouter(colonne(*voies, ecart=3))
        if len(retenues) > AU_PLUS:
            self.ajouter(etiquette_aide(_encore(len(retenues) - AU_PLUS, "autre voie", "autres voies")))
        if retenues and possibles:
            self.ajouter(separation())
        if possibles:
            self.ajouter(rangee(Pastille("possible", Ton.NEUTRE, "circle-question-mark"), 1))
        for question, libelles in possibles[:AU_PLUS]:
            self.ajouter(texte(_abreger(libelles)))
            self.ajouter(Lien(question.question.dire, partial(self.demander.emit, question.chemin)))
        if len(possibles) > AU_PLUS:
            self.ajouter(etiquette_aide(_encore(len(possibles) - AU_PLUS, "autre question", "autres questions")))
        if not retenues and not possibles:
            self.ajouter(etiquette_aide("Aucune voie pour l'instant."))


class CartePieces(CarteVivante):
    """Ce qui est exigé pour enregistrer, ce qui viendra plus tard."""

    def __init__(self) -> None:
        super().__init__("Pièces")
        self.noter = Bouton("Noter", partial(self.demander.emit, PIECES), genre="discret", description="Pièces")
        self.entete.addWidget(self.noter)

    def montrer(self, bilan: Bilan) -> None:
        """Change les comptes."""
        manques = manques_pour_enregistrer(bilan.document, bilan.pieces)
        vue = all(manque.chemin != PIECES for manque in manques)
        plus_tard = [p for p in bilan.pieces.instruction if p.certaine]
        vu = (vue, len(plus_tard) - sum(piece.etat == VUE for piece in plus_tard))
        self.remplacer(vu, lambda: self._remplir(*vu))

    def _remplir(self, vue: bool, plus_tard: int) -> None:
        mot, ton = ("vue", Ton.COURANT) if vue else ("1 à voir", "")
        self.ajouter(LigneValeur("Exigée pour enregistrer", mot, ton), separation())
        self.ajouter(LigneValeur("Pour plus tard", f"{plus_tard} à apporter" if plus_tard else "aucune"))


class Panneau(QWidget):
    """Les quatre cartes, nourries du même bilan. ``demander`` : le chemin d'une question ; ``voir`` : un écran."""

    demander = Signal(str)
    voir = Signal(str)

    def __init__(self, plafond: Callable[[], Decimal], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note, self.reste = CarteNote(plafond), CarteReste()
        self.orientation, self.pieces = CarteOrientation(), CartePieces()
        self._cartes: tuple[Any, ...] = (self.note, self.orientation, self.reste, self.pieces)
        for carte in self._cartes:
            carte.demander.connect(self.demander)
            carte.voir.connect(self.voir)
        self._boite = colonne(*self._cartes, 1, marges=4, ecart=3)
        self.setLayout(self._boite)

    def coiffer(self, carte: QWidget) -> None:
        """Met cette carte au-dessus des autres : elle paraît sans pousser ce qui se tape."""
        self._boite.insertWidget(0, carte)

    def montrer(self, bilan: Bilan) -> bool:
        """Met tout à jour ; vrai si une carte s'est refaite."""
        avant = [carte.refaites for carte in self._cartes]
        for carte in self._cartes:
            carte.montrer(bilan)
        return avant != [carte.refaites for carte in self._cartes]


def _en_deux(points: Fourchette) -> tuple[str, str]:
    """« 41 » et « à 63 points »."""
    grand, _, reste = DiseurDeNote().fourchette(points).partition(" ")
    return grand, reste


def _court(points: Fourchette) -> str:
    return DiseurDeNote().courte(points)


def _mentions(cotation: Cotation) -> Iterator[str]:
    yield cotation.mention
    yield from (f"Circuit à part : {circuit.libelle}." for circuit in cotation.hors_cotation if circuit.certain)
    yield from DiseurDeNote().reserves(cotation)


def _enjeu(ecart: Decimal | None) -> str:
    return "Peut changer la note" + ("" if ecart is None else f" de {dire_nombre(ecart)} points au plus")


def _possibles(bilan: Bilan) -> list[tuple[QuestionVue, list[str]]]:
    """Chaque question qui déciderait de voies possibles ; de toutes les voies discrètes, une ligne, la même partout."""
    trouvees: dict[str, tuple[QuestionVue, list[str]]] = {}
    restantes = Restantes(bilan)
    for voie in bilan.voies:
        # Nulle réponse n'y mène : elle tient en une ligne à l'écran d'orientation, sans inquiéter ici.
        cherchee = voie.menee and not voie.certaine and not voie.discret
        question = restantes.premiere(*voie.a_demander) if cherchee else None
        if question is not None:
            libelles = trouvees.setdefault(question.chemin, (question, []))[1]
            if voie.libelle not in libelles:
                libelles.append(voie.libelle)
    seul = next((q for q in bilan.entretien.questions() if q.chemin == SEUL_A_SEUL), None)
    if seul is not None and seul.reponse is not True:
        # La même ligne dans tous les dossiers, quoi qu'on y ait répondu, jusqu'à ce que l'agent coche.
        trouvees[SEUL_A_SEUL] = (seul, [QUESTION_NEUTRE])
    # Ce qui se demande seul à seul ne se perd jamais sous la pile.
    a_part = [trouvees.pop(SEUL_A_SEUL)] if SEUL_A_SEUL in trouvees else []
    autres = list(trouvees.values())
    return [*autres[:POSSIBLES], *a_part, *autres[POSSIBLES:]]


def _abreger(libelles: Sequence[str]) -> str:
    return libelles[0] if len(libelles) == 1 else f"{libelles[0]}, et {len(libelles) - 1} de plus"


def _encore(nombre: int, un: str, plusieurs: str) -> str:
    return f"et {nombre} {un if nombre == 1 else plusieurs}"
