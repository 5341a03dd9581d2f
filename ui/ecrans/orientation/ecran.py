"""L'écran Orientation : ce qu'on fait maintenant, pour cette personne, et d'où cela vient."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.orientation.attention import Attention, ranger
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    Pli,
    colonne,
    etiquette_aide,
    rangee,
    retirer,
    texte,
)
from ui.composants.lien import Lien
from ui.ecrans.du_dossier import EcranDuDossier
from ui.ecrans.orientation.choix import CarteVoie
from ui.ecrans.orientation.priorites import CartePriorites
from ui.ecrans.orientation.suite import CarteSuite
from ui.ecrans.orientation.volet import VoletVoies
from ui.ecrans.suites_ecrites import ecrire, noter_une_suite
from ui.ecrans.voie import entete
from ui.etat.session import Session
from ui.etat.voies_ouvertes import noter_une_voie
from ui.mots.suites import conclure
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from modele.bilan import Bilan
    from modele.dossier.entretien import QuestionVue
    from modele.orientation.resultat import Voie

MASQUE: Final = "Rien de cette voie ne se montre sans votre geste."


class EcranOrientation(EcranDuDossier):
    """Les voies retenues à gauche, le détail de l'une à droite. ``voie`` : celle à montrer d'abord."""

    def __init__(self, session: Session) -> None:
        super().__init__("Orientation", session)
        self.montree = ""
        self.devoilee = False
        self._bilan: Bilan | None = None
        self._vues: tuple[Voie, ...] = ()
        self.volet = VoletVoies(self.montrer)
        self._seul_a_seul = texte("", "gras")
        self._reste = etiquette_aide("")
        self._possibles = Carte("Ce que Perron n'a pas pu décider", icone="circle-question-mark")
        self._entete = QVBoxLayout()
        self._detail = QVBoxLayout()
        self.suite = CarteSuite(self.noter, self.conclure, lambda: self.atelier.horloge())
        self.priorites = CartePriorites(self._recours, lambda: self._aller("saisine", {}))
        self.imprimer = Bouton("Imprimer", self._imprimer, genre="principal", icone="printer", montre="Ctrl+P")
        self.devoiler = Bouton("Montrer les gestes", self._devoiler, icone="eye")
        self.retour = Bouton("Retour à l'entretien", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self._disposer()
        self._suivre()
        session.ferme.connect(self._cacher)

    def _disposer(self) -> None:
        for boite in (self._entete, self._detail):
            boite.setSpacing(espace(4))
            boite.setContentsMargins(0, 0, 0, 0)
        titre = QWidget()
        titre.setLayout(self._entete)
        self._boutons = Bloc(rangee(self.imprimer, self.devoiler, ecart=3))
        self._pied = Bloc(colonne(self._seul_a_seul, self._reste, rangee(self.retour, 1), ecart=3))
        self._haut = rangee(titre, self._boutons, ecart=4)
        self._haut.setStretch(0, 1)
        gauche, droite = QWidget(), QWidget()
        self._gauche = colonne(self.volet, self._pied, 1, ecart=3)
        self._droite = colonne(self._haut, self._detail, self.suite, self._possibles, self.priorites, 1, ecart=4)
        gauche.setLayout(self._gauche)
        droite.setLayout(self._droite)
        colonnes = Colonnes([(gauche, 3, 280), (droite, 10, 760)], ecart=6, ecart_pile=0)
        colonnes.empile.connect(self._empiler)
        ensemble = QVBoxLayout(self)
        ensemble.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(colonne(colonnes, marges=6))
        ensemble.addWidget(self._page)

    def _empiler(self, etroit: bool) -> None:
        """La place manque : la voie montrée et son premier geste d'abord, le reste après eux."""
        self.volet.replier(etroit)
        if etroit:
            self._droite.insertWidget(self._droite.indexOf(self._detail) + 1, self._boutons)
            self._droite.insertWidget(self._droite.count() - 1, self._pied)
        else:
            self._haut.addWidget(self._boutons)
            self._gauche.insertWidget(1, self._pied)
        if not self.isHidden():
            self._poser_le_focus()

    def _poser_le_focus(self) -> None:
        """Sur la voie montrée ; étroit, en haut de la page : rien ne défile avant le premier geste."""
        carte = self.volet.carte(self.montree)
        place = self.retour if carte is None else self._page if self.volet.replie else carte
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def delicat(self) -> bool:
        """Toujours, dossier ouvert : ne masquer que certains dossiers dirait lesquels."""
        return bool(self.session.dossier_id)

    def paraitre(self, voie: str = "", **_arguments: Any) -> None:
        self.devoilee = False
        self.montree = voie or self.montree
        self._bilan, self._vues = None, ()
        self.atelier.preparer()
        self._page.verticalScrollBar().setValue(0)
        self._changer(self.atelier.bilan)
        self._poser_le_focus()

    def disparaitre(self) -> None:
        self.devoilee = False
        self.priorites.montrer(None)
        self._vider()

    # Montrer.

    def _recevoir(self, bilan: Bilan) -> None:
        memes = bilan.voies == self._vues and self._bilan is not None and self._bilan.document is bilan.document
        self._bilan, self._vues = bilan, bilan.voies
        if not memes:
            noter_une_voie(self.session, bilan)
            self._lister(bilan)
            self._detailler(bilan)

    def _fermer(self) -> None:
        """Plus de dossier : rien du précédent ne reste à l'écran."""
        self._bilan, self._vues, self.montree = None, (), ""
        self.volet.dire("Aucun dossier ouvert")
        self._vider()
        self._possibles.vider()
        self.suite.oublier()
        self.priorites.montrer(None)
        for widget in (self._possibles, self.suite, self._seul_a_seul, self._reste, self.imprimer, self.devoiler):
            widget.hide()

    def _lister(self, bilan: Bilan) -> None:
        retenues = bilan.voies_montrees
        if self.montree not in {voie.id for voie in retenues}:
            self.montree = retenues[0].id if retenues else ""
        attention = ranger(bilan.voies)
        self.volet.montrer(retenues, attention, self.montree)
        self._lister_possibles(bilan, attention)

    def _lister_possibles(self, bilan: Bilan, attention: Attention) -> None:
        from modele.dossier.chemins import lire
        from modele.dossier.questions import SEUL_A_SEUL
        from modele.protection.mots import QUESTION_NEUTRE

        self._possibles.vider()
        # La même ligne dans tous les dossiers, quoi qu'on y ait répondu, jusqu'à ce que l'agent coche.
        self._seul_a_seul.setText(f"{QUESTION_NEUTRE}.")
        self._seul_a_seul.setVisible(lire(bilan.document, SEUL_A_SEUL) is not True)
        a_demander = list(_a_demander(bilan))
        devant = [paire for paire in a_demander if paire[0] in attention.en_avant]
        self._possibles.ajouter(*self._par_deux(devant))
        if derriere := [paire for paire in a_demander if paire[0] not in attention.en_avant]:
            # Nulle réponse n'y mène : une ligne chacune, d'un geste.
            lignes = [self._ligne(voie, question) for voie, question in derriere]
            self._possibles.ajouter(Pli(f"Voir ce qui reste possible ({len(derriere)})", "Montrer moins", *lignes))
        self._possibles.setVisible(bool(a_demander))
        nombre = len(a_demander)
        sujet = f"{nombre} questions peuvent" if nombre > 1 else "1 question peut"
        self._reste.setText(f"{sujet} encore ouvrir une voie.")
        self._reste.setVisible(nombre > 0)

    def _par_deux(self, paires: Sequence[tuple[Voie, QuestionVue]]) -> list[QWidget]:
        montrees = [self._possible(voie, question) for voie, question in paires]
        return [
            Colonnes([(carte, 1, 300) for carte in montrees[rang : rang + 2]], ecart=3)
            for rang in range(0, len(montrees), 2)
        ]

    def _possible(self, voie: Voie, question: QuestionVue) -> QWidget:
        return CarteVoie(voie, self._demander(question), f"Demander : {_mot(question)}")

    def _ligne(self, voie: Voie, question: QuestionVue) -> QWidget:
        lien = Lien(f"{voie.libelle} : {_mot(question)}", self._demander(question))
        lien.setAccessibleName(f"{lien.text()}, à demander")
        return lien

    def _demander(self, question: QuestionVue) -> Callable[[], object]:
        return lambda: self._aller("entretien", {"chemin": question.chemin})

    def montrer(self, voie: str) -> None:
        """Montre le détail de ``voie``."""
        self.montree, self.devoilee = voie, False
        self.volet.marquer(voie)
        if self._bilan is not None:
            self._detailler(self._bilan)
        if self.volet.etroit:
            self._page.verticalScrollBar().setValue(0)
            self._poser_le_focus()

    def _detailler(self, bilan: Bilan) -> None:
        self._vider()
        # D'un dossier discret, rien ne se lit sans un geste : ni ses voies, ni ses recours.
        self.priorites.montrer(None if bilan.a_taire and not self.devoilee else bilan)
        voie = next((v for v in bilan.voies_montrees if v.id == self.montree), None)
        suivie = voie is not None and voie.id in bilan.voies_suivies
        self.suite.setVisible(suivie)
        self.imprimer.setVisible(voie is not None and bool(voie.fiches) and not bilan.a_taire)
        self.devoiler.setVisible(voie is not None and bilan.a_taire)
        if voie is None:
            return
        self._entete.addWidget(entete(voie))
        nombre = len(voie.fiches)
        self.imprimer.renommer(f"Imprimer {nombre} fiche{'s' if nombre > 1 else ''}")
        self.devoiler.renommer("Cacher les gestes" if self.devoilee else "Montrer les gestes")
        masquee = bilan.a_taire and not self.devoilee
        self.suite.setVisible(suivie and not masquee)
        if masquee:
            self._detail.addWidget(etiquette_aide(MASQUE))
            return
        from ui.ecrans.orientation.detail import cartes

        for carte in cartes(voie, bilan):
            self._detail.addWidget(carte)
        if suivie:
            self.suite.montrer(bilan.document, (voie.id, *voie.remplacees))

    def _vider(self) -> None:
        for boite in (self._entete, self._detail):
            while (element := boite.takeAt(0)) is not None:
                retirer(element.widget())

    # Agir.

    def noter(self, aupres_de: str, reponse: str, **dates: Any) -> bool:
        """Écrit la suite donnée à la voie montrée ; faux si elle ne s'écrit pas dans ce dossier.

        ``dates`` : ``faite_le`` (aujourd'hui, sinon), ``attendue_le``, ``expire_le``, telles qu'elles s'écrivent.
        """
        dits = {**dates, "aupres_de": aupres_de, "reponse": reponse}
        jour = self.atelier.horloge()
        return noter_une_suite(self.session, self._bilan, self.montree, dits, jour, self._refuser)

    def conclure(self, suite: str, issue: str, motif: str) -> None:
        """Écrit ce qui est venu d'une suite de la voie montrée."""
        jour = self.atelier.horloge()
        ecrire(self.session, conclure(suite, issue, jour, motif), motif, jour, self._refuser)

    def _refuser(self, phrase: str) -> None:
        self.alerte.emit(phrase, Ton.IMMEDIAT)

    def _devoiler(self) -> None:
        self.devoilee = not self.devoilee
        if self._bilan is not None:
            self._detailler(self._bilan)
        self.devoiler.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cacher(self) -> None:
        """L'écran se couvre : les gestes d'une voie discrète seront à montrer de nouveau."""
        if self.devoilee:
            self.devoilee = False
            if self._bilan is not None:
                self._detailler(self._bilan)

    def _imprimer(self) -> None:
        voie = next((v for v in self._vues if v.id == self.montree), None)
        self._aller("imprimer", {"fiches": list(voie.fiches) if voie else []})

    def _revenir(self) -> None:
        self._aller("entretien", {})

    def _recours(self) -> None:
        self._aller("recours", {})

    def _aller(self, nom: str, arguments: Mapping[str, Any]) -> None:
        self.aller.emit(nom, {"dossier": self.session.dossier_id, **arguments})


def _mot(question: QuestionVue) -> str:
    return question.question.libelle


def _a_demander(bilan: Bilan) -> Iterator[tuple[Voie, QuestionVue]]:
    """Les voies possibles qu'une question peut trancher, une fois par question."""
    vus: set[str] = set()
    for voie in bilan.voies:
        if voie.certaine or voie.discret:
            continue
        question = next((q for fait in voie.a_demander for q in bilan.questions_de(fait)), None)
        if question is not None and question.chemin not in vus:
            vus.add(question.chemin)
            yield voie, question
