"""Mener la séance : l'exception, l'ouverture du dossier, le jour, les papiers, la clôture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from modele.seance.droit import droit
from modele.seance.gardee import Etat, SeanceGardee
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    GroupeChoix,
    Option,
    Pli,
    champ,
    constater,
    etiquette_aide,
    rangee,
    viser,
)  # fmt: skip
from ui.composants.fichiers import choisir_un_dossier
from ui.ecrans.contingents.saisie import champ_date, dit
from ui.ecrans.imprimer.sortis import CarteSortis, en_clair
from ui.ecrans.seance.deux_temps import DeuxTemps
from ui.mots import seance as mots

if TYPE_CHECKING:
    from ui.etat.session import Session

_QUOI = "Un papier de séance"


class CarteConduite(Carte):
    """``dispenser`` : l'exception et son motif ; ``tenir`` : le jour ; ``papiers`` : où les écrire."""

    dispenser = Signal(str, str)
    ouvrir = Signal()
    tenir = Signal(object)
    papiers = Signal(object)
    clore = Signal()
    retirer = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__("Mener la séance", icone="notebook-pen")
        self.exception = GroupeChoix(
            "Moins de trois demandes : l'exception",
            [Option(une.id, une.libelle, dense=True) for une in droit().exceptions.values()],
            multiple=True,
        )
        self.motif = champ("Pourquoi cette exception")
        self.dispense = Bouton("Garder l'exception", self._dispenser, icone="check")
        self.pli = Pli(
            "Moins de trois demandes…", "Replier l'exception", self.exception, self.motif,
            Bloc(rangee(self.dispense, 1)),
        )  # fmt: skip
        self.ouverture = DeuxTemps(
            "Ouvrir le dossier aux membres", "Oui, ouvrir", mots.OUVRIR, self.ouvrir.emit, icone="folder-open"
        )
        self.jour = champ_date("La séance se tient le")
        self.tenue = Bouton("Garder ce jour", self._tenir, icone="check")
        self._jour = Bloc(rangee(self.jour, self.tenue, 1, ecart=3))
        self.ecrire = Bouton("Écrire les papiers…", self._choisir_ou, icone="file-text", raccourci="Alt+E")
        self.sortis = CarteSortis(session, _QUOI)
        self.cloture = DeuxTemps("Clore la séance", "Oui, clore", mots.CLORE, self.clore.emit, icone="lock")
        self.retrait = DeuxTemps("Retirer cette séance", "Oui, retirer", mots.RETIRER, self.retirer.emit, icone="x")
        self.faute = etiquette_aide("")
        self.ajouter(self.pli, self.ouverture, self._jour, self.faute)
        self.ajouter(Bloc(rangee(self.ecrire, 1)), etiquette_aide(en_clair(_QUOI)), self.sortis)
        self.ajouter(self.cloture, self.retrait)

    def montrer(self, une: SeanceGardee, attendent: Sequence[str] = ()) -> None:
        """Ce qui se peut encore. ``attendent`` : à qui l'offre est faite, sans réponse encore."""
        self.cloture.dit.setText(mots.CLORE + (mots.ATTENDENT.format(", ".join(attendent)) if attendent else ""))
        etat = une.etat
        self.exception.poser([une.dispense.genre] if une.dispense.genre else [])
        self.motif.poser(une.dispense.motif or None)
        self.jour.poser(une.tenue_le)
        for deux in (self.ouverture, self.cloture, self.retrait):
            deux.oublier()
        self.ouverture.setVisible(etat is Etat.PREPAREE)
        self.retrait.setVisible(etat is Etat.PREPAREE)
        self._jour.setVisible(etat in (Etat.OUVERTE, Etat.TENUE))
        self.cloture.setVisible(etat is Etat.TENUE)
        self.pli.setVisible(etat is not Etat.CLOSE)
        self.dire("")

    def dire(self, phrase: str) -> None:
        """Pourquoi le geste ne s'est pas fait."""
        constater(self.faute, phrase, pressant=True, vers=self.faute)

    def _dispenser(self) -> None:
        prises = self.exception.valeur()
        if len(prises) > 1:
            self.dire(mots.UNE_EXCEPTION)
            return
        if prises and not dit(self.motif):
            self.dire(mots.SANS_MOTIF)
            return
        self.dispenser.emit(prises[0] if prises else "", dit(self.motif) if prises else "")

    def _tenir(self) -> None:
        if not self.jour.valider():
            viser(self.jour)
        elif self.jour.valeur() is None:
            self.dire(mots.JOUR_DE_SEANCE)
        else:
            self.tenir.emit(self.jour.valeur())

    def _choisir_ou(self) -> None:
        choisi: Path | None = choisir_un_dossier(self, "Où écrire les papiers de cette séance")
        if choisi is not None:
            self.papiers.emit(choisi)
