"""Sortir le bilan annuel du flux (CCH R441-5-1) : pour qui, puis imprimer ; enregistrer, si on le veut."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from modele.chiffres import Diffusion
from ui.composants import Bloc, Bouton, Carte, Colonnes, GroupeChoix, Option, constater, etiquette_aide, rangee, texte
from ui.composants.fichiers import choisir_un_dossier
from ui.ecrans.imprimer.boite import sortir
from ui.ecrans.imprimer.sortis import CarteSortis, en_clair
from ui.etat.contingent import tirer_le_bilan
from ui.mots import fichiers_bailleurs as mots
from ui.mots.bilan_flux import HABILITES, BilanDit
from ui.theme import Ton

if TYPE_CHECKING:
    from ui.ecrans.imprimer.travail import Liasse
    from ui.etat.session import Session

_QUOI: Final = "Un bilan"
PDF: Final = "pdf"
TABLEUR: Final = "xlsx"


class CarteBilan(Carte):
    """Le bilan du jour de l'état montré. ``dit`` : phrase, ton."""

    dit = Signal(str, Ton)

    def __init__(self, session: Session) -> None:
        super().__init__(mots.BILAN, icone="file-text")
        self._session = session
        self._le: date | None = None
        options = [
            Option(HABILITES, "Des personnes habilitées", signe="1"),
            Option(str(Diffusion.PARTENAIRES), "Des partenaires", signe="2"),
            Option(str(Diffusion.PUBLIC), "Le public", signe="3"),
        ]
        self.pour = GroupeChoix("Pour qui", options, serre=True)
        self.imprimer = Bouton("Imprimer le bilan", self._imprimer, icone="printer", raccourci="Alt+B")
        self.pdf = Bouton("Enregistrer le PDF", lambda: self._choisir_ou(PDF))
        self.tableur = Bouton("Enregistrer pour un tableur", lambda: self._choisir_ou(TABLEUR))
        self.constat = etiquette_aide("")
        self.sortis = CarteSortis(session, _QUOI)
        self.sortis.dit.connect(self.dit)
        gestes = Colonnes([(self.imprimer, 0, 0), (self.pdf, 0, 0), (self.tableur, 0, 0)], ecart=2)
        self.ajouter(etiquette_aide(mots.AIDE_DU_BILAN), texte("Pour qui", "gras"), self.constat, self.pour)
        self.ajouter(Bloc(rangee(gestes, 1)), etiquette_aide(en_clair(_QUOI)), self.sortis)
        self.oublier()

    def offrir(self, le: date) -> None:
        """Le bilan au jour de cet état."""
        self.oublier()
        self._le = le
        self.show()

    def oublier(self) -> None:
        """Rien n'en reste à l'écran."""
        self._le = None
        self.pour.poser(None)
        self.sortis.oublier()
        self._dire("")
        self.hide()

    def tirer(self, suite: Callable[[BilanDit], object]) -> None:
        """Relit les fichiers du coffre, et donne le bilan à ``suite`` ; à qui il va se dit d'abord."""
        regles, le, session = self._session.regles, self._le, self._session
        if regles is None or le is None:
            return
        if self.pour.valeur() is None:
            self._dire(mots.POUR_QUI)
            self.pour.focus_initial()
            return
        pour, territoire, auteur = str(self.pour.valeur()), regles.territoire, session.auteur
        self._dire("")
        session.avec_coffre(
            lambda coffre: tirer_le_bilan(coffre, auteur, le, territoire, pour), suite, pour=self,
            remplace="bilan du flux", echec=self._dire,
        )  # fmt: skip

    def _imprimer(self) -> None:
        def donner(bilan: BilanDit) -> None:
            from ui.ecrans.imprimer.travail import Feuille, Liasse

            self._session.travaux.lancer(
                lambda: Liasse((Feuille("bilan", bilan.nom(PDF), mots.BILAN, bilan.pdf(), ()),)),
                self._donner_a_l_imprimante,
                self._dire,
                pour=self,
            )

        self.tirer(donner)

    def _donner_a_l_imprimante(self, liasse: Liasse) -> None:
        sortir(self, self._session, liasse, self.dit.emit, lambda: None)

    def _choisir_ou(self, suffixe: str) -> None:
        if self.pour.valeur() is None:
            self.tirer(lambda _: None)
        elif (choisi := choisir_un_dossier(self, "Où enregistrer")) is not None:
            self.enregistrer_dans(choisi, suffixe)

    def enregistrer_dans(self, dossier: Path, suffixe: str) -> None:
        """Écrit le PDF ou le tableur, sans rien écraser."""
        ouvert = self._session.dossier_id

        def donner(bilan: BilanDit) -> None:
            self._session.travaux.lancer(
                lambda: [_ecrire(dossier, bilan, suffixe)],
                lambda ecrits: self.sortis.recevoir(ecrits, ouvert),
                self._dire,
                pour=self,
            )

        self.tirer(donner)

    def _dire(self, phrase: str) -> None:
        constater(self.constat, phrase, pressant=True)


def _ecrire(dossier: Path, bilan: BilanDit, suffixe: str) -> Path:
    from ui.ecrans.imprimer.fichiers import ecrire_a_part

    return ecrire_a_part(dossier / bilan.nom(suffixe), bilan.pdf() if suffixe == PDF else bilan.classeur())
