"""L'écran « Tenir une commission » : les séances à gauche ; à droite, qui siège, les candidats, les décisions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from modele.coffre.seances import Designation
from modele.regles.fautes import ErreurUtilisateur
from modele.seance.gardee import Convoque, DecisionEcrite, Etat, ReponseEcrite, SeanceGardee
from modele.seance.notions import Reglement
from modele.seance.suites import Suite, suivre
from ui.composants import Carte, ListePropositions, Proposition, annoncer, colonne, texte, viser
from ui.ecrans.de_pilotage import EcranDePilotage
from ui.ecrans.seance.candidats import CarteCandidats
from ui.ecrans.seance.conduite import CarteConduite
from ui.ecrans.seance.membres import CarteMembres
from ui.ecrans.seance.preparation import CartePreparation
from ui.ecrans.seance.reglement import CarteReglement
from ui.ecrans.seance.saisies import CarteDecision, CarteReponse, decision_gardee, reponse_gardee
from ui.etat.seances import APreparer, Sortie, ecrire_les_papiers, en_cours, preparer, repris_de
from ui.mots import seance as mots
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.droits import Auteur
    from ui.etat.session import Session


class EcranSeance(EcranDePilotage):
    """Chaque geste s'écrit au coffre, et l'écran montre ce que le coffre en a gardé.

    ``_mene`` : qui est là prépare et mène les séances ; qui ne fait qu'y siéger lit la sienne, et rien ne s'offre à lui
    que l'écran ou le coffre refuserait ensuite. Close, elle ne fait plus que se lire, pour tous.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(mots.TITRE, session)
        self.seances: tuple[SeanceGardee, ...] = ()
        self._mene = False
        self._choisie = ""
        self._confie: APreparer | None = None
        self.liste = ListePropositions("Séances", au_plus=5)
        self.resume = texte("")
        self.preparation = CartePreparation()
        self.reglement, self.membres = CarteReglement(), CarteMembres()
        self.candidats = CarteCandidats()
        self.decision, self.reponse = CarteDecision(), CarteReponse()
        self.conduite = CarteConduite(session)
        self.savoir = texte("")
        self.a_savoir = Carte("À savoir", icone="triangle-alert", ton=Ton.JOUR)
        self.a_savoir.ajouter(self.savoir)
        self._disposer()
        self._brancher()
        session.ferme.connect(self._oublier_les_brouillons)
        self._vider()

    def _disposer(self) -> None:
        carte = Carte("Séances", icone="list-checks")
        carte.ajouter(self.constat, self.liste, self.resume)
        self._poser(
            gauche=colonne(carte, self.conduite, self.a_savoir, self.reglement, self.membres, 1, ecart=3),
            droite=colonne(self.preparation, self.candidats, self.decision, self.reponse, 1, ecart=3),
        )

    def _brancher(self) -> None:
        self.liste.currentRowChanged.connect(lambda _: self._choisir())
        self.candidats.choisi.connect(lambda _: self._montrer_le_candidat())
        self.candidats.nommer.connect(self._nommer)
        self.candidats.retirer.connect(
            lambda qui, motif: self._ecrire(
                lambda coffre, une, auteur: coffre.seances.retirer_designation(une.id, qui, motif, auteur)
            )
        )
        self.preparation.preparer.connect(self._preparer)
        self.preparation.renoncer.connect(self._renoncer)
        self.reglement.regler.connect(self._regler)
        self.membres.convoquer.connect(self._convoquer)
        self.decision.decider.connect(self._decider)
        self.reponse.repondre.connect(self._repondre)
        self.conduite.dispenser.connect(self._dispenser)
        self.conduite.ouvrir.connect(lambda: self._ecrire(lambda c, une, a: c.seances.ouvrir(une.id, a)))
        self.conduite.tenir.connect(
            lambda jour: self._ecrire(lambda c, une, a: c.seances.tenir(une.id, jour, a), vers=self.candidats.liste)
        )
        self.conduite.clore.connect(lambda: self._ecrire(lambda c, une, a: c.seances.clore(une.id, a)))
        self.conduite.retirer.connect(self._retirer)
        self.conduite.papiers.connect(self.ecrire_dans)

    def focus_initial(self) -> None:
        if self.preparation.voulu is not None:
            viser(self.preparation.premier())
        else:
            (self.liste if self.liste.count() else self.retour).setFocus(Qt.FocusReason.OtherFocusReason)

    # Lire.

    def paraitre(self, a_preparer: APreparer | None = None, **arguments: Any) -> None:
        self._confie = a_preparer
        super().paraitre(**arguments)

    def _lecture(self, coffre: Coffre, auteur: Auteur) -> Any:
        return coffre.seances.lister(auteur), coffre.seances.ecrit(auteur)

    def _prendre(self, lu: Any) -> None:
        self.seances, self._mene = lu

    def _recevoir(self, choisie: str, /) -> None:
        if self._confie is not None:
            deja = en_cours(self.seances, self._confie.logement)
            self.preparation.montrer(self._confie, deja=deja is not None)
            choisie = deja.id if deja is not None else choisie
        self._montrer(choisie or self._choisie)

    def _montrer(self, choisie: str) -> None:
        rang = next((n for n, une in enumerate(self.seances) if une.id == choisie), 0)
        self.liste.montrer(
            [Proposition(mots.titre_de(une), None, mots.detail_de(une)) for une in self.seances],
            min(rang, len(self.seances) - 1),
        )
        self.liste.setVisible(bool(self.seances))
        self.constat.setText("" if self.seances else mots.AUCUNE if self._mene else mots.AUCUNE_A_LIRE)
        self.constat.setVisible(not self.seances)
        self._choisir()

    def _une(self) -> SeanceGardee | None:
        return next((une for une in self.seances if une.id == self._choisie), None)

    def _choisir(self) -> None:
        rang = self.liste.currentRow()
        self._choisie = self.seances[rang].id if 0 <= rang < len(self.seances) else ""
        une = self._une()
        ecrit = self._s_ecrit(une)
        for carte in (self.a_savoir, self.membres, self.candidats):
            carte.setVisible(une is not None)
        self.conduite.setVisible(une is not None and self._mene)
        self.reglement.setVisible(ecrit)
        if une is None:
            self.resume.setText("")
            self.candidats.oublier()
            return
        lus = () if ecrit else mots.dire_reglement(une.reglement)
        self.resume.setText("\n".join((*mots.resume(une), *lus)))
        self.conduite.sortis.oublier()
        self.conduite.montrer(une, [un.ligne.reference for un in _suites(une) if un.en_cours])
        self.savoir.setText(self._a_savoir(une))
        repris = repris_de(self.seances, une)
        self.reglement.montrer(une.reglement, mots.dire_repris(repris) if repris is not None else "")
        self.membres.montrer(une.membres, self.membres.montre, ecrit=ecrit)
        self.candidats.montrer(une.candidats, ecrit=ecrit, nomme=self._mene)

    def _s_ecrit(self, une: SeanceGardee | None) -> bool:
        return une is not None and self._mene and une.etat is not Etat.CLOSE

    @staticmethod
    def _a_savoir(une: SeanceGardee) -> str:
        """Ce qui manque ou se vérifie, l'ordre quitté, ce que disent les réponses."""
        try:
            constat = une.constater(une.tenue_le or date.today())
        except ErreurUtilisateur as manque:
            return str(manque)
        dits = [mots.hors_ordre(constat.designations_hors_ordre, constat.decisions_hors_ordre), *constat.savoir]
        if constat.tenue:
            try:
                dits += [f"{un.ligne.reference} : {un.effet}" for un in suivre(constat) if un.effet]
            except ErreurUtilisateur as faute:
                dits.append(str(faute))
        return "\n".join(dits)

    def _montrer_le_candidat(self) -> None:
        une, un = self._une(), self.candidats.candidat()
        dit = self._s_ecrit(une) and un is not None and un.examine and une is not None and une.etat is Etat.TENUE
        offre = dit and un is not None and self._recoit_l_offre(un.reference)
        self.decision.setVisible(dit)
        self.reponse.setVisible(offre)
        cle = une.id if une is not None else ""
        self.decision.montrer(cle, un if dit else None, decision_gardee(un) if un is not None and dit else {})
        self.reponse.montrer(cle, un if offre else None, reponse_gardee(un) if un is not None and offre else {})

    def _recoit_l_offre(self, reference: str) -> bool:
        return any(
            un.ligne.reference == reference and (un.en_cours or un.reponse is not None) for un in _suites(self._une())
        )

    # Écrire.

    def _ecrire(
        self,
        geste: Callable[[Coffre, SeanceGardee, Auteur], SeanceGardee],
        echec: Callable[[str], None] | None = None,
        apres: Callable[[str], None] | None = None,
        vers: QWidget | None = None,
    ) -> None:
        """Le geste, sur la séance lue ; l'écran montre ensuite ce que le coffre en garde, et rien d'autre.

        ``vers`` : où va alors le clavier, pour la suite.
        """
        une, auteur = self._une(), self.session.auteur
        if une is None:
            return

        def rendre(gardee: SeanceGardee) -> None:
            if apres is not None:
                apres(gardee.id)
            self.seances = tuple(gardee if autre.id == gardee.id else autre for autre in self.seances)
            self._montrer(gardee.id)
            self.alerte.emit(mots.GARDE, Ton.COURANT)
            if vers is not None:
                viser(vers)

        self.session.avec_coffre(
            lambda coffre: geste(coffre, une, auteur), rendre, pour=self, echec=echec or self.conduite.dire
        )

    def _preparer(self, commission: str, bailleur: str, lieu: str, dites: tuple[Designation, ...]) -> None:
        regles, auteur, voulu = self.session.regles, self.session.auteur, self.preparation.voulu
        if regles is None or voulu is None:
            return

        def rendre(gardee: SeanceGardee) -> None:
            self._renoncer()
            self._relire(mots.PREPAREE, gardee.id)
            self.alerte.emit(mots.PREPAREE, Ton.COURANT)

        self.session.avec_coffre(
            lambda coffre: preparer(coffre, regles, auteur, voulu, dites, (commission, bailleur, lieu)), rendre,
            pour=self, echec=self.preparation.dire,
        )  # fmt: skip

    def _renoncer(self) -> None:
        self._confie = None
        self.preparation.oublier()
        self.focus_initial()

    def _regler(self, dit: Reglement) -> None:
        self._ecrire(lambda coffre, une, auteur: coffre.seances.regler(une.id, auteur, reglement=dit))

    def _convoquer(self, membres: tuple[Convoque, ...]) -> None:
        self._ecrire(lambda coffre, une, auteur: coffre.seances.convoquer(une.id, membres, auteur))

    def _dispenser(self, genre: str, motif: str) -> None:
        self._ecrire(lambda coffre, une, auteur: coffre.seances.regler(une.id, auteur, dispense=(genre, motif)))

    def _decider(self, qui: str, dite: DecisionEcrite, correction: str) -> None:
        def geste(coffre: Coffre, une: SeanceGardee, auteur: Auteur) -> SeanceGardee:
            if correction:
                return coffre.seances.corriger_decision(une.id, qui, dite, correction, auteur)
            return coffre.seances.decider(une.id, {qui: dite}, auteur)

        self._ecrire(geste, self.decision.dire, lambda une: self.decision.ecrit(une, qui), self.candidats.liste)

    def _repondre(self, qui: str, dite: ReponseEcrite, correction: str) -> None:
        def geste(coffre: Coffre, une: SeanceGardee, auteur: Auteur) -> SeanceGardee:
            if correction:
                return coffre.seances.corriger_reponse(une.id, qui, dite, correction, auteur)
            return coffre.seances.repondre(une.id, qui, dite, auteur)

        self._ecrire(geste, self.reponse.dire, lambda une: self.reponse.ecrit(une, qui), self.candidats.liste)

    def _retirer(self) -> None:
        une, auteur = self._une(), self.session.auteur
        if une is not None:
            self.session.avec_coffre(
                lambda coffre: coffre.seances.retirer(une.id, auteur), lambda _: self._relire(mots.GARDE), pour=self,
                echec=self.conduite.dire,
            )  # fmt: skip

    def _nommer(self, reference: str) -> None:
        une, auteur = self._une(), self.session.auteur
        if une is None:
            return

        def lire(coffre: Coffre) -> str:
            dossier = coffre.seances.demandes(une.id, auteur).get(reference, "")
            return coffre.candidats.identite(dossier, auteur)

        self.session.avec_coffre(
            lire, lambda nom: self.candidats.nomme(reference, nom), pour=self, remplace="nom d'un candidat",
            echec=self.conduite.dire,
        )  # fmt: skip

    # Les papiers.

    def ecrire_dans(self, ou: Path) -> None:
        """Écrit les papiers de la séance choisie, tous ou aucun."""
        une, regles, auteur = self._une(), self.session.regles, self.session.auteur
        if une is None or regles is None:
            return
        jour = date.today()

        def rendre(sortie: Sortie) -> None:
            self.conduite.sortis.recevoir(sortie.chemins, self.session.dossier_id)
            dites = [f"{un.reference} : {un.pourquoi}" for un in sortie.refusees]
            self.conduite.dire("\n".join(["Lettres non écrites :", *dites]) if dites else "")
            annoncer(self, mots.ECRITS.format(ou.name))
            viser(self.conduite.sortis)

        self.session.avec_coffre(
            lambda coffre: ecrire_les_papiers(coffre, regles, auteur, une, ou, jour), rendre, pour=self,
            remplace="papiers de séance", echec=self.conduite.dire,
        )  # fmt: skip

    # Rien ne reste.

    def _vider(self) -> None:
        self.decision.retenir()
        self.reponse.retenir()
        self.seances, self._mene, self._choisie = (), False, ""
        self.preparation.oublier()
        self.liste.montrer(())
        self._choisir()

    def _oublier_les_brouillons(self) -> None:
        self.decision.oublier()
        self.reponse.oublier()


def _suites(une: SeanceGardee | None) -> tuple[Suite, ...]:
    """Où en est chaque offre ; rien tant que la séance ne se tient pas, ou qu'il y manque une décision."""
    if une is None:
        return ()
    try:
        constat = une.constater(une.tenue_le or date.today())
        return suivre(constat) if constat.tenue else ()
    except ErreurUtilisateur:
        return ()
