"""L'écran « Candidats d'un logement » : le logement à gauche ; à droite, qui s'y range, qui en est écarté, pourquoi."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt

from modele.coffre.contingents import Tenus
from modele.contingents.publics import exiger_un_motif
from modele.regles.fautes import ErreurUtilisateur
from ui.composants import Bloc, Bouton, Carte, annoncer, colonne, etiquette_aide, rangee, texte, viser
from ui.ecrans.candidats.logement import PliSaisie
from ui.ecrans.candidats.rangees import CarteCandidates, CarteEcartees
from ui.ecrans.de_pilotage import EcranDePilotage
from ui.ecrans.flux.logement import CarteLogements
from ui.etat.candidats import Candidatures, classer_du_coffre, designe, tirer_des_lignes
from ui.etat.contingent import logements_offerts
from ui.etat.seances import APreparer, designees
from ui.mots import candidats as mots
from ui.mots.contingents import libelles
from ui.mots.residences import dire_ou
from ui.theme import Ton

if TYPE_CHECKING:
    from ui.etat.session import Session

_LOT: Final = 20
"""Relues à la fois : l'agent ne les attend pas, et le coffre sert entre deux."""


class EcranCandidats(EcranDePilotage):
    """Rien ne se classe avant qu'on le demande : chaque classement s'inscrit au journal."""

    def __init__(self, session: Session) -> None:
        super().__init__(mots.TITRE, session)
        self.candidatures: Candidatures | None = None
        self.logements = CarteLogements()
        self.saisie = PliSaisie()
        self.ranger = Bouton(
            "Ranger les candidats", self._ranger, genre="principal", icone="list-checks", raccourci="Alt+J"
        )
        self.a_relire = etiquette_aide("")
        self.logement = texte("", "gras")
        self.residence = etiquette_aide("")
        self.choix = etiquette_aide("")
        self.seance = Bouton("Préparer la séance", self._preparer_la_seance, icone="list-checks", raccourci="Alt+P")
        self.candidates = CarteCandidates(self._designer, self._nommer)
        self.ecartees = CarteEcartees(self._rouvrir)
        self._disposer()
        self._tirees = 0
        self.logements.liste.currentRowChanged.connect(lambda _: self._changer_de_logement())
        self.saisie.bouton.clicked.connect(lambda _: self._oublier_le_classement())

    def _disposer(self) -> None:
        quel = Carte("Quel logement", icone="house")
        quel.ajouter(self.constat, self.saisie, Bloc(rangee(self.ranger, 1)))
        self._poser(
            etiquette_aide(mots.RANGE),
            self.a_relire,
            gauche=colonne(quel, self.logements, 1, ecart=3),
            droite=colonne(
                *(self.logement, self.residence, self.choix, Bloc(rangee(self.seance, 1))),
                *(self.candidates, self.ecartees, 1),
                ecart=3,
            ),
        )

    def focus_initial(self) -> None:
        (self.logements.liste if self.logements.liste.count() else self.saisie.bouton).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def paraitre(self, **arguments: Any) -> None:
        super().paraitre(**arguments)
        self._tirer()

    # Le logement.

    def _recevoir(self, _choisie: str, /) -> None:
        auteur = self.session.auteur
        self.constat.setText(mots.SANS_LOGEMENT)
        self.constat.show()
        self.session.avec_coffre(
            lambda coffre: logements_offerts(coffre, auteur), self._offrir, pour=self, remplace="logements offerts",
            echec=self._dire_echec,
        )  # fmt: skip

    def _offrir(self, lignes: tuple[Mapping[str, Any], ...]) -> None:
        jour = date.today()
        siennes = [une for une in self.tenus.conventions if une.annee == jour.year]
        self.logements.montrer(lignes, siennes, jour)
        self.saisie.communes = regles.territoire.communes if (regles := self.session.regles) is not None else {}
        self.logements.setVisible(bool(lignes))
        self.focus_initial()

    def _voulu(self) -> Mapping[str, Any] | None:
        return self.saisie.logement() if self.saisie.deplie else self.logements.choisi

    def _changer_de_logement(self) -> None:
        """Le classement d'un logement ne se lit jamais sous un autre, ni son contrôle."""
        if self.candidatures is not None and self.logements.choisi is not self.candidatures.logement:
            self._oublier_le_classement()

    # Le classement.

    def _ranger(self) -> None:
        logement = self._voulu()
        if logement is None:
            # Saisi, le champ fautif l'a dit lui-même, et tient le clavier.
            if dit := self.saisie.faute.text() if self.saisie.deplie else mots.SANS_LOGEMENT:
                self._dire_echec(dit)
            return
        self._classer(logement, vers_la_liste=True)

    def _classer(self, logement: Mapping[str, Any], dit: str = "", *, vers_la_liste: bool = False) -> None:
        regles, auteur = self.session.regles, self.session.auteur
        if regles is None:
            return

        choisi, saisi = self.logements.choisi, self.saisie.deplie

        def rendre(lues: Candidatures) -> None:
            if self.logements.choisi is not choisi or self.saisie.deplie is not saisi:
                # L'agent a changé de logement entre-temps : ce classement se lirait sous un autre.
                return
            self._montrer(lues)
            if (vers_la_liste or dit) and self.candidates.liste.count():
                # Agrandie, la page empile ses colonnes : la liste est loin sous le bouton qui vient de la demander.
                viser(self.candidates.liste)
            if dit:
                self.alerte.emit(dit, Ton.COURANT)
                annoncer(self, dit)

        self.session.avec_coffre(
            lambda coffre: classer_du_coffre(coffre, regles, auteur, logement), rendre, pour=self,
            remplace="classement", echec=self._dire_echec,
        )  # fmt: skip

    def _montrer(self, lues: Candidatures) -> None:
        self.candidatures, self._tirees = lues, 0
        regles = self.session.regles
        connues = regles.territoire.communes if regles is not None else {}
        commune = connues.get(str(lues.logement.get("code_insee")))
        self.logement.setText(mots.titre_du_logement(lues.logement, commune.nom if commune else ""))
        self.logement.show()
        self.choix.setText("\n".join(mots.dire_choisies(lues.choisies)))
        self.choix.setVisible(bool(lues.choisies))
        self.seance.setVisible(bool(designees(lues.choisies)))
        if regles is not None:
            self.residence.setText("\n".join(dire_ou(lues.touchee.ou, regles.territoire.residences)))
            self.residence.show()
        self._dire_a_relire(lues.a_relire)
        self.candidates.montrer(lues)
        self.ecartees.montrer(lues)
        annoncer(self, mots.dire_combien(lues.classement.candidats.height, lues.classement.ecartes.height, 0))

    def _dire_a_relire(self, nombre: int) -> None:
        self.a_relire.setText(mots.dire_a_relire(nombre))
        self.a_relire.setVisible(bool(nombre))

    def _tirer(self) -> None:
        """Quelques demandes à la fois, tant qu'il en reste.

        Le classement montré ne se refait pas sous les doigts : la ligne choisie, le motif tapé iraient à une autre.
        """
        regles, auteur, jour = self.session.regles, self.session.auteur, date.today()
        if regles is None or not self.isVisible():
            return

        def rendre(tirees: int) -> None:
            self._tirees += tirees
            if tirees == _LOT:
                self._tirer()
            elif self.candidatures is not None and self._tirees:
                self.a_relire.setText(mots.REFAIRE)
                self.a_relire.show()

        self.session.avec_coffre(
            lambda coffre: tirer_des_lignes(coffre, regles, auteur, jour, _LOT), rendre, pour=self,
            remplace="relecture des demandes",
        )  # fmt: skip

    def _preparer_la_seance(self) -> None:
        """Le logement et qui y est désigné passent à la séance ; nul nom n'y entre."""
        if self.candidatures is not None:
            voulu = APreparer(self.candidatures.logement, designees(self.candidatures.choisies))
            self.aller.emit("seance", {"a_preparer": voulu})

    # Choisir.

    def _designer(self, dossier: str, rang: int, motif: str, dit: str) -> None:
        auteur, lues = self.session.auteur, self.candidatures
        assert lues is not None
        verdict = self.logements.juge() if lues.logement is self.logements.choisi else None
        try:
            if verdict is not None:
                exiger_un_motif(verdict, motif, libelles("public_de_convention"))
        except ErreurUtilisateur as refus:
            self.candidates.dire_faute(str(refus))
            return
        lieu = designe(lues.logement)
        self._ecrire(lambda coffre: coffre.candidats.designer(lieu, dossier, rang, motif, auteur), dit)

    def _rouvrir(self, dossier: str, regles: tuple[str, ...], motif: str, dit: str) -> None:
        auteur, lues = self.session.auteur, self.candidatures
        assert lues is not None
        lieu = designe(lues.logement)

        def faire(coffre: Any) -> None:
            for regle in regles:
                coffre.candidats.rouvrir(lieu, dossier, regle, motif, auteur)

        self._ecrire(faire, dit)

    def _ecrire(self, geste: Callable[[Any], object], dit: str) -> None:
        lues = self.candidatures
        assert lues is not None

        def refaire(_: object) -> None:
            if self.candidatures is lues:
                self._classer(lues.logement, dit)

        self.session.avec_coffre(geste, refaire, pour=self, echec=self._dire_echec)

    def _nommer(self, dossier: str) -> None:
        auteur = self.session.auteur
        self.session.avec_coffre(
            lambda coffre: coffre.candidats.identite(dossier, auteur),
            lambda nom: self.candidates.nommer(dossier, nom), pour=self,
            remplace="nom d'un candidat", echec=self._dire_echec,
        )  # fmt: skip

    def _dire_echec(self, phrase: str) -> None:
        self.constat.setText(phrase)
        self.constat.show()
        self.alerte.emit(phrase, Ton.JOUR)
        annoncer(self, phrase, pressant=True)

    def _vider(self) -> None:
        """Rien n'en reste à l'écran."""
        self.tenus, self.candidatures = Tenus(), None
        self.logements.montrer((), (), date.today())
        self.logements.hide()
        self._oublier_le_classement()

    def _oublier_le_classement(self) -> None:
        self.candidatures = None
        self.candidates.oublier()
        self.ecartees.oublier()
        for dite in (self.logement, self.residence, self.choix, self.a_relire):
            dite.setText("")
            dite.hide()
        self.seance.hide()
