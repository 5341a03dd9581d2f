"""L'écran Cotation : d'où vient chaque point, ce qui le prouve, ce qui changerait. Il montre le bilan, rien d'autre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.dossier.chemins import ABSENT
from modele.mots.note import DiseurDeNote
from ui.composants import (
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    annoncer,
    colonne,
    etiquette_aide,
    rangee,
    texte,
)
from ui.composants.lien import Lien
from ui.ecrans.cotation.a_part import LignesAPart
from ui.ecrans.cotation.lignes import SUIVANTES, Ligne, dire_ce_qui_manque, entete, groupes, questions_ouvertes
from ui.ecrans.cotation.tableau import Tableau
from ui.ecrans.du_dossier import EcranDuDossier
from ui.etat.ecran_demandeur import ecran_demandeur_de
from ui.etat.reperes import reperes_de
from ui.etat.session import Session
from ui.mots.ecran_demandeur import MONTRER_LA_NOTE
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.bilan import Bilan
    from modele.cotation.resultat import Cotation
    from modele.dossier.entretien import QuestionVue
    from modele.mots.reperes import Observe, Observes
    from ui.mots.notes import Changement

SANS_EXTRACTION: Final = (
    "Pas d'extraction officielle sur ce poste : Perron ne donne ni place, ni délai. "
    "Le système officiel les donne ; lui seul les connaît."
)
A_DEMANDER: Final = "Ce que le système officiel a observé là où cette personne cherche se lira ici, une fois dit :"
PAS_LES_COMMUNES: Final = "Où cette personne cherche ne se montre pas ici."
RIEN_DE_SUR: Final = "Rien de sûr à annoncer : répondez aux questions ouvertes, ou notez la date de réception."
_STATUTS: Final = {
    "officielle": "grille officielle",
    "partielle": "grille partielle : des lignes manquent",
    "exemple": "grille d'exemple, sans valeur officielle",
}


class EcranCotation(EcranDuDossier):
    """La note du dossier ouvert. Alt+gauche revient à l'entretien."""

    def __init__(self, session: Session) -> None:
        super().__init__("Cotation", session)
        self.reperes = reperes_de(session)
        self.titre = texte("", "titre")
        self.sous_titre = texte("", "petit")
        self.tableau = Tableau(self.prouver, self.demander)
        self.a_part = LignesAPart(self.prouver, self.demander)
        self.reserves = texte("", "petit")
        self.sans_note = Carte("Ce qui manque")
        self._phrase = texte("")
        self.changerait = Carte("Ce qui changerait")
        self.place = Carte("Place et délai")
        self._place: object = None
        self.source = Carte("D'où vient cette note")
        self.imprimer = Bouton(
            "Imprimer l'explication", self._imprimer, genre="principal", icone="printer", montre="Ctrl+P"
        )
        self.personne = ecran_demandeur_de(session)
        self.montrer_a_la_personne = Bouton(
            MONTRER_LA_NOTE, self.personne.montrer_la_note, genre="discret", icone="monitor"
        )
        self.montrer_a_la_personne.hide()
        self.retour = Bouton("Retour à l'entretien", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self._disposer()
        self._suivre()
        session.ferme.connect(self.a_part.cacher)
        self.personne.change.connect(self._offrir_la_note)
        self.reperes.change.connect(lambda: self._changer(self.atelier.bilan))

    def _disposer(self) -> None:
        self.sans_note.ajouter(self._phrase)
        gauche, droite = QWidget(), QWidget()
        lignes = (self.titre, self.sous_titre, self.sans_note, self.tableau, self.reserves, self.a_part)
        gauche.setLayout(colonne(*lignes, 1, ecart=3))
        boutons = Colonnes([(self.imprimer, 0, 0), (self.retour, 0, 0)], ecart=3)
        cartes = (self.changerait, self.place, self.source)
        droite.setLayout(colonne(rangee(boutons, 1), self.montrer_a_la_personne, *cartes, 1, ecart=4))
        page = colonne(Colonnes([(gauche, 5, 640), (droite, 3, 340)], ecart=6), marges=8)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)

    @property
    def delicat(self) -> bool:
        """Toujours, dossier ouvert : ne masquer que certains dossiers dirait lesquels."""
        return bool(self.session.dossier_id)

    def paraitre(self, **_arguments: Any) -> None:
        self.atelier.preparer()
        self._offrir_la_note()
        self._page.verticalScrollBar().setValue(0)
        self._changer(self.atelier.bilan)
        (self.imprimer if self.imprimer.isEnabled() else self.retour).setFocus(Qt.FocusReason.OtherFocusReason)

    def _offrir_la_note(self) -> None:
        """Le geste ne s'offre que si l'écran de la personne est ouvert."""
        self.montrer_a_la_personne.setVisible(self.personne.possible and self.personne.ouvert)

    def disparaitre(self) -> None:
        self.a_part.cacher()
        self.personne.retirer_la_note()

    # Montrer.

    def _recevoir(self, bilan: Bilan) -> None:
        self._placer(bilan)
        self.a_part.montrer(bilan)
        # Ce qui se montre de la note est le même quoi qu'on ait dit de violences.
        dit = bilan.dit
        note = dit.cotation
        self.sans_note.setVisible(note is None)
        self.tableau.setVisible(note is not None)
        for carte in (self.changerait, self.source):
            carte.setVisible(note is not None)
        self.imprimer.setEnabled(note is not None and not bilan.a_taire)
        if note is None:
            self._sans_note(dit)
        else:
            self._montrer(dit, note)

    def _fermer(self) -> None:
        """Plus de dossier : rien du précédent ne reste à l'écran."""
        self.titre.setText("Aucun dossier ouvert")
        self.sous_titre.setText("")
        self.tableau.montrer(())
        self.a_part.montrer(None)
        for widget in (self.tableau, self.reserves, self.sans_note, self.changerait, self.place, self.source):
            widget.hide()
        for carte in (self.changerait, self.place, self.source):
            carte.vider()
        self._place = None
        self.imprimer.setEnabled(False)

    def _sans_note(self, bilan: Bilan) -> None:
        from ui.mots.notes import sans_grille

        self.titre.setText("Pas de note")
        self.sous_titre.setText("L'orientation, les pièces et l'impression marchent sans elle.")
        self._phrase.setText(sans_grille(bilan.regles, bilan.jour))
        self.reserves.hide()

    def _montrer(self, bilan: Bilan, note: Cotation) -> None:
        from modele.mots.ecriture import dire_date

        titre = entete(note)
        if titre != self.titre.text():
            self.titre.setText(titre)
            annoncer(self, titre)
        ouvertes = len(questions_ouvertes(bilan, note))
        reste = f" · selon {ouvertes} réponses encore à donner" if ouvertes > 1 else ""
        reste = " · selon 1 réponse encore à donner" if ouvertes == 1 else reste
        diseur = DiseurDeNote()
        self.sous_titre.setText(f"au {dire_date(note.date_calcul)} · {diseur.population(note.population)}{reste}")
        self.tableau.montrer(groupes(bilan, note))
        self.reserves.setText("\n".join((note.mention, *diseur.reserves(note), *_a_part(note))))
        self.reserves.show()
        self._sourcer(note)
        self._prevoir(bilan)

    def _placer(self, bilan: Bilan) -> None:
        """Ce que le système officiel a observé là où elle cherche ; sans lui, ni place ni délai."""
        from ui.mots.reperes import manques, observes

        self.place.show()
        if bilan.a_taire:
            self._place = None
            self.place.vider()
            self.place.ajouter(texte(PAS_LES_COMMUNES))
            return
        vus, questions, faute = observes(bilan, self.reperes.reperes), manques(bilan), self.reperes.tenu.faute
        if (vus, questions, faute) == self._place:
            # Refaire la carte à chaque réponse prendrait le clavier à qui s'y trouve.
            return
        self._place = (vus, questions, faute)
        self.place.vider()
        if vus is None:
            self.place.ajouter(texte(faute or SANS_EXTRACTION))
        elif questions:
            self.place.ajouter(texte(A_DEMANDER), *(self._lien(bilan, question) for question in questions))
        else:
            self.place.ajouter(*_places(vus))

    def _lien(self, bilan: Bilan, question: QuestionVue) -> QWidget:
        return Lien(dire_ce_qui_manque(bilan, question), lambda: self._demander(question.chemin))

    def _demander(self, chemin: str) -> None:
        self._aller("entretien", {"chemin": chemin})

    def _sourcer(self, note: Cotation) -> None:
        from modele.mots.ecriture import dire_date

        self.source.vider()
        self.source.ajouter(texte(f"{note.nommer_la_grille(_STATUTS.get(note.statut, note.statut))}.", "petit"))
        for source in note.sources:
            quand = f", relevé le {dire_date(source.releve_le)}" if source.releve_le else ""
            self.source.ajouter(texte(f"{source.titre}{quand}.", "petit"))
        self.source.ajouter(texte("La note aide la commission, elle ne décide pas. CCH L441-1, L441-2-8.", "petit"))

    def _prevoir(self, bilan: Bilan) -> None:
        """Ce qui changerait se calcule à côté : la note, elle, est déjà là."""

        def calculer() -> tuple[Changement, ...]:
            from ui.mots.notes import changements

            return changements(bilan)

        def rendre(prevus: tuple[Changement, ...]) -> None:
            if self.atelier.bilan is None:
                return
            self.changerait.vider()
            for prevu in prevus:
                self.changerait.ajouter(_changement(prevu))
            if not prevus:
                self.changerait.ajouter(etiquette_aide(RIEN_DE_SUR))

        self.session.travaux.lancer(calculer, rendre, pour=self, remplace="changements")

    # Agir.

    def prouver(self, ligne: Ligne) -> None:
        """Fait avancer la preuve d'un critère : déclaré, justifié, validé, puis de nouveau déclaré."""
        suivante = SUIVANTES.get(ligne.preuve)
        bilan = self.atelier.bilan
        if suivante is None or bilan is None:
            return
        from modele.protection.mur import interdire

        chemin, valeur = f"preuves.{ligne.id}", suivante or ABSENT
        interdit = interdire(self.session.document, chemin, valeur, bilan.jour, bilan.regles.criteres_proteges)
        if interdit is not None:
            self.alerte.emit(interdit.message, Ton.IMMEDIAT)
            return
        self.session.modifier({chemin: valeur})

    def demander(self, ligne: Ligne) -> None:
        """Va à la question qui trancherait la ligne."""
        if ligne.question is not None:
            self._demander(ligne.question.chemin)

    def _imprimer(self) -> None:
        self._aller("imprimer", {"fiches": ["cotation"]})

    def _revenir(self) -> None:
        self._aller("entretien", {})

    def _aller(self, nom: str, arguments: Mapping[str, Any]) -> None:
        if self.session.dossier_id:
            self.aller.emit(nom, {"dossier": self.session.dossier_id, **arguments})
        else:
            self.alerte.emit("Aucun dossier n'est ouvert : cherchez la personne d'abord.", Ton.JOUR)


def _places(vus: Observes) -> list[QWidget]:
    dessous = (*vus.reserves, *vus.source)
    return [*(_observe(un) for un in vus.lignes), *(texte(un, "petit") for un in dessous)]


def _observe(vu: Observe) -> QWidget:
    ligne = QWidget()
    ligne.setLayout(colonne(texte(vu.titre, "gras"), texte(vu.delais), texte(vu.notes), ecart=0))
    ligne.setAccessibleName(f"{vu.titre}. {vu.delais} {vu.notes}")
    return ligne


def _a_part(note: Cotation) -> list[str]:
    return [f"À part de la note : {c.libelle}{'' if c.certain else ' (possible)'}." for c in note.hors_cotation]


def _changement(prevu: Changement) -> QWidget:
    ligne = QWidget()
    ligne.setLayout(rangee(colonne(texte(prevu.quand, "gras"), texte(prevu.effet), ecart=0)))
    ligne.setAccessibleName(f"{prevu.quand} : {prevu.effet}")
    return ligne
