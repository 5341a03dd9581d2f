"""Former les autres : les feuilles d'un cas, celle de la classe et celle du formateur, à part ; et ajouter un cas."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.composants import (
    Bouton,
    Carte,
    Colonnes,
    ListePropositions,
    Proposition,
    colonne,
    etiquette_aide,
    rangee,
    texte,
)
from ui.composants.fichiers import choisir_un_dossier
from ui.ecrans.formation.reseau import CarteReseau
from ui.ecrans.formation.travail import composer
from ui.ecrans.imprimer.boite import sortir
from ui.ecrans.imprimer.sortis import CarteSortis, en_clair
from ui.mots.formation import PISTES_DITES
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.formation import Cas
    from ui.ecrans.formation.travail import CasEtEssais
    from ui.ecrans.imprimer.travail import Liasse
    from ui.etat.session import Session

_POUR: Final = "La feuille de la classe n'a aucune réponse. Celle du formateur les a toutes, avec leur source : à part."
UNE_FEUILLE: Final = "Une feuille"


class PageSeance(QWidget):
    """``dit`` : phrase, ton. ``ajouter`` : un cas, d'un fichier. ``ecrire`` : ce cas, en copie ou lui-même.

    ``reprendre`` : le brouillon. ``retirer`` : ce cas de la structure. ``finie`` : retour aux cas.
    """

    dit = Signal(str, Ton)
    ajouter = Signal()
    ecrire = Signal(str, bool)
    reprendre = Signal()
    retirer = Signal(str)
    finie = Signal()

    def __init__(self, session: Session, rendu: CasEtEssais) -> None:
        super().__init__()
        self._session, self._connus, self._rendu = session, list(rendu.cas), rendu
        self.cas: Cas | None = None
        self.liste = ListePropositions("Cas", au_plus=6)
        self.liste.montrer([self._ligne(un) for un in self._connus], 0)
        self.choisi = texte("", "gras")
        self.classe = Bouton("Imprimer la feuille de la classe", self._imprimer, icone="printer", raccourci="Alt+I")
        self.formateur = Bouton("Imprimer celle du formateur", partial(self._imprimer, formateur=True), icone="printer")
        self.enregistrer = Bouton("Enregistrer les deux", self._demander_dossier, raccourci="Alt+E")
        self.sortis = CarteSortis(session, UNE_FEUILLE)
        self.sortis.dit.connect(self.dit)
        self._feuilles = Carte("Pour une séance", icone="printer")
        gestes = Colonnes([(self.classe, 0, 0), (self.formateur, 0, 0), (self.enregistrer, 0, 0)], ecart=2)
        self._feuilles.ajouter(self.choisi, etiquette_aide(_POUR), rangee(gestes, 1))
        self._feuilles.ajouter(etiquette_aide(en_clair(UNE_FEUILLE)), self.sortis)
        self.copier = Bouton("Écrire un cas d'après celui-ci", partial(self._ecrire, copie=True), icone="plus")
        self.changer = Bouton("Changer ce cas", self._ecrire, icone="notebook-pen")
        self.oter = Bouton("Retirer de la structure", self._retirer, icone="x")
        ecrire = Colonnes([(self.copier, 0, 0), (self.changer, 0, 0), (self.oter, 0, 0)], ecart=2)
        self._feuilles.ajouter(rangee(ecrire, 1))
        self._feuilles.hide()
        self.reseau = CarteReseau(self._connus, rendu.reseau)
        self._disposer()

    def _disposer(self) -> None:
        self.ajout = Bouton("Ajouter un cas d'un fichier", self.ajouter.emit, icone="plus")
        self.retour = Bouton("Retour aux cas", self.finie.emit, icone="arrow-left", raccourci="Alt+PgUp")
        choisir = Carte("Quel cas", icone="users")
        self.brouillon = Bouton("Reprendre mon brouillon", self.reprendre.emit, icone="notebook-pen")
        if not self._rendu.brouillon:
            self.brouillon.hide()
        gestes = Colonnes([(self.brouillon, 0, 0), (self.ajout, 0, 0), (self.retour, 0, 0)], ecart=2)
        choisir.ajouter(self.liste, rangee(gestes, 1))
        self.setLayout(colonne(choisir, self._feuilles, self.reseau, 1, ecart=3))

    def _ligne(self, cas: Cas) -> Proposition:
        return Proposition(cas.titre, partial(self.choisir, cas), PISTES_DITES[cas.piste])

    def choisir(self, cas: Cas) -> None:
        """Les feuilles de ce cas."""
        self.cas = cas
        self.sortis.oublier()
        self.choisi.setText(cas.titre)
        # Un cas livré ou publié se copie ; celui de la structure se change.
        for bouton in (self.changer, self.oter):
            bouton.setVisible(cas.id in self._rendu.ici)
        self._feuilles.show()
        self.classe.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ecrire(self, *, copie: bool = False) -> None:
        if self.cas is not None:
            self.ecrire.emit(self.cas.id, copie)

    def _retirer(self) -> None:
        if self.cas is not None:
            self.retirer.emit(self.cas.id)

    def _composer(self, faire: Callable[[Cas], object], fini: Callable[..., object]) -> None:
        cas = self.cas
        if cas is not None:
            self._session.travaux.lancer(lambda: faire(cas), fini, self._faillir, pour=self)

    def _imprimer(self, *, formateur: bool = False) -> None:
        def donner(liasse: Liasse) -> None:
            sortir(self, self._session, liasse, self.dit.emit, lambda: None)

        self._composer(partial(composer, formateur=formateur), donner)

    def _demander_dossier(self) -> None:
        if (choisi := choisir_un_dossier(self, "Où enregistrer")) is not None:
            self.enregistrer_dans(choisi)

    def enregistrer_dans(self, dossier: Path) -> None:
        """Écrit les deux feuilles, chacune dans son fichier, sans rien écraser."""
        ouvert = self._session.dossier_id

        def ecrire(cas: Cas) -> list[Path]:
            from ui.ecrans.imprimer.travail import enregistrer

            return [un for qui in (False, True) for un in enregistrer(composer(cas, formateur=qui), dossier)]

        self._composer(ecrire, lambda ecrits: self.sortis.recevoir(ecrits, ouvert))

    def _faillir(self, phrase: str) -> None:
        self.dit.emit(phrase, Ton.IMMEDIAT)

    def focus_initial(self) -> None:
        """Le clavier à la liste."""
        self.liste.setFocus(Qt.FocusReason.OtherFocusReason)
