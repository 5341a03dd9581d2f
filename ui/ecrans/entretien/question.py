"""La page d'une question : ce qui se dit, le libellé officiel, la réponse, ce qui la précise, ce qui surprend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from modele.bilan import Bilan
from modele.dossier.chemins import ABSENT, chemin_de_confirmation, lire
from modele.dossier.entretien import QuestionVue, Visibilite
from modele.dossier.questions import SEUL_A_SEUL
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    GroupeChoix,
    annoncer,
    colonne,
    etiquette_aide,
    raccourcis,
    rangee,
    retirer,
    texte,
)
from ui.composants.frappes import posement
from ui.composants.mise_en_page import faire_voir
from ui.ecrans.entretien.avance import Avance
from ui.ecrans.entretien.confirmation import Confirmation
from ui.ecrans.entretien.ecriture import Ecriture
from ui.ecrans.entretien.fabrique import Place, fabriquer
from ui.ecrans.entretien.parcours import Etape
from ui.ecrans.entretien.plume import Plume
from ui.ecrans.entretien.volet_champ import EFFACER, HISTOIRE
from ui.saisies.choix import SaisieChoix, code_sans_reponse, reponse_sans_reponse, sans_reponse
from ui.theme import Ton, espace
from ui.theme.icones import Icone


class Entete(QWidget):
    """Où l'on en est, la question dite, le libellé officiel, et pourquoi elle se pose (F1)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ou = texte("", "petit")
        self.dire = texte("", "titre")
        self.officiel = texte("", "petit")
        self._raison = texte("")
        self._mots = ("", "", "", "")
        self.pourquoi = Carte(nom="Pourquoi cette question ?", ton=Ton.ACTION)
        ligne = rangee(Icone("circle-question-mark", Ton.ACTION), self._raison, ecart=3)
        ligne.setStretch(1, 1)
        self.pourquoi.ajouter(ligne)
        self.pourquoi.hide()
        mots = colonne(self.ou, self.dire, self.officiel, ecart=1)
        self.setLayout(colonne(mots, self.pourquoi, ecart=3))

    def montrer(self, ou: str, dire: str, officiel: str, pourquoi: str) -> None:
        """Change de question, et la raison se referme ; la même ne change rien."""
        mots = (ou, dire, officiel, pourquoi)
        if mots == self._mots:
            return
        self._mots = mots
        self.ou.setText(ou)
        self.dire.setText(dire)
        self.officiel.setText(officiel)
        self.officiel.setVisible(bool(officiel))
        self._raison.setText(pourquoi)
        self.pourquoi.hide()

    @property
    def a_expliquer(self) -> bool:
        """Vrai si la question a une raison, qui ne se montre pas encore."""
        return bool(self._raison.text()) and self.pourquoi.isHidden()

    def expliquer(self) -> None:
        """Ouvre ou ferme « Pourquoi cette question ? »."""
        if not self._raison.text():
            return
        self.pourquoi.setVisible(self.pourquoi.isHidden())
        if not self.pourquoi.isHidden():
            annoncer(self, self._raison.text())


class Alertes(QWidget):
    """« Inhabituel, à confirmer » : laisse passer, et garde trace de la confirmation."""

    confirmee = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boite = QVBoxLayout(self)
        self._boite.setContentsMargins(0, 0, 0, 0)
        self._boite.setSpacing(espace(2))
        self._montrees: tuple[str, ...] = ()

    def montrer(self, alertes: Sequence[str], confirmee: str) -> None:
        """Montre les alertes qui ne sont pas déjà confirmées."""
        voulues = tuple(alerte for alerte in alertes if alerte != confirmee)
        if voulues == self._montrees:
            return
        self._montrees = voulues
        while (element := self._boite.takeAt(0)) is not None:
            retirer(element.widget())
        for alerte in voulues:
            self._boite.addWidget(self._carte(alerte))
            annoncer(self, alerte)
        if voulues:
            # Sous la page, et sous le volet du champ : dite sans se voir, elle se passerait sans être lue.
            QTimer.singleShot(0, self, self._se_montrer)

    def _se_montrer(self) -> None:
        """Se fait voir, sans perdre de vue ce qui a le clavier."""
        faire_voir(self)
        if (ici := QApplication.focusWidget()) is not None:
            faire_voir(ici)

    def _carte(self, alerte: str) -> Carte:
        carte = Carte(nom=f"À confirmer : {alerte}", ton=Ton.JOUR)
        confirmer = Bouton("C'est bien cela", partial(self.confirmee.emit, alerte), description=alerte)
        ligne = rangee(Icone("triangle-alert", Ton.JOUR), texte(alerte), confirmer, ecart=3)
        ligne.setStretch(1, 1)
        carte.ajouter(ligne)
        return carte


