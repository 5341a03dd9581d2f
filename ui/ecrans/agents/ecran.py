"""L'écran « Agents et mot de passe » : son compte ; puis, à qui les tient, ceux du poste et leur journal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.composants import Bouton, Carte, Defilement, colonne, constater, etiquette_aide, rangee, retirer, texte
from ui.composants.lignes import point
from ui.ecrans.agents.formulaires import Delai, Fermer, Formulaire, Identite, MonMotDePasse, Rouvrir
from ui.ecrans.base import Ecran
from ui.mots import agents as mots
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.coffre.comptes import CompteAgent
    from modele.coffre.listes import AccesNote
    from modele.coffre.portee import Portee
    from modele.droits import Auteur
    from ui.etat.session import Session

AU_PLUS: Final = 30
"""Les lignes du journal qui se montrent."""


class Lus(NamedTuple):
    """Ce que l'écran montre. ``comptes`` : vides, l'agent ne les tient pas. ``portee`` : à qui les tient, si enrôlé."""

    moi: CompteAgent
    comptes: list[CompteAgent]
    journal: list[AccesNote]
    portee: Portee | None = None


def lire(coffre: Coffre, auteur: Auteur) -> Lus:
    """Son compte, et ceux du poste à qui les tient : c'est le coffre qui en juge."""
    moi = coffre.comptes.moi()
    if not moi.administre:
        return Lus(moi, [], [])
    return Lus(moi, coffre.comptes.lister(auteur), coffre.comptes.journal(auteur), coffre.portee.lire())


class LigneCompte(Carte):
    """Un compte, et ce qu'un administrateur peut en faire."""

    def __init__(self, compte: CompteAgent, demander: Callable[[Formulaire], object], moi: bool) -> None:
        dit = mots.dire_compte(compte, datetime.now().astimezone())
        super().__init__(nom=f"{compte.nom}, {dit}")
        self.compte = compte
        if compte.ouvert:
            gestes = [Bouton("Changer", lambda: demander(Identite(compte)), genre="discret", icone="notebook-pen")]
            if not moi:
                gestes.append(Bouton("Fermer", lambda: demander(Fermer(compte)), genre="discret", icone="x"))
        else:
            gestes = [Bouton("Rouvrir", lambda: demander(Rouvrir(compte)), genre="discret", icone="rotate-ccw")]
        for bouton in gestes:
            bouton.setAccessibleName(f"{bouton.text()} le compte de {compte.nom}")
        self.gestes = gestes
        nom = compte.nom if compte.ouvert else f"{compte.nom} (compte fermé)"
        self.ajouter(texte(nom, "gras"), etiquette_aide(dit), rangee(*gestes, 1, ecart=2))


