"""L'écran « Suivi » : ce qui a changé, puis qui a vu, ici et ailleurs. Essais : ``test_ecran_suivi.py``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.synchro.etats import LecteurMontre, Lien
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    annoncer,
    colonne,
    etiquette_aide,
    intertitre,
    nommer,
    rangee,
    retirer,
    texte,
)
from ui.ecrans.base import Ecran
from ui.ecrans.suivi.ecarts import CarteEcarts
from ui.ecrans.suivi.levee import CarteLevee
from ui.ecrans.suivi.referents import CarteReferents
from ui.etat.session import Session
from ui.etat.synchro import synchroniseur_de
from ui.mots.suivi import DiseurDHistoire, Passage, dire_heure, par_jour, passages
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from modele.coffre import AccesNote, Coffre, PageDHistoire
    from modele.protocole.messages import PosteConnu

SANS_DOSSIER: Final = "Aucun dossier n'est ouvert : cherchez la personne d'abord."
CE_POSTE: Final = "Les passages sur ce poste. Les autres guichets ne sont pas connus : ce poste n'est pas relié."
HORS_LIGNE: Final = "Les passages sur ce poste. Les autres guichets se liront au retour du réseau."
DEMANDE: Final = "Les passages sur ce poste ; ceux des autres guichets arrivent…"
TOUS: Final = "Tous les passages, sur ce poste et dans les autres guichets."
TITRE: Final = "Suivi du dossier"
CHANGE: Final = "Ce qui a changé"
D_UNE: Final = "Historique de cette réponse : {sujet}"
AILLEURS: Final = "Écrit sur un autre poste : la réponse d'aujourd'hui, son passé est là-bas"
RIEN: Final = "Aucun changement à lire."
SUITE: Final = "Voir la suite"


class EcranSuivi(Ecran):
    """Ce qui a changé dans le dossier ouvert, et qui l'a vu, jour par jour.

    ``chemin`` : l'histoire de cette seule réponse. D'une question : ``aller.emit("suivi", {"chemin": son champ})``.
    """

    def __init__(self, session: Session) -> None:
        super().__init__("Suivi", session)
        self.synchro = synchroniseur_de(session)
        self._acces: Sequence[AccesNote] = ()
        self._chemin = ""
        self._suite: int | None = None
        self._change, self._jours = QVBoxLayout(), QVBoxLayout()
        for boite in (self._change, self._jours):
            boite.setSpacing(espace(3))
        self.titre = intertitre(CHANGE)
        self.constat = etiquette_aide("")
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self.tout = Bouton("Tout l'historique", self._tout_lire)
        self.supprimer = Bouton("Supprimer ce dossier", self._supprimer, genre="discret", icone="x", raccourci="Alt+S")
        self.droits = Bouton("Droits des personnes", self._exercer, genre="discret", icone="shield", raccourci="Alt+D")
        self.information = Bouton(
            "Information donnée", self._informer, genre="discret", icone="info", raccourci="Alt+I"
        )
        self.suite = Bouton(SUITE, self._lire_la_suite)
        self.referents = CarteReferents(session)
        self.levee = CarteLevee(session)
        self.ecarts = CarteEcarts(session)
        self.ecarts.passee.connect(self._passe_la_main)
        haut = rangee(texte(TITRE, "titre", coupe=False), 1, self.retour)
        change = rangee(self.titre, self.tout, ecart=3)
        change.setStretch(0, 1)
        self._vus = QWidget()
        vus = colonne(intertitre("Qui a vu ce dossier"), self.constat, ecart=3)
        vus.addLayout(self._jours)
        self._vus.setLayout(vus)
        page = colonne(haut, self.referents, change, ecart=3, marges=8)
        page.addLayout(self._change)
        page.addWidget(Bloc(rangee(self.suite, 1)))
        page.addWidget(self._vus)
        page.addWidget(self.ecarts)
        page.addWidget(self.levee)
        page.addWidget(
            Bloc(rangee(Colonnes([(self.information, 0, 0), (self.droits, 0, 0), (self.supprimer, 0, 0)], ecart=2), 1))
        )
        page.addStretch(1)
        entiere = QVBoxLayout(self)
        entiere.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        entiere.addWidget(self._page)
        session.ferme.connect(self._oublier)

    def paraitre(self, chemin: str = "", **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        self._oublier()
        self._chemin = chemin
        self.tout.setVisible(bool(chemin))
        self._vus.setVisible(not chemin)
        dossier = self.session.dossier_id
        for geste in (self.information, self.droits, self.supprimer, self.referents, self.ecarts):
            geste.setVisible(bool(dossier) and not chemin)
        if not dossier:
            self._dire(SANS_DOSSIER)
            self._vus.show()
            return
        self._lire_l_histoire()
        if not chemin:
            self.referents.montrer()
            self.ecarts.montrer()
            self.levee.montrer()
            self._dire(DEMANDE)
            self.session.avec_coffre(lambda coffre: coffre.acces(dossier), self._lire, pour=self, remplace="suivi")

    def disparaitre(self) -> None:
        self._oublier()

    def _tout_lire(self) -> None:
        self.paraitre()

    # Ce qui a changé.

    def _lire_la_suite(self) -> None:
        if self._suite is not None:
            self._lire_l_histoire(self._suite)

    def _lire_l_histoire(self, avant: int | None = None) -> None:
        dossier, chemin, auteur = self.session.dossier_id, self._chemin, self.session.auteur

        def lire(coffre: Coffre) -> tuple[PageDHistoire, Mapping[str, PosteConnu]]:
            page = coffre.histoire(dossier, auteur, chemin=chemin, avant=avant)
            return page, coffre.echanges.noms_des_postes()

        def rendre(lus: tuple[PageDHistoire, Mapping[str, PosteConnu]]) -> None:
            if (dossier, chemin) == (self.session.dossier_id, self._chemin):
                self._montrer_l_histoire(*lus, suite=avant is not None)

        self.session.avec_coffre(lire, rendre, pour=self, remplace="histoire")

    def _montrer_l_histoire(self, page: PageDHistoire, postes: Mapping[str, PosteConnu], *, suite: bool) -> None:
        from modele.protection.discretion import est_discret

        regles, document = self.session.regles, self.session.document
        if regles is None:
            return
        diseur = DiseurDHistoire(regles, document, postes, discret=est_discret(document))
        if self._chemin:
            self.titre.setText(D_UNE.format(sujet=diseur.sujet(self._chemin)))
        maintenant = datetime.now().astimezone()
        self._ranger(self._change, diseur.dire(page.changements), maintenant)
        if page.ailleurs:
            carte = Carte(AILLEURS)
            carte.ajouter(*(_ligne(un, maintenant, jour=True) for un in diseur.dire(page.ailleurs)))
            self._change.addWidget(carte)
        if not (page.changements or page.ailleurs or suite):
            self._change.addWidget(etiquette_aide(RIEN))
        self._suite = page.suite
        self.suite.setVisible(page.suite is not None)
        annoncer(self, self.titre.text())

    # Qui a vu.

    def _lire(self, acces: Sequence[AccesNote]) -> None:
        self._acces = acces
        self.montrer(())
        etat, dossier, agent = self.synchro.etat, self.session.dossier_id, self.session.agent
        if etat is None or etat.lien is Lien.SANS_REGISTRE:
            self._dire(CE_POSTE)
        elif etat.lien is not Lien.EN_LIGNE:
            self._dire(HORS_LIGNE)
        else:
            self.synchro.la_bas(
                lambda synchro: synchro.guichets.lecteurs(dossier, agent),
                self._recevoir,
                lambda _: self._dire(HORS_LIGNE),
                pour=self,
                remplace="suivi",
            )

    def _recevoir(self, lecteurs: Sequence[LecteurMontre]) -> None:
        self.montrer(lecteurs)
        self._dire(TOUS)

    def montrer(self, d_ailleurs: Sequence[LecteurMontre]) -> None:
        """Montre les accès de ce poste et ces lectures d'ailleurs."""
        _vider(self._jours)
        self._ranger(self._jours, passages(self._acces, d_ailleurs), datetime.now().astimezone())

    @staticmethod
    def _ranger(boite: QVBoxLayout, tous: Sequence[Passage], maintenant: datetime) -> None:
        for jour, du_jour in par_jour(tous, maintenant):
            carte = Carte(jour[:1].upper() + jour[1:])
            for passage in du_jour:
                carte.ajouter(_ligne(passage, maintenant))
            boite.addWidget(carte)

    def _oublier(self) -> None:
        """Rien du dossier ne reste, pas même caché."""
        self._chemin, self._suite = "", None
        self.referents.oublier()
        self.ecarts.oublier()
        self.levee.oublier()
        self.titre.setText(CHANGE)
        self.suite.hide()
        _vider(self._change)
        _vider(self._jours)

    def _dire(self, phrase: str) -> None:
        self.constat.setText(phrase)
        annoncer(self, phrase)

    def _informer(self) -> None:
        self.aller.emit("information", {})

    def _exercer(self) -> None:
        self.aller.emit("droits", {})

    def _supprimer(self) -> None:
        self.aller.emit("suppression", {})

    def _passe_la_main(self, phrase: str) -> None:
        self.aller.emit("accueil", {})
        self.alerte.emit(phrase, Ton.COURANT)

    def _revenir(self) -> None:
        chemin = {"chemin": self._chemin} if self._chemin else {}
        self.aller.emit("entretien" if self.session.dossier_id else "accueil", chemin)


def _vider(boite: QVBoxLayout) -> None:
    while (element := boite.takeAt(0)) is not None:
        retirer(element.widget())


def _ligne(passage: Passage, maintenant: datetime, *, jour: bool = False) -> Any:
    from ui.mots.moments import ecrire_moment

    quand = ecrire_moment(passage.quand, maintenant) if jour else dire_heure(passage, maintenant)
    heure = texte(quand, "gras", coupe=False)
    mots = colonne(texte(passage.dite), etiquette_aide(passage.ou), ecart=0)
    ligne = rangee(heure, mots, ecart=4)
    ligne.setStretch(1, 1)
    ligne.setAlignment(heure, Qt.AlignmentFlag.AlignTop)
    bloc = Bloc(ligne)
    nommer(bloc, f"{heure.text()}, {passage.dite}, {passage.ou}")
    return bloc