class PageQuestion(QWidget):
    """Une question et celles qui la précisent. ``suite`` : Entrée pressée, tout est lu.

    ``histoire`` : le champ dont on veut l'histoire. ``en_cours`` : la question ``posee`` a pu changer.
    """

    suite = Signal()
    histoire = Signal(str)
    en_cours = Signal()

    def __init__(self, plume: Plume, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plume = plume
        self._cle: tuple[str, Any] | None = None
        self._places: list[Place] = []
        self._precisions: dict[str, tuple[QWidget, list[Place]]] = {}
        self._ecriture = Ecriture(plume)
        self._sans_groupe: GroupeChoix | None = None
        self._vue: QuestionVue | None = None
        self._frappee = False
        self._avance = Avance(self._avancer, self)
        self._document: Mapping[str, Any] | None = None
        self.alertes = Alertes()
        self.alertes.confirmee.connect(self._confirmer)
        self.su = Confirmation()
        self.su.confirmee.connect(self._confirmer_su)
        self.effacer = Bouton("Effacer la réponse", self._effacer, genre="discret", icone="x", montre=EFFACER)
        self.passe = Bouton("Historique", self._raconter, genre="discret", montre=HISTOIRE)
        raccourcis.poser(self, {EFFACER: posement(self._effacer), HISTOIRE: self._raconter})
        self._note = etiquette_aide("")
        self._corps = QVBoxLayout()
        self._corps.setSpacing(espace(3))
        boite = colonne(self._note, self.su, ecart=3)
        boite.addLayout(self._corps)
        boite.addWidget(self.alertes)
        boite.addLayout(rangee(self.effacer, self.passe, 1))
        boite.addStretch(1)
        self.setLayout(boite)

    # Montrer.

    def montrer(self, etape: Etape, bilan: Bilan) -> None:
        """Montre l'étape, neuve ou mise à jour."""
        vue = etape.dite
        assert vue is not None
        # Ce qui s'offre dépend de qui est là.
        cle = (etape.cle, lire(bilan.document, SEUL_A_SEUL))
        neuve = cle != self._cle
        self._vue, self._document = vue, bilan.document
        if neuve:
            self._cle = cle
            self._vider()
            self._places = fabriquer(vue, bilan)
            for place in self._places:
                self._corps.addWidget(place.saisie)
                # Qt ne montre un ajout qu'au tour suivant : le focus n'attend pas.
                place.saisie.show()
                self._brancher(place)
            self._sans_groupe = self._proposer_sans_reponse(vue)
        self._remplir(self._places, bilan)
        self._remplir_sans_groupe(bilan)
        self._preciser(etape, bilan)
        self._annoter(vue, bilan)
        if neuve:
            self._ecriture.restaurer(self._toutes())
        self._avance.conclure()
        self.en_cours.emit()

    @property
    def posee(self) -> QuestionVue | None:
        """La question montrée."""
        return self._vue

    def focus_initial(self) -> None:
        """Donne le focus à la réponse."""
        if self._places:
            self._places[0].saisie.focus_initial()

    def valider(self) -> bool:
        """Lit tout ce qui est tapé ; faux, et le focus sur la faute, si quelque chose ne se lit pas."""
        return self._ecriture.valider(self._toutes())

    def quitter(self) -> None:
        """Oublie la question montrée : la prochaine sera neuve."""
        self._cle = None

    def _vider(self) -> None:
        self._precisions.clear()
        self._ecriture.vider()
        while (element := self._corps.takeAt(0)) is not None:
            retirer(element.widget())

    def _remplir(self, places: Sequence[Place], bilan: Bilan) -> None:
        for place in places:
            place.saisie.poser(lire(bilan.document, place.chemin))

    def _proposer_sans_reponse(self, vue: QuestionVue) -> GroupeChoix | None:
        """Pour un groupe de champs (une adresse), ne pas répondre vaut pour tous."""
        if vue.question.genre is not None:
            return None
        groupe = sans_reponse(vue.question.libelle)
        groupe.choisi.connect(
            lambda code: self._plume.ecrire({place.chemin: reponse_sans_reponse(code) for place in self._places})
        )
        groupe.entree.connect(self.suite)
        self._corps.addWidget(groupe)
        return groupe

    def _remplir_sans_groupe(self, bilan: Bilan) -> None:
        if self._sans_groupe is not None:
            codes = {code_sans_reponse(lire(bilan.document, place.chemin)) for place in self._places}
            self._sans_groupe.poser(codes.pop() if len(codes) == 1 else None)

    def _preciser(self, etape: Etape, bilan: Bilan) -> None:
        voulues, neuves = {vue.chemin: vue for vue in etape.precisions}, []
        for chemin in [c for c in self._precisions if c not in voulues]:
            retirer(self._precisions.pop(chemin)[0])
        for chemin, vue in voulues.items():
            if chemin not in self._precisions:
                places = fabriquer(vue, bilan, precision=True)
                for place in places:
                    self._brancher(place)
                retrait = Bloc(rangee(*(place.saisie for place in places)))
                retrait.layout().setContentsMargins(espace(12), 0, 0, espace(1))  # type: ignore[union-attr]
                self._precisions[chemin] = (retrait, places)
                neuves += places
            bloc, places = self._precisions[chemin]
            self._placer(bloc, etape)
            bloc.show()
            self._remplir(places, bilan)
        if neuves and self._frappee:
            # La réponse vient d'une touche, et appelle une précision : le clavier y va.
            neuves[0].saisie.focus_initial()
        self._frappee = False

    def _placer(self, bloc: QWidget, etape: Etape) -> None:
        premiere = self._places[0].saisie
        if isinstance(premiere, SaisieChoix) and etape.dite is not None:
            premiere.preciser(etape.dite.reponse, bloc)
        else:
            self._corps.addWidget(bloc)

    def _annoter(self, vue: QuestionVue, bilan: Bilan) -> None:
        note = "Cette question ne se pose peut-être pas : cela dépend d'autres réponses."
        self._note.setText(note)
        self._note.setVisible(vue.visibilite is Visibilite.PEUT_ETRE)
        confirmee = lire(bilan.document, chemin_de_confirmation(vue.chemin))
        surprises = [alerte for place in self._places for alerte in self._surprises(place, bilan)]
        self.alertes.montrer([*vue.alertes, *surprises], confirmee if isinstance(confirmee, str) else "")
        self.su.montrer(vue, bilan)
        for geste in (self.effacer, self.passe):
            geste.setVisible(vue.reponse is not ABSENT)

    def _surprises(self, place: Place, bilan: Bilan) -> list[str]:
        return self._plume.alertes(place.chemin, lire(bilan.document, place.chemin))

    def _toutes(self) -> Iterator[Place]:
        yield from self._places
        for _, places in self._precisions.values():
            yield from places

    # Écrire.

    def _brancher(self, place: Place) -> None:
        self._ecriture.brancher(place, partial(self._entrer, place))
        place.saisie.avance.connect(self._retenir_la_frappe)

    def _retenir_la_frappe(self) -> None:
        """La réponse vient d'une touche : la précision qu'elle appelle, déjà là ou à venir, prend le clavier."""
        precisions = [place for _, places in self._precisions.values() for place in places]
        vide = next((p for p in precisions if lire(self._document or {}, p.chemin) is ABSENT), None)
        self._frappee = vide is None
        if vide is not None:
            vide.saisie.focus_initial()

    def _entrer(self, place: Place) -> None:
        """Entrée va à la précision qui attend une réponse ; sinon à la suite, une fois su ce que la réponse appelle."""
        self._avance.devoir(place.chemin, a_jour=self._document == self._plume.document)

    def _avancer(self, chemin: str) -> None:
        places = list(self._toutes())
        rang = next((rang for rang, place in enumerate(places) if place.chemin == chemin), None)
        if rang is None:
            return
        vide = next((p for p in places[rang + 1 :] if lire(self._document or {}, p.chemin) is ABSENT), None)
        if vide is None:
            self.suite.emit()
        else:
            vide.saisie.focus_initial()

    def _raconter(self) -> None:
        if self._vue is not None and self._vue.reponse is not ABSENT:
            self.histoire.emit(self._vue.chemin)

    def _effacer(self) -> None:
        if self._vue is not None and self._vue.reponse is not ABSENT:
            self._plume.ecrire(dict.fromkeys((place.chemin for place in self._places), ABSENT))
            self.focus_initial()

    def _confirmer_su(self, valeur: Any) -> None:
        if self._vue is not None:
            self._plume.ecrire({self._vue.chemin: valeur})
            self.focus_initial()

    def _confirmer(self, alerte: str) -> None:
        if self._vue is not None:
            self._plume.confirmer(self._vue.chemin, alerte)
            self.focus_initial()