class EcranAgents(Ecran):
    """Mon compte, les comptes du poste, un formulaire à la fois, le journal."""

    def __init__(self, session: Session) -> None:
        super().__init__(mots.TITRE, session)
        self.lignes: list[LigneCompte] = []
        self.formulaire: Formulaire | None = None
        # On vient d'ailleurs pour changer son mot de passe : le formulaire s'ouvre avec l'écran.
        self._changer = False
        self._suite: Callable[[], QWidget | None] | None = None
        """Où mène un geste fait, une fois la liste relue ; ``None`` : rien ne vient d'être fait."""
        self.retour = Bouton("Retour", self.rentrer, icone="arrow-left", raccourci="Alt+Left")
        self.constat = etiquette_aide("")
        self._moi = Carte(mots.MOI)
        self.changer: Bouton | None = None
        self.ajouter = Bouton("Ajouter un agent", lambda: self.demander(Identite()), icone="user-plus")
        self._place = QVBoxLayout()
        self._comptes = QVBoxLayout()
        self._comptes.setSpacing(espace(3))
        self._autres = texte(mots.AUTRES, "fort")
        self.delai = Carte(mots.DELAI)
        self.journal = Carte(mots.JOURNAL)
        titre = rangee(texte(mots.TITRE, "titre", coupe=False), 1, self.retour)
        page = colonne(titre, self.constat, self._moi, ecart=3, marges=8)
        page.addLayout(self._place)
        page.addLayout(rangee(self._autres, 1, self.ajouter))
        page.addLayout(self._comptes)
        page.addWidget(self.delai)
        page.addWidget(self.journal)
        page.addStretch(1)
        self._page = Defilement(page)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(self._page)
        session.rouvert.connect(self._relire)
        session.ferme.connect(self._vider)

    def paraitre(self, changer: bool = False, **_arguments: Any) -> None:
        self._changer = changer
        self._page.verticalScrollBar().setValue(0)
        self._dire("")
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        self._relire()

    def disparaitre(self) -> None:
        self._vider()

    # Montrer.

    def _relire(self) -> None:
        if self.isHidden():
            return
        auteur = self.session.auteur
        self.session.avec_coffre(lambda coffre: lire(coffre, auteur), self._montrer, pour=self, remplace="agents")

    def _montrer(self, lus: Lus) -> None:
        self._vider()
        # Un papier imprimé dès maintenant dit le service et le prénom tels qu'ils viennent d'être changés.
        self.session.compte = lus.moi
        maintenant = datetime.now().astimezone()
        self._moi.ajouter(texte(lus.moi.nom, "gras"), etiquette_aide(mots.dire_compte(lus.moi, maintenant)))
        if lus.moi.provisoire:
            self._moi.ajouter(texte(mots.PROVISOIRE, "texte", Ton.JOUR))
        if not lus.moi.administre:
            self._moi.ajouter(etiquette_aide(mots.SANS_DROIT))
        self.changer = Bouton("Changer mon mot de passe", lambda: self.demander(MonMotDePasse()), icone="lock")
        self._moi.ajouter(rangee(self.changer, 1))
        self.lignes = [LigneCompte(un, self.demander, un.nom == lus.moi.nom) for un in lus.comptes]
        for ligne in self.lignes:
            self._comptes.addWidget(ligne)
        for note in lus.journal[:AU_PLUS]:
            self.journal.ajouter(point("·", mots.dire_note(note, maintenant)))
        for widget in (self._autres, self.ajouter):
            widget.setVisible(lus.moi.administre)
        self.journal.setVisible(bool(lus.journal))
        if lus.portee is not None:
            self._montrer_le_delai(lus.portee, maintenant)
        if self._changer:
            self._changer = False
            self.demander(MonMotDePasse())
        self._suivre()

    def _suivre(self) -> None:
        """Le clavier va à ce qui se fait ensuite : un autre agent, ou le compte qu'on vient de changer."""
        suite, self._suite = self._suite, None
        if suite is not None:
            self._page.viser(suite() or self.retour)

    def _montrer_le_delai(self, portee: Portee, maintenant: datetime) -> None:
        changer = Bouton("Changer ce délai", lambda: self.demander(Delai(portee.jours)), icone="notebook-pen")
        self.delai.ajouter(etiquette_aide(mots.dire_delai(portee, maintenant)), rangee(changer, 1))
        self.delai.show()

    def _vider(self) -> None:
        self._fermer_le_formulaire()
        self.lignes, self.changer = [], None
        self._moi.vider()
        self.journal.vider()
        self.delai.vider()
        for widget in (self._autres, self.ajouter, self.delai, self.journal):
            widget.hide()
        while (element := self._comptes.takeAt(0)) is not None:
            retirer(element.widget())

    def _dire(self, phrase: str) -> None:
        constater(self.constat, phrase, annonce=True)

    # Agir.

    def demander(self, formulaire: Formulaire) -> None:
        """Ouvre ce formulaire, à la place d'un autre."""
        self._fermer_le_formulaire()
        self._dire("")
        self.formulaire = formulaire
        formulaire.pret.connect(partial(self._faire, formulaire))
        formulaire.abandonne.connect(self._renoncer)
        self._place.addWidget(formulaire)
        formulaire.show()
        formulaire.paraitre()

    def _fermer_le_formulaire(self) -> None:
        ancien, self.formulaire = self.formulaire, None
        if ancien is not None:
            self._place.removeWidget(ancien)
            retirer(ancien)

    def _renoncer(self) -> None:
        self._fermer_le_formulaire()
        (self.changer or self.retour).setFocus(Qt.FocusReason.OtherFocusReason)

    def _faire(self, formulaire: Formulaire) -> None:
        geste, phrase = preparer(formulaire, self.session.auteur)

        def fini(_: object) -> None:
            self._suite = partial(self._apres, formulaire)
            self._dire(phrase)
            self._relire()

        self.session.avec_coffre(geste, fini, pour=formulaire, echec=formulaire.refuser)

    def _apres(self, formulaire: Formulaire) -> QWidget | None:
        """Ce qui se presse après ce geste."""
        if isinstance(formulaire, MonMotDePasse | Delai):
            return self.retour
        if isinstance(formulaire, Identite) and formulaire.neuf:
            return self.ajouter
        assert isinstance(formulaire, Identite | Fermer | Rouvrir)
        nom = formulaire.compte.nom if formulaire.compte is not None else ""
        return next((ligne.gestes[0] for ligne in self.lignes if ligne.compte.nom == nom), None)


def preparer(formulaire: Formulaire, auteur: Auteur) -> tuple[Callable[[Coffre], object], str]:
    """Ce que ce formulaire rempli demande au coffre, et la phrase qui dira que c'est fait."""
    if isinstance(formulaire, MonMotDePasse):
        secrets = formulaire.ancien.contenu, formulaire.saisie.contenu
        return lambda coffre: coffre.comptes.changer_mot_de_passe(*secrets), mots.MOT_CHANGE
    if isinstance(formulaire, Identite):
        return _identite(formulaire, auteur)
    if isinstance(formulaire, Delai):
        jours = int(formulaire.jours.contenu)
        return lambda coffre: coffre.portee.regler_les_jours(jours, auteur), mots.DELAI_CHANGE.format(jours)
    assert isinstance(formulaire, Fermer | Rouvrir)
    nom = formulaire.compte.nom
    if isinstance(formulaire, Fermer):
        return lambda coffre: coffre.comptes.fermer(nom, auteur), mots.FERME.format(nom)
    mot_de_passe, code = formulaire.saisie.contenu, formulaire.code.contenu
    return lambda coffre: coffre.comptes.rouvrir(nom, mot_de_passe, code, auteur), mots.ROUVERT.format(nom)


def _identite(formulaire: Identite, auteur: Auteur) -> tuple[Callable[[Coffre], object], str]:
    nom, roles = " ".join(formulaire.signe.split()), formulaire.coches
    dits = formulaire.prenom.contenu, formulaire.service.contenu
    if formulaire.neuf:
        mot_de_passe = formulaire.saisie.contenu
        return lambda coffre: coffre.comptes.ouvrir(nom, *dits, roles, mot_de_passe, auteur), mots.OUVERT.format(nom)
    return lambda coffre: coffre.comptes.changer(nom, *dits, roles, auteur), mots.CHANGE.format(nom)
