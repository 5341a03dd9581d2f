"""Tirer le bilan annuel du plan : l'année, le lieu ; imprimer, enregistrer. À qui peut tirer le rapport de l'année."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from modele.chiffres import Diffusion
from ui.composants import (
    Bouton,
    Carte,
    Champ,
    Colonnes,
    GroupeChoix,
    Option,
    SaisieInvalide,
    constater,
    etiquette_aide,
    rangee,
    retirer,
    texte,
    viser,
)
from ui.composants.fichiers import choisir_un_dossier
from ui.ecrans.imprimer.boite import sortir
from ui.ecrans.imprimer.sortis import CarteSortis, en_clair
from ui.mots import plan as mots
from ui.mots.rapport import voies_dites
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.coffre.rapports import Tire
    from modele.territoire.plan import Plan
    from ui.ecrans.imprimer.travail import Liasse
    from ui.etat.session import Session

ANNEE: Final = "Écrivez une année finie, en quatre chiffres."
QUEL_LIEU: Final = "Choisissez de quel lieu sont les chiffres."
_PREMIERE: Final = 2000


class CarteBilan(Carte):
    """``dit`` : phrase, ton. Cachée tant qu'on ne sait pas que l'agent peut tirer le rapport."""

    dit = Signal(str, Ton)

    def __init__(self, session: Session) -> None:
        super().__init__(mots.BILAN, icone="file-text")
        self._session = session
        self._plan: Plan | None = None
        self.annee = Champ("Année", lire=_lire_annee, exemple=str(date.today().year - 1), largeur=120)
        self.lieux: GroupeChoix | None = None
        self._place_des_lieux = QVBoxLayout()
        self.imprimer = Bouton("Imprimer le bilan", self._imprimer, icone="printer", raccourci="Alt+I")
        self.enregistrer = Bouton("Enregistrer le PDF", self._demander_dossier, raccourci="Alt+E")
        self.constat = etiquette_aide("")
        self.sortis = CarteSortis(session, "Un bilan")
        self.sortis.dit.connect(self.dit)
        self.annee.entree.connect(lambda: self.imprimer.setFocus(Qt.FocusReason.TabFocusReason))
        gestes = Colonnes([(self.imprimer, 0, 0), (self.enregistrer, 0, 0)], ecart=2)
        self.ajouter(etiquette_aide(mots.POUR_LE_PUBLIC), self.annee, self._place_des_lieux, rangee(gestes, 1))
        self.ajouter(self.constat, etiquette_aide(en_clair("Un bilan")), self.sortis)
        self.oublier()

    def offrir(self, plan: Plan) -> None:
        """Ce plan, si l'agent peut tirer le rapport ; sinon rien ne se montre."""
        self._plan, auteur = plan, self._session.auteur
        self._session.avec_coffre(
            lambda coffre: coffre.rapports.lieux(auteur), self._montrer, pour=self, remplace="bilan du plan",
            echec=lambda _: None,
        )  # fmt: skip

    def oublier(self) -> None:
        """Rien n'en reste à l'écran."""
        self._plan = None
        self.sortis.oublier()
        self.annee.poser(None)
        self._dire("")
        self.hide()

    def _montrer(self, lieux: list[str]) -> None:
        self.lieux = None
        while (element := self._place_des_lieux.takeAt(0)) is not None:
            retirer(element.widget())
        if len(lieux) > 1:
            self.lieux = GroupeChoix("Lieu des chiffres", [Option(lieu, lieu) for lieu in lieux])
            self._place_des_lieux.addWidget(texte("Lieu des chiffres", "gras"))
            self._place_des_lieux.addWidget(self.lieux)
        self.setVisible(self._plan is not None)

    # Tirer.

    def tirer(self, suite: Callable[[str, bytes], object]) -> None:
        """Compose le bilan, puis le donne à ``suite`` ; ce qui manque se dit au champ."""
        plan, regles, session = self._plan, self._session.regles, self._session
        if plan is None or regles is None:
            return
        try:
            annee = _lire_annee(self.annee.contenu)
        except SaisieInvalide as faute:
            self.annee.dire_faute(str(faute))
            viser(self.annee)
            return
        if self.lieux is not None and self.lieux.valeur() is None:
            self._dire(QUEL_LIEU)
            self.lieux.focus_initial()
            return
        lieu = "" if self.lieux is None else str(self.lieux.valeur())
        auteur, voies, jour = session.auteur, voies_dites(regles), date.today()

        def composer(tire: Tire) -> tuple[str, bytes]:
            from impressions.bilan_du_plan import composer_bilan

            return mots.nom_du_bilan(tire), composer_bilan(mots.bilan_de(plan, tire, jour), jour)

        self._dire("")
        session.avec_coffre(
            lambda coffre: composer(coffre.rapports.tirer(annee, lieu, auteur, voies, Diffusion.PUBLIC)),
            lambda fait: suite(*fait),
            pour=self,
            echec=self._dire,
        )

    def _imprimer(self) -> None:
        def donner(nom: str, octets: bytes) -> None:
            from ui.ecrans.imprimer.travail import Feuille, Liasse

            liasse: Liasse = Liasse((Feuille("bilan", nom, mots.BILAN, octets, ()),))
            sortir(self, self._session, liasse, self.dit.emit, lambda: None)

        self.tirer(donner)

    def _demander_dossier(self) -> None:
        if (choisi := choisir_un_dossier(self, "Où enregistrer")) is not None:
            self.enregistrer_dans(choisi)

    def enregistrer_dans(self, dossier: Path) -> None:
        """Écrit le bilan sans rien écraser."""
        ouvert = self._session.dossier_id

        def donner(nom: str, octets: bytes) -> None:
            self._session.travaux.lancer(
                lambda: [_ecrire(dossier, nom, octets)],
                lambda ecrits: self.sortis.recevoir(ecrits, ouvert),
                self._dire,
                pour=self,
            )

        self.tirer(donner)

    def _dire(self, phrase: str) -> None:
        constater(self.constat, phrase, pressant=True)


def _ecrire(dossier: Path, nom: str, octets: bytes) -> Path:
    from ui.ecrans.imprimer.fichiers import ecrire_a_part

    return ecrire_a_part(dossier / nom, octets)


def _lire_annee(dite: str) -> int:
    """L'année écrite. Lève ``SaisieInvalide``."""
    nette = dite.strip()
    if not (nette.isascii() and nette.isdigit() and _PREMIERE <= int(nette) < date.today().year):
        raise SaisieInvalide(ANNEE)
    return int(nette)
