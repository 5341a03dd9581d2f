"""Compter l'année, la figer, puis seulement l'imprimer ou l'enregistrer : rien ne sort qui ne soit gardé d'abord."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from modele.chiffres import Diffusion
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    GroupeChoix,
    Option,
    constater,
    etiquette_aide,
    rangee,
    texte,
)
from ui.composants.fichiers import choisir_un_dossier, choisir_un_fichier
from ui.ecrans.imprimer.boite import sortir
from ui.ecrans.imprimer.sortis import CarteSortis, en_clair
from ui.etat.conference import Compte, DossierDeLAnnee, FichierDesDemandes, compter, figer_le_dossier, lire_les_demandes
from ui.mots import conference as mots
from ui.mots.bilan_flux import HABILITES, diffusion_de
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.territoire.engagements import Engagements
    from ui.ecrans.imprimer.travail import Liasse
    from ui.etat.session import Session

_QUOI: Final = "Un dossier de la conférence"
PDF: Final = "pdf"
TABLEUR: Final = "xlsx"


class CarteDossier(Carte):
    """``compte`` : une année vient d'être comptée, ou figée (``Compte``). ``dit`` : phrase, ton."""

    compte = Signal(object)
    fige = Signal()
    dit = Signal(str, Ton)

    def __init__(self, session: Session) -> None:
        super().__init__("Compter l'année", icone="file-text")
        self._session = session
        self.annee = 0
        self.vu: Compte | None = None
        self.engagements: Callable[[], Engagements] | None = None
        options = [
            Option(HABILITES, "Des personnes habilitées", signe="1"),
            Option(str(Diffusion.PARTENAIRES), "Des partenaires", signe="2"),
            Option(str(Diffusion.PUBLIC), "Le public", signe="3"),
        ]
        self.pour = GroupeChoix("Pour qui", options, serre=True)
        self.compter = Bouton("Compter", self._compter, genre="principal", icone="list-checks", raccourci="Alt+J")
        self.figer = Bouton("Figer cette version", self._figer, icone="lock", raccourci="Alt+G")
        self.imprimer = Bouton("Imprimer le dossier", self._imprimer, icone="printer", raccourci="Alt+B")
        self.pdf = Bouton("Enregistrer le PDF", lambda: self._choisir_ou(PDF))
        self.tableur = Bouton("Enregistrer pour un tableur", lambda: self._choisir_ou(TABLEUR))
        self.demandes: FichierDesDemandes | None = None
        self.choisir = Bouton(
            "Fichier des demandes…", self._choisir_des_demandes, icone="folder-open", raccourci="Alt+V"
        )
        self.sans = Bouton("Ne plus le lire", self.oublier_les_demandes, icone="x", genre="discret")
        self.lues = etiquette_aide(mots.SANS_DEMANDES)
        self.constat = etiquette_aide("")
        self.sortis = CarteSortis(session, _QUOI)
        self.sortis.dit.connect(self.dit)
        gestes = Colonnes([(self.imprimer, 0, 0), (self.pdf, 0, 0), (self.tableur, 0, 0)], ecart=2)
        self._sorties = Bloc(rangee(gestes, 1))
        self._clair = etiquette_aide(en_clair(_QUOI))
        self.ajouter(etiquette_aide(mots.COMPTER), texte("Pour qui", "gras"), self.pour)
        self.ajouter(self.lues, Bloc(rangee(Colonnes([(self.choisir, 0, 0), (self.sans, 0, 0)], ecart=2), 1)))
        self.ajouter(Bloc(rangee(Colonnes([(self.compter, 0, 0), (self.figer, 0, 0)], ecart=2), 1)), self.constat)
        self.ajouter(self._sorties, self._clair, self.sortis)
        self.oublier_les_demandes()

    def oublier_les_demandes(self) -> None:
        """Le fichier des demandes n'est plus lu ; ce qui en était compté s'oublie."""
        self.demandes = None
        self.lues.setText(mots.SANS_DEMANDES)
        self.sans.hide()
        self.oublier()

    def _choisir_des_demandes(self) -> None:
        choisi = choisir_un_fichier(self, "Fichier des demandes en attente", mots.FILTRE)
        if choisi is not None:
            self.lire_des_demandes(choisi)

    def lire_des_demandes(self, chemin: Path) -> None:
        """Lit ce fichier, hors du fil de l'écran ; une ligne fautive le dit, et rien n'en est pris."""
        jour = date.today()

        def rendre(lues: FichierDesDemandes) -> None:
            self.oublier()
            self.demandes = lues
            self.lues.setText(mots.dire_demandes(lues.nom, lues.combien))
            self.sans.show()
            self._dire(mots.A_COMPTER)

        self.oublier_les_demandes()
        self._session.travaux.lancer(lambda: lire_les_demandes(chemin, jour), rendre, self._dire, pour=self)

    def oublier(self) -> None:
        """Rien n'en reste à l'écran."""
        self.vu = None
        self.sortis.oublier()
        self._dire("")
        self._offrir()

    def _offrir(self) -> None:
        fige = self.vu is not None and self.vu.figee
        self.figer.setVisible(self.vu is not None and not fige)
        for un in (self._sorties, self._clair):
            un.setVisible(fige)

    def _compter(self) -> None:
        regles, session, annee = self._session.regles, self._session, self.annee
        self.oublier()
        if regles is None:
            return
        if self.pour.valeur() is None:
            self._dire(mots.POUR_QUI)
            self.pour.focus_initial()
            return
        diffusion, territoire, auteur = diffusion_de(str(self.pour.valeur())), regles.territoire, session.auteur
        demandes = self.demandes
        session.avec_coffre(
            lambda coffre: compter(coffre, auteur, annee, territoire, diffusion, demandes), self._recevoir, pour=self,
            remplace="conférence", echec=self._dire,
        )  # fmt: skip

    def _recevoir(self, compte: Compte) -> None:
        self.vu = compte
        self._offrir()
        self._dire(mots.DEJA_FIGEE if compte.figee else mots.A_FIGER)
        self.compte.emit(compte)

    def _figer(self) -> None:
        compte, auteur = self.vu, self._session.auteur
        if compte is None or compte.figee:
            return

        def rendre(fige: Compte) -> None:
            self.vu = fige
            self._offrir()
            self._dire(mots.FIGEE)
            self.imprimer.setFocus()
            self.fige.emit()

        self._session.avec_coffre(
            lambda coffre: figer_le_dossier(coffre, auteur, compte), rendre, pour=self, echec=self._dire
        )

    # Sortir.

    def _dossier(self) -> DossierDeLAnnee | None:
        regles, compte = self._session.regles, self.vu
        if regles is None or compte is None or not compte.figee or self.engagements is None:
            return None
        return DossierDeLAnnee(compte, regles.territoire, self.engagements())

    def _imprimer(self) -> None:
        dossier = self._dossier()
        if dossier is None:
            return

        def composer() -> Liasse:
            from ui.ecrans.imprimer.travail import Feuille, Liasse

            return Liasse((Feuille("conference", dossier.nom(PDF), mots.TITRE, dossier.pdf(), ()),))

        self._session.travaux.lancer(
            composer,
            lambda liasse: sortir(self, self._session, liasse, self.dit.emit, lambda: None),
            self._dire,
            pour=self,
        )

    def _choisir_ou(self, suffixe: str) -> None:
        if self._dossier() is not None and (choisi := choisir_un_dossier(self, "Où enregistrer")) is not None:
            self.enregistrer_dans(choisi, suffixe)

    def enregistrer_dans(self, ou: Path, suffixe: str) -> None:
        """Écrit le PDF ou le tableur de la version figée, sans rien écraser."""
        dossier, ouvert = self._dossier(), self._session.dossier_id
        if dossier is None:
            return

        def ecrire() -> list[Path]:
            from ui.ecrans.imprimer.fichiers import ecrire_a_part

            return [ecrire_a_part(ou / dossier.nom(suffixe), dossier.pdf() if suffixe == PDF else dossier.classeur())]

        self._session.travaux.lancer(ecrire, lambda ecrits: self.sortis.recevoir(ecrits, ouvert), self._dire, pour=self)

    def _dire(self, phrase: str) -> None:
        constater(self.constat, phrase, pressant=True)
