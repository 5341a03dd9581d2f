"""L'écran du premier contact : une question à la fois, une touche par réponse, rien d'écrit avant « Poursuivre »."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.bilan import Bilan
from modele.dossier.chemins import ABSENT, Document, poser
from modele.dossier.entretien import SEUL_A_SEUL, QuestionVue, Visibilite
from modele.protection.discretion import rendre_discret
from modele.protection.mots import QUESTION_NEUTRE
from ui.composants import (
    Avancement,
    Bloc,
    Bouton,
    Section,
    annoncer,
    colonne,
    etiquette_aide,
    raccourcis,
    rangee,
    texte,
)
from ui.composants.pile import Pile
from ui.composants.sections import ListeSections
from ui.composants.tabulation import ordonner
from ui.composants.volets import Volets
from ui.ecrans.base import Ecran
from ui.ecrans.entretien.fabrique import Place, fabriquer
from ui.ecrans.entretien.question import Entete
from ui.ecrans.triage.resultat import PageResultat, Verdict
from ui.etat.atelier import atelier_de
from ui.etat.session import Session
from ui.saisies.choix import dire_reponse
from ui.theme import espace

SECTION: Final = "triage"
_FIN: Final = "resultat"
_COURT: Final = 4
_RIEN: Final = "Sans nom, sans papier. Rien ne s'enregistre avant « Poursuivre »."


class EcranTriage(Ecran):
    """Le triage. ``document`` : les réponses, en mémoire seulement."""

    def __init__(self, session: Session) -> None:
        super().__init__("Premier contact", session)
        self.atelier = atelier_de(session)
        self.document: Document = {}
        self._bilan: Bilan | None = None
        self._chemin = ""
        self._places: list[Place] = []
        self.entete = Entete()
        self.verdict = Verdict()
        self.resultat = PageResultat()
        self.reponses = ListeSections("Questions du premier contact")
        self._saisies = QVBoxLayout()
        question = QWidget()
        question.setLayout(colonne(self.entete, ecart=4))
        question.layout().addLayout(self._saisies)  # type: ignore[union-attr]
        self._question = question
        self._attente = texte("Le droit et le territoire se chargent…", "doux")
        self.pages = Pile((self._attente, question, self.resultat))
        self._disposer()
        self.atelier.pret.connect(self._commencer)
        self.reponses.choisie.connect(self._aller_a)
        session.ferme.connect(self.resultat.cacher)
        gestes = {"Alt+Left": self.reculer, "F1": self.entete.expliquer}
        raccourcis.poser(self, {**gestes, "Ctrl+Return": self.conclure, "Ctrl+Enter": self.conclure})

    def _disposer(self) -> None:
        centre = QWidget()
        centre.setLayout(colonne(self.pages, 1))
        centre.layout().setContentsMargins(espace(11), espace(6), espace(11), espace(4))  # type: ignore[union-attr]
        gauche, droite = QWidget(), QWidget()
        gauche.setLayout(colonne(texte("Premier contact", "fort"), self.reponses, etiquette_aide(_RIEN), 1, marges=4))
        droite.setLayout(colonne(self.verdict, 1, marges=4))
        self.volets = Volets(gauche, centre, droite, self._pied(), (290, 520, 340))
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(self.volets)

    def _pied(self) -> QWidget:
        self.precedent = Bouton("Précédent", self.reculer, montre="Alt+Left")
        self.raison = Bouton("Pourquoi ?", self.entete.expliquer, genre="discret", montre="F1")
        self.recommencer = Bouton("Recommencer", self._recommencer, genre="discret")
        self.voir = Bouton("Voir le résultat", self.conclure, montre="Ctrl+Return")
        self.recommencer.hide()
        self.poursuivre = Bouton("Poursuivre : ouvrir le dossier", self._poursuivre, genre="principal", montre="Return")
        self.poursuivre.hide()
        pied = Bloc(rangee(self.precedent, self.recommencer, 1, self.raison, 1, self.voir, self.poursuivre, ecart=2))
        pied.layout().setContentsMargins(espace(11), espace(3), espace(11), espace(6))  # type: ignore[union-attr]
        return pied

    # Paraître.

    def paraitre(self, **_arguments: Any) -> None:
        self.session.fermer_dossier()
        self.document = {"territoire": self.session.preferences.territoire}
        self._bilan = None
        self._vider()
        self.pages.montrer(self._attente)
        self.atelier.preparer()

    def disparaitre(self) -> None:
        self.document = {}
        self._bilan = None
        self._vider()
        self.resultat.vider()
        self.verdict.oublier()

    def _commencer(self) -> None:
        if self.document and self._bilan is None:
            self._calculer()
            self._ouvrir(next(self._visibles()).chemin)

    def _recommencer(self) -> None:
        self.paraitre()

    # Les questions.

    @property
    def chemin(self) -> str:
        """Le champ de la question montrée ; vide au résultat."""
        return "" if self.pages.courante is self.resultat else self._chemin

    def _visibles(self) -> Iterator[QuestionVue]:
        """Les questions qui se posent ; celles « seul à seul », seulement si l'agent a coché qu'il l'est."""
        if self._bilan is not None:
            for section in self._bilan.entretien.sections:
                if section.section.id == SECTION:
                    yield from (vue for vue in section.questions if vue.visibilite is Visibilite.VISIBLE)

    def _calculer(self) -> None:
        self._bilan = self.atelier.etablir(self.document)
        if self._bilan is not None:
            self.verdict.montrer(self._bilan)

    def _ouvrir(self, chemin: str) -> None:
        assert self._bilan is not None
        vue = next((v for v in self._visibles() if v.chemin == chemin), None)
        if vue is None:
            self.conclure()
            return
        if self._chemin != chemin:
            self._vider()
            self._chemin = chemin
            self._places = fabriquer(vue, self._bilan)
            for place in self._places:
                self._saisies.addWidget(place.saisie)
                place.saisie.show()
                place.saisie.repondue.connect(self._repondre)
                place.saisie.entree.connect(self.avancer)
        self.entete.montrer(
            self._ou(chemin), vue.question.dire, f"À lire à voix haute. {vue.question.officiel}", vue.question.pourquoi
        )
        for place in self._places:
            place.saisie.poser(vue.reponse)
        self._tourner(self._question)
        self._places[0].saisie.focus_initial()
        annoncer(self, vue.question.dire)

    def _ou(self, chemin: str) -> str:
        """Le rang de la question ; ce qui ne se demande que seul à seul vient après, et ne se compte pas."""
        comptees = [v.chemin for v in self._visibles() if v.chemin != SEUL_A_SEUL and not v.question.seul_a_seul]
        if chemin not in comptees:
            return "Premier contact · pour finir"
        return f"Premier contact · question {comptees.index(chemin) + 1} sur {len(comptees)}"

    def _vider(self) -> None:
        for place in self._places:
            place.saisie.hide()
            place.saisie.deleteLater()
        self._places, self._chemin = [], ""

    def _repondre(self, reponse: Any) -> None:
        """Garde la réponse en mémoire et passe à la suite : une touche par question."""
        self.document = poser(self.document, self._chemin, reponse)
        for vue in self._cachees():
            self.document = poser(self.document, vue.chemin, ABSENT)
        self._calculer()
        self.avancer()

    def _cachees(self) -> Iterator[QuestionVue]:
        """Ce qui ne se pose plus après cette réponse ne doit pas rester en mémoire."""
        self._calculer()
        assert self._bilan is not None
        for section in self._bilan.entretien.sections:
            if section.section.id == SECTION:
                yield from (
                    v for v in section.questions if v.visibilite is not Visibilite.VISIBLE and v.reponse is not ABSENT
                )

    def avancer(self) -> None:
        """La question d'après, ou le résultat."""
        self._bouger(1)

    def reculer(self) -> None:
        """La question d'avant."""
        self._bouger(-1)

    def _bouger(self, pas: int) -> None:
        if self._bilan is None:
            return
        ordre = [vue.chemin for vue in self._visibles()]
        rang = len(ordre) if self.pages.courante is self.resultat else ordre.index(self._chemin)
        rang = max(0, rang + pas)
        if rang >= len(ordre):
            self.conclure()
        else:
            self._ouvrir(ordre[rang])

    def _aller_a(self, chemin: str) -> None:
        if chemin == _FIN:
            self.conclure()
        else:
            self._ouvrir(chemin)

    # Le résultat.

    def conclure(self) -> None:
        """Montre ce qu'il faut faire, même si des questions restent."""
        if self._bilan is None:
            return
        self.resultat.montrer(self._bilan, list(self._restent()))
        self._tourner(self.resultat)
        self.poursuivre.setFocus()
        if voies := self._bilan.voies_retenues:
            annoncer(self, voies[0].libelle, pressant=True)

    def _restent(self) -> Iterator[str]:
        yield from (vue.question.dire for vue in self._visibles() if not vue.repondue)
        assert self._bilan is not None
        discrete = next((v for v in self._bilan.voies if v.discret and not v.certaine), None)
        if discrete is not None:
            yield discrete.libelle

    def _tourner(self, page: QWidget) -> None:
        self.pages.montrer(page)
        fini = page is self.resultat
        self.volets.montrer_droite(not fini)
        self.raison.setVisible(not fini)
        self.voir.setVisible(not fini)
        self.poursuivre.setVisible(fini)
        self.recommencer.setVisible(fini)
        self._montrer_reponses(fini)
        ordonner(self.reponses, self.pages, self.precedent, self.recommencer, self.raison, self.voir, self.poursuivre)
        self.volets.remonter()

    def _montrer_reponses(self, fini: bool) -> None:
        lignes = [_ligne(vue) for vue in self._visibles()]
        lignes.append(Section(_FIN, "Ce qu'il faut faire", Avancement.EN_COURS if fini else Avancement.A_VENIR))
        self.reponses.montrer(lignes, _FIN if fini else self._chemin)

    def _poursuivre(self) -> None:
        """Crée le dossier avec ces réponses, et passe à l'entretien."""
        assert self._bilan is not None
        document = self.document
        if any(voie.discret for voie in self._bilan.voies_retenues):
            document = rendre_discret(document)
        self.session.creer_dossier(document, lambda cree: self.aller.emit("entretien", {"dossier": cree}))


def _ligne(vue: QuestionVue) -> Section:
    mot = dire_reponse(vue.question, vue.reponse)
    fait = Avancement.FAITE if mot else Avancement.A_VENIR
    if vue.question.seul_a_seul:
        # Qui regarde cette liste ne doit apprendre ni la question, ni la réponse.
        return Section(vue.chemin, QUESTION_NEUTRE, fait, "dit" if mot else "")
    return Section(vue.chemin, vue.question.officiel, fait, mot if len(mot) <= _COURT else "dit")
