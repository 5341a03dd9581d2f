"""Ce qui manque encore à un dossier, et pour quoi : enregistrer la demande, la note, l'étude. Sans Qt.

Ce qui se demande seul à seul n'y est jamais nommé : la même ligne neutre le dit dans tout dossier.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from modele.bilan import Bilan
from modele.dossier.chemins import lire
from modele.dossier.entretien import QuestionVue, Visibilite
from modele.dossier.pieces import VUE
from modele.dossier.questions import SEUL_A_SEUL
from modele.dossier.validation import COMME_SA_PIECE, date_a_peu_pres
from modele.mots.noms import champ_de
from modele.mots.reponses import Diseur
from modele.protection.reserve import piece_reservee, question_reservee
from ui.ecrans.entretien.pieces import LISTE as PIECES
from ui.ecrans.entretien.restantes import questions_decisives


@dataclass(frozen=True, slots=True)
class Manque:
    """Une réponse ou une pièce qui manque : ce que c'est, et où la donner."""

    sujet: str
    chemin: str


@dataclass(frozen=True, slots=True)
class Manques:
    """Ce qui manque, chacun une fois, au premier usage qui en a besoin.

    ``enregistrer`` : ce que le formulaire exige, et la pièce (CCH R441-2-3). ``note`` : ce qui peut encore la changer,
    le plus décisif d'abord. ``etude`` : le reste de ce qui se demande.
    """

    enregistrer: tuple[Manque, ...]
    note: tuple[Manque, ...]
    etude: tuple[Manque, ...]


def manques(bilan: Bilan) -> Manques:
    """Ce qui manque au dossier de ce bilan."""
    diseur = Diseur(bilan.regles.vocabulaire, bilan.document)
    ouvertes = [vue for vue in bilan.entretien.questions() if _ouverte(vue)]
    exigees = [vue for vue in ouvertes if _exigee(vue)]
    decisives = [vue for vue, _ in questions_decisives(bilan) if _ouverte(vue)]
    pris: set[str] = set()

    def une_fois(vues: list[QuestionVue]) -> tuple[Manque, ...]:
        neufs = [chemin for chemin in dict.fromkeys(vue.chemin for vue in vues) if chemin not in pris]
        pris.update(neufs)
        return tuple(Manque(diseur.sujet(chemin), chemin) for chemin in neufs)

    enregistrer = (*une_fois(exigees), *_dates_a_peu_pres(bilan, diseur), *_pieces(bilan))
    return Manques(enregistrer, une_fois(decisives), une_fois(ouvertes))


def _ouverte(vue: QuestionVue) -> bool:
    """Une question posée sans réponse, qui peut se nommer devant tous."""
    question = vue.question
    return (
        vue.visibilite is Visibilite.VISIBLE
        and not vue.repondue
        and not (question.ephemere or question.coche or question_reservee(question))
        and question.champ not in (PIECES, SEUL_A_SEUL)
    )


def _exigee(vue: QuestionVue) -> bool:
    champ = champ_de(vue.chemin)
    return champ is not None and champ.champ.obligatoire


def _dates_a_peu_pres(bilan: Bilan, diseur: Diseur) -> Iterator[Manque]:
    """Une date exigée dont on ne sait que le mois ou l'année : répondue, et que faire pour enregistrer."""
    for vue in bilan.entretien.questions():
        if vue.visibilite is Visibilite.VISIBLE and _exigee(vue) and date_a_peu_pres(lire(bilan.document, vue.chemin)):
            yield Manque(f"{diseur.sujet(vue.chemin)} : {COMME_SA_PIECE}", vue.chemin)


def _pieces(bilan: Bilan) -> Iterator[Manque]:
    for attendue in bilan.pieces.enregistrement:
        if attendue.certaine and attendue.etat != VUE and not piece_reservee(attendue.piece):
            yield Manque(attendue.piece.libelle, PIECES)
