"""Ce que le triage rend : quand agir, les gestes dans l'ordre, les numéros, à dire, à ne pas faire."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.bilan import Bilan
from modele.dossier.chemins import lire
from modele.dossier.questions import SEUL_A_SEUL
from modele.orientation.contacts_locaux import a_joindre
from modele.orientation.resultat import Voie
from modele.protection.mots import QUESTION_NEUTRE
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    etiquette_aide,
    intertitre,
    pastille_urgence,
    rangee,
    retirer,
    texte,
)
from ui.composants.lignes import point
from ui.ecrans.voie import agir, entete
from ui.theme import Ton, espace

_MEMOIRE = (
    "Rien n'est enregistré : ces réponses restent en mémoire tant que vous n'avez pas choisi « Poursuivre ». "
    "Ce qui ne s'écrit pas est alors oublié : faites d'abord ces gestes."
)
_MASQUE = "Rien de cette voie ne se montre sans votre geste : « Voir le résultat », puis « Montrer les gestes »."
_COURTS = 4
_RIEN_DIT = "Rien n'est encore dit."


class Verdict(Carte):
    """La voie la plus urgente, en bref, tenue à jour à chaque réponse."""

    def __init__(self) -> None:
        super().__init__("Ce qu'il faut faire")
        self._vu: object = None

    def oublier(self) -> None:
        """Ne montre plus rien des réponses passées."""
        self._vu = None
        self.vider()

    def montrer(self, bilan: Bilan | None) -> None:
        """Montre la voie la plus urgente et ses premiers gestes ; sans bilan, rien n'est encore dit."""
        retenues = bilan.voies_retenues if bilan is not None else []
        if self._vu == [voie.id for voie in retenues]:
            return
        self._vu = [voie.id for voie in retenues]
        self.vider()
        if bilan is None or not retenues:
            self.ajouter(etiquette_aide(_RIEN_DIT))
            return
        voie = retenues[0]
        self.ajouter(rangee(pastille_urgence(voie.urgence.value), 1), intertitre(voie.libelle))
        if voie.discret:
            self.ajouter(etiquette_aide(_MASQUE))
            return
        for geste in voie.gestes[:_COURTS]:
            self.ajouter(point("·", geste))
        composer = [c for c in a_joindre(voie.contacts, bilan.regles.contacts) if 0 < len(c.numero) <= _COURTS]
        if composer:
            self.ajouter(texte(" · ".join(n.numero for n in composer), "sous_titre", Ton.IMMEDIAT))
        if len(retenues) > 1:
            self.ajouter(etiquette_aide(f"et {len(retenues) - 1} autre{'s' if len(retenues) > 2 else ''} ensuite"))


class PageResultat(QWidget):
    """Le résultat entier, quand les questions sont posées ou dès qu'on le demande."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boite = QVBoxLayout(self)
        self._boite.setContentsMargins(0, 0, 0, 0)
        self._boite.setSpacing(espace(3))
        self._montre: tuple[Bilan, Sequence[str]] | None = None
        self.devoilee, self._dit = False, True

    def montrer(self, bilan: Bilan, restent: Sequence[str], *, dit: bool = True) -> None:
        """Montre la voie la plus urgente, puis les autres. ``restent`` : ce qui reste à demander, en mots.

        La phrase « seul à seul » a sa place, la même quoi qu'on ait répondu : ce n'est pas une question qui reste.
        ``dit`` faux : aucune réponse encore, aucune voie ne se montre.

        Les gestes d'une voie discrète ne se montrent que d'un geste.
        """
        self._montre, self._dit, self.devoilee = (bilan, restent), dit, False
        self._remplir(bilan, restent)

    def cacher(self) -> None:
        """Cache de nouveau les gestes d'une voie discrète."""
        if self.devoilee:
            self._basculer()

    def vider(self) -> None:
        """Oublie tout : rien du résultat ne reste, pas même caché."""
        self._montre, self.devoilee = None, False
        while (place := self._boite.takeAt(0)) is not None:
            retirer(place.widget() or place.layout())

    def _basculer(self) -> None:
        self.devoilee = not self.devoilee
        if self._montre is not None:
            self._remplir(*self._montre)

    def _remplir(self, bilan: Bilan, restent: Sequence[str]) -> None:
        while (place := self._boite.takeAt(0)) is not None:
            retirer(place.widget() or place.layout())
        retenues = bilan.voies_retenues if self._dit else []
        if not self._dit:
            self._boite.addWidget(texte(_RIEN_DIT, "fort"))
        if retenues:
            self._voie(retenues[0], bilan)
        if len(retenues) > 1:
            self._boite.addWidget(_autres(retenues[1:]))
        if restent:
            carte = Carte("Reste à demander")
            carte.ajouter(*(point("·", phrase) for phrase in restent))
            self._boite.addWidget(carte)
        if lire(bilan.document, SEUL_A_SEUL) is not True:
            self._boite.addWidget(texte(f"{QUESTION_NEUTRE}.", "gras"))
        self._boite.addWidget(etiquette_aide(_MEMOIRE))
        self._boite.addStretch(1)

    def _voie(self, voie: Voie, bilan: Bilan) -> None:
        self._boite.addWidget(entete(voie))
        if voie.discret:
            mot = "Cacher les gestes" if self.devoilee else "Montrer les gestes"
            devoiler = Bouton(mot, self._basculer, icone="eye")
            self._boite.addWidget(Bloc(rangee(devoiler, 1)))
            if not self.devoilee:
                return
        self._boite.addWidget(agir(voie, bilan))
        fondement = f"Fondement : {voie.provenance.fondement}" if voie.provenance.fondement else ""
        reserve = " · à faire valider" if voie.provenance.a_valider else ""
        if fondement:
            self._boite.addWidget(etiquette_aide(f"{fondement}{reserve}"))


def _autres(voies: Sequence[Voie]) -> Carte:
    carte = Carte("Ensuite")
    for voie in voies:
        ligne = rangee(pastille_urgence(voie.urgence.value), texte(voie.libelle), ecart=3)
        ligne.setStretch(1, 1)
        carte.ajouter(ligne)
    return carte
