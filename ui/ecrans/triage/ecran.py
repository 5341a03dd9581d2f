"""L'écran du premier contact : une question à la fois, une touche par réponse, rien d'écrit avant « Poursuivre »."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.bilan import Bilan
from modele.dossier.chemins import ABSENT, Document, lire, poser
from modele.dossier.entretien import QuestionVue, Visibilite
from modele.dossier.ephemeres import est_ephemere
from modele.dossier.questions import SEUL_A_SEUL
from modele.mots.noms import champ_de
from modele.protection.discretion import rendre_discret
from ui.composants import (
    Avancement,
    Bloc,
    Bouton,
    Colonnes,
    GroupeChoix,
    Option,
    Section,
    annoncer,
    colonne,
    etiquette_aide,
    intertitre,
    raccourcis,
    rangee,
    texte,
)
from ui.composants.frappes import Regard
from ui.composants.pile import Pile
from ui.composants.sections import ListeSections
from ui.composants.volets import Volets
from ui.ecrans.base import Ecran
from ui.ecrans.entretien.fabrique import Place, fabriquer
from ui.ecrans.entretien.question import Entete
from ui.ecrans.triage.coches import PageCoches
from ui.ecrans.triage.papier import composer, demander, fiches_de
from ui.ecrans.triage.resultat import PageResultat, Verdict
from ui.etat.atelier import atelier_de
from ui.etat.session import Session
from ui.etat.voies_ouvertes import noter_une_voie
from ui.mots.dossier import dire_a_noter
from ui.saisies.choix import dire_reponse
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from ui.ecrans.imprimer.travail import Liasse

SECTION: Final = "triage"
_FIN: Final = "resultat"
_VU: Final = "vu"
_COURT: Final = 4
_REPONDU: Final = "répondu"
_SEUL: Final = "Seul à seul"
_RIEN: Final = "Sans nom, sans papier. Rien ne s'enregistre avant « Poursuivre »."
# La même phrase qu'il y ait eu quelque chose à oublier ou non : elle ne doit pas dire lequel.
_REDEMANDER: Final = "Le poste a été couvert : ce qui ne s'écrit pas est oublié. Redemandez-le seul à seul."
_GARDER: Final = Option(
    "garder", "La personne veut que ce soit gardé au dossier", "Jamais un nom, jamais sur un papier.", signe="G"
)
_DISCRET: Final = "Le dossier s'ouvrira discret."


class EcranTriage(Ecran):
    """Le triage. ``document`` : les réponses, en mémoire seulement ; celles qui ne s'écrivent pas, dans la session."""

    def __init__(self, session: Session) -> None:
        super().__init__("Premier contact", session)
        self.atelier = atelier_de(session)
        self.document: Document = {}
        self._bilan: Bilan | None = None
        self._chemin = ""
        self._places: list[Place] = []
        self._gardees: set[str] = set()
        self._discret = self._fini = self._cochait = False
        self.entete = Entete()
        self.verdict = Verdict()
        self.resultat = PageResultat()
        self.reponses = ListeSections("Questions du premier contact")
        self._saisies = QVBoxLayout()
        question = QWidget()
        question.setLayout(colonne(self.entete, ecart=4))
        question.layout().addLayout(self._saisies)  # type: ignore[union-attr]
        self.garder = GroupeChoix("Garder au dossier", [_GARDER], multiple=True, signes=True)
        question.layout().addWidget(self.garder)  # type: ignore[union-attr]
        self._question = question
        self.coches = PageCoches()
        self._attente = texte("Le droit et le territoire se chargent…", "doux")
        self.pages = Pile((self._attente, question, self.coches, self.resultat))
        self._regard = Regard(self)
        self._disposer()
        self.atelier.pret.connect(self._commencer)
        self.reponses.choisie.connect(self._aller_a)
        self.coches.cochees.connect(self._cocher)
        self.coches.entree.connect(self._revenir)
        self.garder.choisi.connect(self._garder_ou_non)
        self.garder.entree.connect(self.avancer)
        session.ferme.connect(self._se_couvrir)
        session.rouvert.connect(self._se_decouvrir)
        gestes = {"Alt+Left": self.reculer, "F2": self._montrer_les_coches}
        raccourcis.poser(self, {**gestes, "Ctrl+Return": self.conclure, "Ctrl+Enter": self.conclure})

    def _disposer(self) -> None:
        centre = QWidget()
        centre.setLayout(colonne(self.pages, 1))
        centre.layout().setContentsMargins(espace(11), espace(6), espace(11), espace(4))  # type: ignore[union-attr]
        gauche, droite = QWidget(), QWidget()
        self.redemander = etiquette_aide(_REDEMANDER)
        self.sera_discret = etiquette_aide(_DISCRET)
        aides = (etiquette_aide(_RIEN), self.redemander, self.sera_discret)
        gauche.setLayout(colonne(intertitre("Premier contact"), self.reponses, *aides, 1, marges=4))
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
        self.imprimer = Bouton("Imprimer la fiche", self._imprimer, icone="printer", raccourci="F4")
        self.imprimer.hide()
        retours = Bloc(rangee(self.precedent, self.recommencer, 1, self.raison, 1, self.voir, ecart=2))
        self.issues = Bloc(rangee(1, self.imprimer, self.poursuivre, ecart=2))
        self.issues.hide()
        # Côte à côte ; l'une sous l'autre à 200 %, où les quatre gestes ne tiennent pas.
        pied = Bloc(colonne(Colonnes([(retours, 1, 0), (self.issues, 0, 0)], ecart=2)))
        pied.layout().setContentsMargins(espace(11), espace(3), espace(11), espace(6))  # type: ignore[union-attr]
        return pied

    # Paraître.

    def paraitre(self, **_arguments: Any) -> None:
        self.session.fermer_dossier()
        self.session.oublier()
        self.document = {"territoire": self.session.preferences.territoire}
        self._bilan = None
        self._gardees, self._discret = set(), False
        self.redemander.hide()
        self.sera_discret.hide()
        self._vider()
        self.pages.montrer(self._attente)
        self.atelier.preparer()

    def disparaitre(self) -> None:
        self.session.oublier()
        self.document = {}
        self._bilan = None
        self._vider()
        self.coches.vider()
        self.resultat.vider()
        self.verdict.oublier()

    def _commencer(self) -> None:
        if self.document and self._bilan is None:
            self._calculer()
            self._ouvrir(next(self._visibles()).chemin)

    def _recommencer(self) -> None:
        self.paraitre()

    @property
    def delicat(self) -> bool:
        """Toujours : ne masquer qu'un triage où quelque chose a été dit dirait qu'il y en a eu."""
        return bool(self.document)

    def _dit(self) -> bool:
        """Une question au moins a sa réponse ; la coche de l'agent n'en est pas une."""
        return any(vue.repondue for vue in self._questions() if vue.chemin != SEUL_A_SEUL)

    def focus_initial(self) -> None:
        """La réponse à donner, les coches, ou la suite une fois tout posé."""
        if self.pages.courante is self.coches:
            self.coches.focus_initial()
        elif self.pages.courante is self.resultat:
            self.poursuivre.setFocus()
        elif self._places:
            self._places[0].saisie.focus_initial()

    def aider(self) -> bool:
        """F1 : pourquoi cette question, quand c'est une question qui se montre ; déjà dit, l'aide de l'écran."""
        if self.pages.courante is not self._question or not self.entete.a_expliquer:
            return False
        self.entete.expliquer()
        return True

    # Les questions.

    @property
    def chemin(self) -> str:
        """Le champ de la question montrée ; vide au résultat."""
        return "" if self.pages.courante is self.resultat else self._chemin

    def _visibles(self, *, coches: bool = False) -> Iterator[QuestionVue]:
        """Les questions qui se posent (ou les coches) ; « seul à seul », seulement si l'agent a coché qu'il l'est."""
        for vue in self._questions():
            if vue.visibilite is Visibilite.VISIBLE and vue.question.coche is coches:
                yield vue

    def _questions(self) -> Iterator[QuestionVue]:
        for section in self._bilan.entretien.sections if self._bilan is not None else ():
            if section.section.id == SECTION:
                yield from section.questions

    def _calculer(self) -> None:
        self._bilan = self.atelier.etablir(self.session.avec_ephemeres(self.document))
        if self._bilan is not None:
            self.verdict.montrer(self._bilan if self._dit() else None)

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
                place.saisie.entree.connect(self._entree)
        self.entete.montrer(self._ou(chemin), vue.question.dire, vue.question.a_dire, vue.question.pourquoi)
        for place in self._places:
            place.saisie.poser(vue.reponse)
        self.garder.setVisible(bool(_recopie(chemin)))
        self.garder.poser([_GARDER.code] if chemin in self._gardees else [])
        self._tourner(self._question)
        # Le groupe qui prend le clavier porte la question, et le lecteur d'écran la dit : l'annoncer la redirait.
        self._places[0].saisie.focus_initial()

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
        """Garde la réponse en mémoire et passe à la suite : une touche par question.

        Ce que la personne peut vouloir garder attend qu'on le lui demande.
        """
        self._retenir(self._chemin, reponse)
        for vue in self._cachees():
            self._retenir(vue.chemin, ABSENT)
        self._calculer()
        if _recopie(self._chemin) and isinstance(reponse, str):
            self.garder.focus_initial()
        else:
            self.avancer()

    def _retenir(self, chemin: str, reponse: Any) -> None:
        """Ce qui ne s'écrit pas ne va jamais dans le document, qui s'écrira."""
        if est_ephemere(chemin):
            self.session.retenir(chemin, reponse)
        else:
            self.document = poser(self.document, chemin, reponse)

    def _cachees(self) -> list[QuestionVue]:
        """Ce qui ne se pose plus après cette réponse ne doit pas rester en mémoire.

        Tant que « seul à seul » est à cocher de nouveau, ce qui s'est dit seul à seul attend, sans se montrer.
        """
        self._calculer()
        attend = lire(self.document, SEUL_A_SEUL) is ABSENT
        return [
            vue
            for vue in self._questions()
            if vue.reponse is not ABSENT
            and vue.visibilite is not Visibilite.VISIBLE
            and not (attend and vue.visibilite is Visibilite.SEUL_A_SEUL)
        ]

    def _garder_ou_non(self, codes: list[str]) -> None:
        self._gardees = self._gardees | {self._chemin} if codes else self._gardees - {self._chemin}

    # Ce que l'agent voit ou entend.

    def _montrer_les_coches(self) -> None:
        """Ouvre les coches de l'agent, ou en revient."""
        if self._bilan is None:
            return
        if self.pages.courante is self.coches:
            self._revenir()
            return
        self.coches.montrer(list(self._visibles(coches=True)), self.session.ephemeres)
        self._tourner(self.coches)
        self.coches.focus_initial()

    def _cocher(self, cochees: list[str]) -> None:
        """Une coche dit oui ; décochée, on n'en sait rien : ce n'est jamais « non »."""
        for vue in list(self._visibles(coches=True)):
            self._retenir(vue.chemin, True if vue.chemin in cochees else ABSENT)
        self._calculer()

    def _revenir(self) -> None:
        """Revient à la question quittée, ou au résultat si tout est posé."""
        suivante = next((vue.chemin for vue in self._visibles() if not vue.repondue), _FIN)
        self._aller_a(self._chemin if self._chemin and suivante != _FIN else suivante)

    # Le poste couvert.

    def _se_couvrir(self) -> None:
        """Qui est là a pu changer : rien ne reste montré, « seul à seul » est à cocher de nouveau."""
        if not self.document:
            return
        self._fini, self._cochait = self.pages.courante is self.resultat, self.pages.courante is self.coches
        self.document = poser(self.document, SEUL_A_SEUL, ABSENT)
        self.coches.vider()
        self.resultat.vider()
        self.verdict.oublier()
        self.pages.montrer(self._attente)

    def _se_decouvrir(self) -> None:
        """Reprend où l'on était, sans ce qui ne se montre que seul à seul ni ce qui ne s'écrit pas."""
        if not self.document or self._bilan is None:
            return
        self.redemander.show()
        self._calculer()
        if self._cochait:
            self._montrer_les_coches()
            return
        visibles = {vue.chemin for vue in self._visibles()}
        self._aller_a(_FIN if self._fini else self._chemin if self._chemin in visibles else SEUL_A_SEUL)

    def avancer(self) -> None:
        """La question d'après, ou le résultat."""
        self._bouger(1)

    def reculer(self) -> None:
        """La question d'avant."""
        self._bouger(-1)

    def _entree(self) -> None:
        """Entrée ne passe jamais une question sans réponse : une touche pressée trop tard la sauterait."""
        vue = next((v for v in self._visibles() if v.chemin == self._chemin), None)
        if vue is not None and vue.repondue:
            self.avancer()

    def _bouger(self, pas: int) -> None:
        if self._bilan is None:
            return
        if self.pages.courante is self.coches:
            self._revenir()
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
        elif chemin == _VU:
            self._montrer_les_coches()
        else:
            self._ouvrir(chemin)

    # Le résultat.

    def rendre_discret(self) -> None:
        """Le dossier s'ouvrira discret : le geste est à l'agent, rien n'en dit la raison."""
        self._discret = True
        self.sera_discret.show()
        annoncer(self, _DISCRET)

    def conclure(self) -> None:
        """Montre ce qu'il faut faire, même si des questions restent."""
        if self._bilan is None:
            return
        self.resultat.montrer(self._bilan, list(self._restent()), dit=self._dit())
        noter_une_voie(self.session, self._bilan)
        if self.pages.courante is not self.resultat:
            self._regard.paraitre()
        self._tourner(self.resultat)
        self.poursuivre.setFocus()
        if self._dit() and (voies := self._bilan.voies_retenues):
            annoncer(self, voies[0].libelle, pressant=True)

    def _restent(self) -> Iterator[str]:
        # Ce qui se demande seul à seul ne se nomme pas ici : la liste des questions le porte, sans le dire.
        yield from (v.question.dire for v in self._visibles() if not (v.repondue or v.question.seul_a_seul))

    def _tourner(self, page: QWidget) -> None:
        self.pages.montrer(page)
        fini = page is self.resultat
        self.volets.montrer_droite(not fini)
        self.raison.setVisible(not fini)
        self.voir.setVisible(not fini)
        self.issues.setVisible(fini)
        self.poursuivre.setVisible(fini)
        self.recommencer.setVisible(fini)
        self.imprimer.setVisible(fini and self._bilan is not None and bool(fiches_de(self._bilan)))
        self._montrer_reponses(fini)
        self.volets.remonter()

    def _montrer_reponses(self, fini: bool) -> None:
        lignes = [_ligne(vue) for vue in self._visibles()]
        # Ni fait, ni à faire : la ligne est la même quoi qu'on y ait coché.
        lignes.append(Section(_VU, "Autre urgence", compte="F2"))
        lignes.append(Section(_FIN, "Ce qu'il faut faire", Avancement.EN_COURS if fini else Avancement.A_VENIR))
        courante = _FIN if fini else _VU if self.pages.courante is self.coches else self._chemin
        self.reponses.montrer(lignes, courante)

    def _imprimer(self) -> None:
        """La fiche de la voie, tout de suite : la personne repart avec le numéro, même si rien ne s'enregistre."""
        bilan = self._bilan
        if bilan is None:
            return

        def sortir(liasse: Liasse) -> None:
            from modele.regles.fautes import ErreurUtilisateur
            from ui.ecrans.imprimer.imprimante import envoyer
            from ui.ecrans.imprimer.travail import pour_imprimante

            choisie = demander(liasse, self, self.session) if self._bilan is bilan else None
            if isinstance(choisie, str):
                self.alerte.emit(choisie, Ton.JOUR)
            elif choisie is not None:
                try:
                    envoyer(choisie, pour_imprimante(liasse))
                except ErreurUtilisateur as faute:
                    self.alerte.emit(str(faute), Ton.IMMEDIAT)

        self.session.travaux.lancer(lambda: composer(bilan), sortir, pour=self, remplace="fiche du premier contact")

    def _poursuivre(self) -> None:
        """Crée le dossier avec ces réponses, et passe à l'entretien. Ce qui ne s'écrit pas est oublié ici.

        Rien tant que le résultat n'a pas pu se lire : les gestes à faire viennent avant.
        """
        if not self._regard.pose:
            return
        document = self.document
        for chemin in self._gardees:
            if isinstance(origine := self.session.ephemeres.get(chemin), str):
                document = poser(document, _recopie(chemin), origine)
        self.session.oublier()
        ecrit = self.atelier.etablir(document)
        assert ecrit is not None
        if self._discret or ecrit.le_devient:
            document = rendre_discret(document)
        self.session.creer_dossier(document, self._ouvrir_le_dossier)

    def _ouvrir_le_dossier(self, cree: str) -> None:
        """Il est au coffre : sa référence se dit tout de suite, avant qu'il ait un nom."""
        self.aller.emit("entretien", {"dossier": cree})
        self.alerte.emit(dire_a_noter(cree), Ton.ACTION)


def _recopie(chemin: str) -> str:
    """Le champ gardé où cette réponse peut se recopier ; vide s'il n'y en a pas."""
    champ = champ_de(chemin)
    return champ.champ.recopie if champ is not None else ""


def _ligne(vue: QuestionVue) -> Section:
    mot = dire_reponse(vue.question, vue.reponse)
    fait = Avancement.FAITE if mot else Avancement.A_VENIR
    if vue.question.seul_a_seul:
        # Qui regarde cette liste ne doit apprendre ni la question, ni la réponse.
        return Section(vue.chemin, _SEUL, fait, _REPONDU if mot else "")
    return Section(vue.chemin, vue.question.officiel, fait, mot if len(mot) <= _COURT else _REPONDU)
