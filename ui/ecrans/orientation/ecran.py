"""L'écran Orientation : ce qu'on fait maintenant, pour cette personne, et d'où cela vient."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    colonne,
    etiquette_aide,
    pastille_urgence,
    rangee,
    retirer,
    texte,
)
from ui.ecrans.base import Ecran
from ui.ecrans.orientation.choix import CarteVoie
from ui.ecrans.orientation.priorites import CartePriorites
from ui.ecrans.orientation.suite import CarteSuite, suite_neuve
from ui.etat.atelier import atelier_de
from ui.etat.session import Session
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from modele.bilan import Bilan
    from modele.dossier.entretien import QuestionVue
    from modele.orientation.resultat import Voie

POSSIBLES: Final = 8
"""Les voies encore possibles qu'on montre ; les autres se trancheront avec celles-ci."""
MASQUE: Final = "Ce dossier est discret : rien de cette voie ne se montre sans votre geste."


class EcranOrientation(Ecran):
    """Les voies retenues à gauche, le détail de l'une à droite. ``voie`` : celle à montrer d'abord."""

    def __init__(self, session: Session) -> None:
        super().__init__("Orientation", session)
        self.atelier = atelier_de(session)
        self.montree = ""
        self.devoilee = False
        self._bilan: Bilan | None = None
        self._vues: tuple[Voie, ...] = ()
        self.titre = texte("", "sous_titre")
        self.cartes: list[CarteVoie] = []
        self._liste = QVBoxLayout()
        self._seul_a_seul = texte("", "gras")
        self._reste = etiquette_aide("")
        self._possibles = Carte("Ce que Perron n'a pas pu décider", icone="circle-question-mark")
        self._entete = QVBoxLayout()
        self._detail = QVBoxLayout()
        self.suite = CarteSuite(self.noter)
        self.priorites = CartePriorites()
        self.imprimer = Bouton("Imprimer", self._imprimer, genre="principal", icone="printer", montre="Ctrl+P")
        self.devoiler = Bouton("Montrer les gestes", self._devoiler, icone="eye")
        self.retour = Bouton("Retour à l'entretien", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self._disposer()
        self.atelier.bilan_change.connect(self._changer)
        session.ferme.connect(self._cacher)

    def _disposer(self) -> None:
        for boite in (self._liste, self._entete, self._detail):
            boite.setSpacing(espace(4))
            boite.setContentsMargins(0, 0, 0, 0)
        gauche, droite = QWidget(), QWidget()
        gauche.setLayout(
            colonne(self.titre, self._liste, self._seul_a_seul, self._reste, rangee(self.retour, 1), 1, ecart=3)
        )
        entete, gestes = QWidget(), Bloc(rangee(self.imprimer, self.devoiler, 1, ecart=3))
        entete.setLayout(self._entete)
        haut = Colonnes([(entete, 1, 460), (gestes, 0, 0)], ecart=4, ecart_pile=2)
        droite.setLayout(colonne(haut, self._detail, self.suite, self._possibles, self.priorites, 1, ecart=4))
        page = colonne(Colonnes([(gauche, 3, 280), (droite, 10, 760)], ecart=6), marges=8)
        ensemble = QVBoxLayout(self)
        ensemble.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        ensemble.addWidget(self._page)

    def paraitre(self, voie: str = "", **_arguments: Any) -> None:
        self.devoilee = False
        self.montree = voie or self.montree
        self._bilan, self._vues = None, ()
        self.atelier.preparer()
        self._page.verticalScrollBar().setValue(0)
        self._changer(self.atelier.bilan)
        premiere = next((c for c in self.cartes if c.voie.id == self.montree), None)
        (premiere or self.retour).setFocus(Qt.FocusReason.OtherFocusReason)

    def disparaitre(self) -> None:
        self.devoilee = False
        self.priorites.montrer(None)
        self._vider()

    # Montrer.

    def _changer(self, bilan: Bilan | None) -> None:
        if bilan is None:
            self._fermer()
        if bilan is None or self.isHidden():
            return
        memes = bilan.voies == self._vues and self._bilan is not None and self._bilan.document is bilan.document
        self._bilan, self._vues = bilan, bilan.voies
        if not memes:
            self._lister(bilan)
            self._detailler(bilan)

    def _fermer(self) -> None:
        """Plus de dossier : rien du précédent ne reste à l'écran."""
        self._bilan, self._vues, self.montree = None, (), ""
        self.titre.setText("Aucun dossier ouvert")
        self._retirer_cartes()
        self._vider()
        for carte in (self._possibles, self.suite):
            carte.vider()
        self.priorites.montrer(None)
        for widget in (self._possibles, self.suite, self._seul_a_seul, self._reste, self.imprimer, self.devoiler):
            widget.hide()

    def _retirer_cartes(self) -> None:
        for ancienne in self.cartes:
            self._liste.removeWidget(ancienne)
            retirer(ancienne)
        self.cartes = []

    def _lister(self, bilan: Bilan) -> None:
        actif = next((c.voie.id for c in self.cartes if c.hasFocus()), "")
        retenues = bilan.voies_retenues
        self.titre.setText(_combien(len(retenues)))
        if self.montree not in {voie.id for voie in retenues}:
            self.montree = retenues[0].id if retenues else ""
        self._retirer_cartes()
        self.cartes = [CarteVoie(voie, lambda v=voie: self.montrer(v.id)) for voie in retenues]  # type: ignore[misc]
        for carte in self.cartes:
            self._liste.addWidget(carte)
            carte.choisir(carte.voie.id == self.montree)
            if carte.voie.id == actif:
                carte.setFocus(Qt.FocusReason.OtherFocusReason)
        self._lister_possibles(bilan)

    def _lister_possibles(self, bilan: Bilan) -> None:
        self._possibles.vider()
        possibles = [voie for voie in bilan.voies if not voie.certaine]
        # Une voie discrète possible ne dit rien d'elle : une seule ligne pour toutes, la même dans tous les dossiers.
        discretes = dict.fromkeys(f"{voie.libelle}." for voie in possibles if voie.discret)
        self._seul_a_seul.setText(" ".join(discretes))
        self._seul_a_seul.setVisible(bool(discretes))
        a_demander = list(_a_demander(bilan))
        paires = [self._possible(voie, question) for voie, question in a_demander[:POSSIBLES]]
        for rang in range(0, len(paires), 2):
            self._possibles.ajouter(Colonnes([(carte, 1, 300) for carte in paires[rang : rang + 2]], ecart=3))
        self._possibles.setVisible(bool(paires))
        nombre = len(a_demander)
        sujet = f"{nombre} questions peuvent" if nombre > 1 else "1 question peut"
        self._reste.setText(f"{sujet} encore ouvrir une voie.")
        self._reste.setVisible(nombre > 0)

    def _possible(self, voie: Voie, question: QuestionVue) -> QWidget:
        def demander() -> None:
            self._aller("entretien", {"chemin": question.chemin})

        return CarteVoie(voie, demander, f"Demander : {question.question.officiel or question.question.dire}")

    def montrer(self, voie: str) -> None:
        """Montre le détail de ``voie``."""
        self.montree, self.devoilee = voie, False
        for carte in self.cartes:
            carte.choisir(carte.voie.id == voie)
        if self._bilan is not None:
            self._detailler(self._bilan)

    def _detailler(self, bilan: Bilan) -> None:
        self._vider()
        # D'un dossier discret, rien ne se lit sans un geste : ni ses voies, ni ses recours.
        self.priorites.montrer(None if bilan.a_taire and not self.devoilee else bilan)
        voie = next((v for v in bilan.voies_retenues if v.id == self.montree), None)
        self.suite.setVisible(voie is not None)
        self.imprimer.setVisible(voie is not None and bool(voie.fiches) and not bilan.a_taire)
        self.devoiler.setVisible(voie is not None and bilan.a_taire)
        if voie is None:
            return
        entete = rangee(pastille_urgence(voie.urgence.value), texte(voie.libelle, "titre"), ecart=3)
        entete.setStretch(1, 1)
        self._entete.addWidget(Bloc(entete))
        nombre = len(voie.fiches)
        self.imprimer.renommer(f"Imprimer {nombre} fiche{'s' if nombre > 1 else ''}")
        self.devoiler.renommer("Cacher les gestes" if self.devoilee else "Montrer les gestes")
        masquee = bilan.a_taire and not self.devoilee
        self.suite.setVisible(not masquee)
        if masquee:
            self._detail.addWidget(etiquette_aide(MASQUE))
            return
        from ui.ecrans.orientation.detail import cartes

        for carte in cartes(voie, bilan):
            self._detail.addWidget(carte)
        self.suite.montrer(bilan.document, (voie.id, *voie.remplacees))

    def _vider(self) -> None:
        for boite in (self._entete, self._detail):
            while (element := boite.takeAt(0)) is not None:
                retirer(element.widget())

    # Agir.

    def noter(self, aupres_de: str, reponse: str) -> bool:
        """Écrit la suite donnée à la voie montrée ; faux si elle ne s'écrit pas dans ce dossier."""
        from modele.dossier.chemins import poser
        from modele.dossier.formes import contient_nir
        from modele.protection.mur import interdire

        if contient_nir(f"{aupres_de} {reponse}"):
            self.alerte.emit("Un numéro de sécurité sociale ne s'écrit nulle part : retirez-le.", Ton.IMMEDIAT)
            return False
        jour, document = self.atelier.horloge(), self.session.document
        valeurs = suite_neuve(document, self.montree, jour.isoformat(), aupres_de, reponse)
        for chemin, valeur in valeurs.items():
            if (interdit := interdire(document, chemin, valeur, jour)) is not None:
                self.alerte.emit(interdit.message, Ton.IMMEDIAT)
                return False
            document = poser(document, chemin, valeur)
        self.session.modifier(valeurs)
        return True

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

    def _aller(self, nom: str, arguments: Mapping[str, Any]) -> None:
        self.aller.emit(nom, {"dossier": self.session.dossier_id, **arguments})


def _combien(nombre: int) -> str:
    if nombre == 0:
        return "Aucune voie retenue"
    return "Une voie pour cette personne" if nombre == 1 else f"{nombre} voies pour cette personne"


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
