"""La feuille d'accès à l'écran : la lire avec la personne, l'imprimer ; l'enregistrer, jamais d'un dossier discret."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from ui.composants import Bouton, Carte, Colonnes, etiquette_aide, rangee, retirer, viser
from ui.composants.feuilles import feuille_montree
from ui.composants.fichiers import choisir_un_dossier
from ui.ecrans.imprimer.boite import sortir
from ui.ecrans.imprimer.sortis import EN_CLAIR, CarteSortis
from ui.mots.droits import A_LIRE_ICI, PAS_DE_FICHIER, SEUL
from ui.theme import Ton
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from modele.dossier.droits_personnes import Demande
    from modele.mots.noms import Vocabulaire
    from ui.ecrans.imprimer.travail import Liasse
    from ui.etat.session import Session

LARGEUR = 560


class CarteFeuille(Carte):
    """La feuille d'une demande d'accès. ``dit`` : phrase, ton."""

    dit = Signal(str, Ton)

    def __init__(self, session: Session) -> None:
        super().__init__("La feuille à remettre", icone="file-text")
        self.session = session
        self.liasse: Liasse | None = None
        self._discret = False
        self.constat = etiquette_aide(SEUL)
        self.imprimer = Bouton("Imprimer", self._imprimer, genre="principal", icone="printer")
        self.enregistrer = Bouton("Enregistrer le PDF", self._demander_dossier)
        self.sortis = CarteSortis(session)
        self.en_clair = etiquette_aide(EN_CLAIR)
        self._pages = QVBoxLayout()
        gestes = Colonnes([(self.imprimer, 0, 0), (self.enregistrer, 0, 0)], ecart=2)
        self.ajouter(self.constat, rangee(gestes, 1), self.en_clair, self.sortis, self._pages)
        self.sortis.dit.connect(self.dit)
        self.hide()

    def preparer(self, demande: Demande) -> None:
        """Compose la feuille ; sa sortie est au journal avant qu'elle se montre."""
        session, regles = self.session, self.session.regles
        if regles is None:
            return
        auteur, vocabulaire, largeur = session.auteur, regles.vocabulaire, apparence().theme.px(LARGEUR)

        def faire(coffre: Any) -> tuple[Liasse, bool]:
            dit, discret = coffre.droits.acces(demande, auteur)
            return composer(demande, dit, vocabulaire, discret=discret, largeur=largeur), discret

        def rendre(faite: tuple[Liasse, bool]) -> None:
            # La personne est partie pendant la composition : rien ne se montre d'elle.
            if session.dossier_id == demande.dossier:
                self._montrer(*faite)

        session.avec_coffre(faire, rendre, pour=self, remplace="feuille")

    def oublier(self) -> None:
        """Rien n'en reste à l'écran."""
        self.liasse = None
        self.sortis.oublier()
        while (element := self._pages.takeAt(0)) is not None:
            retirer(element.widget())
        self.hide()

    def enregistrer_dans(self, dossier: Path) -> None:
        """Écrit le PDF ; jamais d'un dossier discret."""
        liasse, ouvert = self.liasse, self.session.dossier_id
        if liasse is None or self._discret:
            self.dit.emit(PAS_DE_FICHIER, Ton.JOUR)
            return

        def faire() -> list[Path]:
            from ui.ecrans.imprimer.travail import enregistrer

            return enregistrer(liasse, dossier)

        def rendre(ecrits: list[Path]) -> None:
            self.sortis.recevoir(ecrits, ouvert)

        self.session.travaux.lancer(faire, rendre, lambda phrase: self.dit.emit(phrase, Ton.IMMEDIAT), pour=self)

    def _montrer(self, liasse: Liasse, discret: bool) -> None:
        self.oublier()
        self.liasse, self._discret = liasse, discret
        for widget in (self.enregistrer, self.en_clair):
            widget.setVisible(not discret)
        dits = (SEUL, A_LIRE_ICI, PAS_DE_FICHIER if discret else "", *liasse.avertissements)
        self.constat.setText(" ".join(filter(None, dits)))
        for rang, page in enumerate(liasse.feuilles[0].pages, start=1):
            self._pages.addWidget(feuille_montree(page, f"Feuille, page {rang}"), 0, Qt.AlignmentFlag.AlignHCenter)
        self.show()
        viser(self.imprimer)

    def _demander_dossier(self) -> None:
        if (choisi := choisir_un_dossier(self, "Où enregistrer")) is not None:
            self.enregistrer_dans(choisi)

    def _imprimer(self) -> None:
        if self.liasse is not None:
            sortir(self, self.session, self.liasse, self.dit.emit, lambda: None)


def composer(
    demande: Demande, delivrable: dict[str, Any], vocabulaire: Vocabulaire, *, discret: bool, largeur: int
) -> Liasse:
    """La feuille et ses pages en images ; le titre du travail d'impression est neutre pour tous."""
    from impressions.acces import TITRE_NEUTRE, composer_acces, nom_du_fichier
    from impressions.apercu import pages
    from ui.ecrans.imprimer.travail import Feuille, Liasse

    pdf = composer_acces(
        delivrable,
        vocabulaire,
        dossier=demande.dossier,
        jour=date.today(),
        demandee_le=demande.recue_le,
        discret=discret,
    )
    nom = nom_du_fichier(demande.dossier)
    feuille = Feuille("acces", nom, TITRE_NEUTRE, pdf, tuple(pages(pdf, largeur)), avertissement=pdf.avertissement)
    return Liasse((feuille,), sans_fichier=discret)
