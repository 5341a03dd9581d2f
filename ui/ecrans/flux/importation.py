"""Importer le fichier d'un bailleur : l'essai à blanc, chaque ligne refusée, puis un seul geste, tout ou rien."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from modele.attributions.colonnes import FichierDe
from modele.attributions.correspondance import ColonnesEnFaute
from modele.regles.fautes import ErreurUtilisateur
from ui.composants import (
    BandeauAlerte,
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    GroupeChoix,
    Option,
    annoncer,
    etiquette_aide,
    rangee,
    texte,
    viser,
)
from ui.composants.fichiers import choisir_un_fichier
from ui.ecrans.flux.codes import CarteCodes
from ui.ecrans.flux.colonnes import CarteColonnes
from ui.ecrans.flux.fautes import ListeDesFautes
from ui.etat.contingent import essayer_le_fichier, importer, lot_de
from ui.mots import fichiers_bailleurs as mots
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.attributions.correspondance import Correspondance
    from modele.attributions.import_bailleur import EssaiBailleur
    from modele.coffre import Coffre
    from modele.contingents.lots import Lot
    from ui.etat.session import Session


class CarteImport(Carte):
    """``importe`` : un fichier vient d'être gardé (phrase)."""

    importe = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__("Importer un fichier", icone="inbox")
        self._session = session
        self._lots: Sequence[Lot] = ()
        self.essai: EssaiBailleur | None = None
        self._chemin: Path | None = None
        self.echec = BandeauAlerte()
        self.constat = etiquette_aide("")
        sortes = [
            Option("attributions", "Attributions", signe="1"),
            Option("logements", "Logements offerts", signe="2"),
        ]
        self.sorte = GroupeChoix("Ce que dit le fichier", sortes, serre=True)
        suites = [Option("ajoute", "S'y ajoute", signe="1"), Option("remplace", "Le remplace", signe="2")]
        self.suite = GroupeChoix("Le précédent de ce bailleur", suites, serre=True)
        self._precedent = texte("", "gras")
        self.fautes = ListeDesFautes()
        self.colonnes = CarteColonnes()
        self.codes = CarteCodes()
        self.traduire = Bouton("Traduire ses codes", self._traduire_les_codes, icone="list-checks")
        self.nommer = Bouton("Dire les colonnes", self._dire_les_colonnes, icone="list-checks")
        self.choisir = Bouton("Essayer un fichier", self._demander, icone="folder-open", raccourci="Alt+E")
        self.ecrire = Bouton("Importer", self._ecrire, genre="principal", icone="check", raccourci="Alt+I")
        self.renoncer = Bouton("Ne rien importer", self.oublier, icone="x")
        self.ajouter(self.echec, etiquette_aide(mots.AIDE), self.sorte, Bloc(rangee(self.choisir, 1)), self.constat)
        self.ajouter(self.colonnes, self.codes, self.fautes, self._precedent, self.suite)
        self.ajouter(Bloc(rangee(Colonnes([(self.ecrire, 0, 0), (self.renoncer, 0, 0)], ecart=2), 1)))
        self.ajouter(Bloc(rangee(Colonnes([(self.nommer, 0, 0), (self.traduire, 0, 0)], ecart=2), 1)))
        self.colonnes.dites.connect(self._essayer_ainsi)
        self.codes.dites.connect(self._essayer_ainsi)
        self.oublier()

    def connaitre(self, lots: Sequence[Lot]) -> None:
        """Les fichiers qui servent : leur correspondance, et celui qu'un nouveau remplacerait."""
        self._lots = lots

    def oublier(self) -> None:
        """Rien à importer ; rien n'a été écrit."""
        self.essai = None
        self.echec.taire()
        self._chemin = None
        self.suite.poser(None)
        self.fautes.oublier()
        self.colonnes.oublier()
        self.codes.oublier()
        for widget in (
            self.constat,
            self.ecrire,
            self.renoncer,
            self.nommer,
            self.traduire,
            self.suite,
            self._precedent,
        ):
            widget.hide()

    def _demander(self) -> None:
        if self.sorte.valeur() is None:
            self.echec.dire(mots.QUELLE_SORTE, Ton.IMMEDIAT)
            self.sorte.focus_initial()
        elif (choisi := choisir_un_fichier(self, "Choisir le fichier du bailleur", mots.FILTRE)) is not None:
            self.essayer(choisi)

    def essayer(self, chemin: Path, dite: Correspondance | None = None) -> None:
        """L'essai à blanc : rien ne s'écrit. Comme c'est ``dite`` ; sinon deviné, ou comme ce bailleur nommait."""
        sorte = FichierDe(self.sorte.valeur())
        connues = [un.correspondance for un in self._lots if un.sorte == sorte and un.correspondance]
        regles = self._session.regles
        communes = frozenset(regles.territoire.communes) if regles is not None else frozenset[str]()
        self.oublier()
        self._chemin = chemin

        def faire() -> EssaiBailleur | Exception:
            try:
                return essayer_le_fichier(chemin, sorte, dite, connues, date.today(), communes)
            except (ErreurUtilisateur, OSError) as faute:
                return faute

        self._session.travaux.lancer(faire, self._rendre_l_essai, pour=self)

    def _rendre_l_essai(self, rendu: EssaiBailleur | Exception) -> None:
        if not isinstance(rendu, Exception):
            self._montrer(rendu)
            return
        nom = "" if self._chemin is None else self._chemin.name
        self.echec.dire(f"{nom} : {rendu}", Ton.IMMEDIAT)
        if isinstance(rendu, ColonnesEnFaute):
            self.renoncer.show()
            self.colonnes.montrer(rendu.correspondance, rendu.entetes)

    def _dire_les_colonnes(self) -> None:
        """De l'essai fait : une colonne a pu se deviner de travers, ou pas du tout."""
        if self.essai is not None:
            self.nommer.hide()
            self.codes.oublier()
            self.traduire.setVisible(bool(self.essai.inconnus))
            self.colonnes.montrer(self.essai.correspondance, self.essai.entetes)
            viser(self.colonnes.attendues)

    def _traduire_les_codes(self) -> None:
        """Les codes inconnus de l'essai fait : leurs lignes sont refusées tant qu'on ne dit pas ce qu'ils veulent."""
        if self.essai is not None:
            self.colonnes.oublier()
            self.nommer.show()
            self.traduire.hide()
            self.codes.montrer(self.essai)

    def _essayer_ainsi(self, dite: Correspondance) -> None:
        if self._chemin is not None:
            self.essayer(self._chemin, dite)

    def _montrer(self, rendu: EssaiBailleur) -> None:
        self.essai = rendu
        self.constat.setText(mots.dire_essai(rendu))
        self.fautes.montrer(rendu)
        self.nommer.show()
        self.traduire.setVisible(bool(rendu.inconnus))
        bonnes = rendu.table.height
        self.ecrire.renommer(f"Importer les {bonnes} lignes bonnes")
        self.constat.show()
        self.renoncer.show()
        self.ecrire.setVisible(bonnes > 0)
        precedent = self._le_precedent()
        self._precedent.setText("" if precedent is None else f"{precedent.fichier} : {mots.dire_lot(precedent)}.")
        self._precedent.setVisible(precedent is not None)
        self.suite.setVisible(precedent is not None)
        annoncer(self.constat, self.constat.text())
        (self.ecrire if bonnes else self.choisir).setFocus()

    def _le_precedent(self) -> Lot | None:
        """Le dernier fichier de ces bailleurs, de cette sorte et de cette année."""
        if self.essai is None:
            return None
        lot = self._lot(self.essai)
        cle = (lot.sorte, lot.bailleur, lot.annee)
        return next((un for un in self._lots if (un.sorte, un.bailleur, un.annee) == cle), None)

    def _lot(self, essai: EssaiBailleur) -> Lot:
        return lot_de(essai, "" if self._chemin is None else self._chemin.name, date.today())

    def _ecrire(self) -> None:
        essai, precedent, auteur = self.essai, self._le_precedent(), self._session.auteur
        if essai is None:
            return
        if precedent is not None and self.suite.valeur() is None:
            self.echec.dire(mots.REMPLACE_OU_AJOUTE, Ton.IMMEDIAT)
            self.suite.focus_initial()
            return
        remplace = precedent.id if precedent is not None and self.suite.valeur() == "remplace" else ""
        lot = self._lot(essai)

        def ecrire(coffre: Coffre) -> Lot | str:
            try:
                return importer(coffre, auteur, essai, lot, remplace)
            except ErreurUtilisateur as faute:
                return str(faute)

        self._session.avec_coffre(ecrire, self._rendre, pour=self, remplace="fichier de bailleur")

    def _rendre(self, rendu: Lot | str) -> None:
        if isinstance(rendu, str):
            self.echec.dire(rendu, Ton.IMMEDIAT)
            return
        self.oublier()
        self.importe.emit(mots.IMPORTE.format(rendu.fichier, rendu.lignes))
