"""L'écran « Droits des personnes » : d'abord qui demande ; puis noter, et traiter ce qui est noté."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.dossier.acces import Acces
from modele.dossier.droits_personnes import Demande, Droit, Suite, regles
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    GroupeChoix,
    Option,
    annoncer,
    colonne,
    constater,
    etiquette_aide,
    intertitre,
    raccourcis,
    rangee,
    retirer,
    texte,
    viser,
)
from ui.composants.lignes import point
from ui.ecrans.base import Ecran
from ui.ecrans.droits.feuille import CarteFeuille
from ui.ecrans.droits.formulaire import Formulaire
from ui.ecrans.droits.lignes import CarteEffacer, LigneARepondre, LigneDemande
from ui.mots.dossier import nommer_dossier
from ui.mots.droits import (
    ACCORD,
    AVANT_DE_LEVER,
    EFFACE,
    EN_ATTENTE,
    GELE,
    LEVE,
    QUI,
    RIEN_DE_NOTE,
    SANS_DOSSIER,
    TIERS,
    dire_notee,
)
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from ui.etat.session import Session


class EcranDroits(Ecran):
    """Qui demande, le dossier ouvert, ses demandes ; sans dossier, ce qui attend une réponse."""

    def __init__(self, session: Session) -> None:
        super().__init__("Droits des personnes", session)
        self.lignes: list[LigneDemande] = []
        # La demande qu'on vient de noter : le clavier va à ce qui s'en fait.
        self._notee = ""
        self.a_repondre: list[LigneARepondre] = []
        self.effacement: CarteEffacer | None = None
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self.qui = GroupeChoix("Qui demande ?", [Option(un, *dit) for un, dit in QUI.items()], signes=True)
        self.tiers = _carte_du_tiers(Bouton("Revenir à l'accueil", self._fermer, icone="arrow-left"))
        self.dossier = texte("", "sous_titre")
        self.constat = etiquette_aide("")
        self.formulaire = Formulaire(self._noter, self._dire)
        self.accord = Bouton("Elle est d'accord pour aujourd'hui", self._accorder)
        self.lever = Bouton("Lever le gel", self._lever)
        self.gel = Carte("Dossier gelé", ton=Ton.JOUR, icone="lock")
        gestes = Colonnes([(self.accord, 0, 0), (self.lever, 0, 0)], ecart=2)
        self.gel.ajouter(texte(GELE), etiquette_aide(AVANT_DE_LEVER), rangee(gestes, 1))
        self.feuille = CarteFeuille(session)
        self.feuille.dit.connect(self.alerte)
        self._notees, self._attendent = QVBoxLayout(), QVBoxLayout()
        for boite in (self._notees, self._attendent):
            boite.setSpacing(espace(3))
        self._disposer()
        raccourcis.poser(self, {"Ctrl+Return": self._valider, "Ctrl+Enter": self._valider})
        self.qui.choisi.connect(self._choisir)
        session.ferme.connect(self._oublier)

    def _disposer(self) -> None:
        titre = rangee(texte("Droits des personnes", "titre", coupe=False), 1, self.retour)
        self._qui = Bloc(colonne(intertitre("Qui demande ?"), self.qui, ecart=2))
        self._demandes, self._liste = QWidget(), QWidget()
        self._demandes.setLayout(colonne(intertitre("Demandes de ce dossier"), self._notees, ecart=2))
        self._liste.setLayout(colonne(intertitre("À répondre"), self._attendent, ecart=2))
        page = colonne(
            titre, self.dossier, self.constat, self.gel, self._qui, self.tiers, self.formulaire,
            self.feuille, self._demandes, self._liste, 1, ecart=3, marges=6,
        )  # fmt: skip
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)

    @property
    def delicat(self) -> bool:
        """Toujours, dossier ouvert : ne masquer que certains dossiers dirait lesquels."""
        return bool(self.session.dossier_id)

    def paraitre(self, **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        self._oublier()
        self._choisir(None)
        self.qui.focus_initial()

    def disparaitre(self) -> None:
        self._oublier()

    def focus_initial(self) -> None:
        self.qui.focus_initial()

    # Qui demande.

    def _choisir(self, qui: str | None) -> None:
        """Rien du dossier ne se montre à un tiers : celui qui était ouvert se ferme, son nom n'est plus nulle part."""
        tiers = qui == TIERS
        if tiers and self.session.dossier_id:
            self.session.fermer_dossier()
        ouvert = bool(self.session.dossier_id)
        self.tiers.setVisible(tiers)
        montre = ouvert
        self.dossier.setText(nommer_dossier(self.session.document, self.session.dossier_id) if montre else "")
        self.dossier.setVisible(montre)
        self.gel.setVisible(montre and self.session.gele)
        self.formulaire.setVisible(montre and qui is not None)
        self.feuille.oublier()
        self._dire(SANS_DOSSIER if qui is not None and not tiers and not ouvert else "")
        self._vider()
        if tiers:
            self._noter_le_tiers()
        else:
            self.formulaire.paraitre(qui or "")
            self._relire()
        if montre and qui is not None:
            self.formulaire.droits.focus_initial()

    def _noter_le_tiers(self) -> None:
        agent = self.session.agent
        self.session.avec_coffre(lambda coffre: coffre.noter_acces(agent, Acces.TIERS), lambda _: None, pour=self)
        annoncer(self, " ".join(regles().tiers_dire))

    def _fermer(self) -> None:
        self.aller.emit("accueil", {})

    # Noter.

    def _valider(self) -> None:
        if not self.formulaire.isHidden():
            self.formulaire.noter()

    def _noter(self, droit: Droit, piece: str, objet: str) -> None:
        dossier, auteur, par = self.session.dossier_id, self.session.auteur, self.qui.valeur()

        def noter(coffre: Any) -> Demande:
            notee: Demande = coffre.droits.noter(dossier, droit, par, auteur, piece=piece, objet=objet)
            return notee

        def rendre(notee: Demande) -> None:
            self.qui.poser(None)
            self._notee = notee.id
            self._rafraichir(dire_notee(notee))

        self.session.avec_coffre(noter, rendre, pour=self)

    # Traiter.

    def _relire(self) -> None:
        dossier, auteur = self.session.dossier_id, self.session.auteur

        def lire(coffre: Any) -> Sequence[Demande]:
            lues: Sequence[Demande] = coffre.droits.lister(dossier, auteur) if dossier else coffre.droits.a_repondre()
            return lues

        def rendre(lues: Sequence[Demande]) -> None:
            if dossier == self.session.dossier_id and self.qui.valeur() != TIERS:
                self._montrer(lues)

        self.session.avec_coffre(lire, rendre, pour=self, remplace="droits")

    def _montrer(self, demandes: Sequence[Demande]) -> None:
        self._vider()
        ouvert = bool(self.session.dossier_id)
        self._demandes.setVisible(ouvert)
        self._liste.setVisible(not ouvert and bool(demandes))
        if not ouvert:
            self.a_repondre = [LigneARepondre(une, self._ouvrir) for une in demandes]
        else:
            self.lignes = [LigneDemande(un, date.today(), self._agir, self._conclure) for un in reversed(demandes)]
        for ligne in (*self.lignes, *self.a_repondre):
            (self._notees if ouvert else self._attendent).addWidget(ligne)
        if ouvert and not demandes:
            self._notees.addWidget(etiquette_aide(RIEN_DE_NOTE))
        notee = next((ligne for ligne in self.lignes if ligne.demande.id == self._notee), None)
        self._notee = ""
        if notee is not None:
            viser(notee.premier_geste or self.retour)

    def _ouvrir(self, demande: Demande) -> None:
        self.session.ouvrir_dossier(demande.dossier, lambda _: self.paraitre())

    def _agir(self, demande: Demande) -> None:
        auteur = self.session.auteur
        if demande.droit is Droit.ACCES:
            self.feuille.preparer(demande)
        elif demande.droit is Droit.RECTIFICATION:
            self.aller.emit("entretien", {"dossier": demande.dossier})
        elif demande.droit is Droit.LIMITATION:
            self._faire(lambda coffre: coffre.droits.geler(demande, auteur), GELE)
        else:
            self._confirmer_l_effacement(demande)

    def _conclure(self, demande: Demande, suite: Suite, motif: str) -> None:
        auteur = self.session.auteur
        self._faire(lambda coffre: coffre.droits.conclure(demande, suite, auteur, motif=motif), "Suite notée.")

    def _accorder(self) -> None:
        dossier, auteur = self.session.dossier_id, self.session.auteur
        self._faire(lambda coffre: coffre.droits.accorder(dossier, auteur), ACCORD)

    def _lever(self) -> None:
        dossier, auteur = self.session.dossier_id, self.session.auteur
        self._faire(lambda coffre: coffre.droits.lever(dossier, auteur), LEVE)

    def _faire(self, geste: Any, phrase: str) -> None:
        self.session.avec_coffre(geste, lambda _: self._rafraichir(phrase), pour=self)

    def _rafraichir(self, phrase: str) -> None:
        self.alerte.emit(phrase, Ton.COURANT)
        self.session.relire_le_gel(lambda: self._choisir(self.qui.valeur()))

    # Effacer.

    def _confirmer_l_effacement(self, demande: Demande) -> None:
        self._ranger_l_effacement()
        self.effacement = CarteEffacer(demande, self._effacer, self._ranger_l_effacement)
        self._notees.insertWidget(0, self.effacement)
        self.effacement.show()
        viser(self.effacement.reference)

    def _ranger_l_effacement(self) -> None:
        if self.effacement is not None:
            self._notees.removeWidget(self.effacement)
            retirer(self.effacement)
            self.effacement = None
            self.retour.setFocus(Qt.FocusReason.OtherFocusReason)

    def _effacer(self, demande: Demande) -> None:
        if self.session.non_enregistrees:
            self.alerte.emit(EN_ATTENTE, Ton.IMMEDIAT)
            return
        auteur = self.session.auteur

        def rendre(_: object) -> None:
            self.session.fermer_dossier()
            self.aller.emit("accueil", {})
            self.alerte.emit(EFFACE, Ton.COURANT)

        self.session.avec_coffre(lambda coffre: coffre.droits.effacer(demande, auteur), rendre, pour=self)

    # L'écran.

    def _oublier(self) -> None:
        """Rien du dossier ne reste, pas même caché."""
        self.qui.poser(None)
        self.dossier.setText("")
        self.formulaire.paraitre("")
        self.feuille.oublier()
        self._vider()

    def _vider(self) -> None:
        self.lignes, self.a_repondre, self.effacement = [], [], None
        for boite in (self._notees, self._attendent):
            while (element := boite.takeAt(0)) is not None:
                retirer(element.widget())
        for bloc in (self._demandes, self._liste):
            bloc.hide()

    def _dire(self, phrase: str) -> None:
        constater(self.constat, phrase, pressant=True)

    def _revenir(self) -> None:
        self.aller.emit("suivi" if self.session.dossier_id else "accueil", {})


def _carte_du_tiers(fermer: Bouton) -> Carte:
    """Les mêmes mots toujours : aucun ne dépend d'un dossier."""
    carte = Carte("Rien ne se donne, et rien ne se dit", ton=Ton.JOUR, icone="shield")
    carte.ajouter(texte("Dites :", "gras"), *(point("·", phrase) for phrase in regles().tiers_dire))
    carte.ajouter(texte("Faites :", "gras"), *(point("·", phrase) for phrase in regles().tiers_faire))
    carte.ajouter(rangee(fermer, 1))
    return carte
