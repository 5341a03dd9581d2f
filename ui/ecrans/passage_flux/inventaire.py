"""L'inventaire des logements réservés d'une commune chez un bailleur : l'ajouter ligne à ligne, en retirer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from modele.contingents.inventaire import OCTETS_AU_PLUS, essayer
from modele.contingents.passages import Reserve
from modele.regles.disque import lire_octets
from modele.regles.fautes import ErreurUtilisateur
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    ListePropositions,
    Proposition,
    annoncer,
    champ,
    etiquette_aide,
    rangee,
    texte,
    viser,
)
from ui.composants.fichiers import choisir_un_fichier
from ui.ecrans.contingents import saisie
from ui.mots import contingents as mots

if TYPE_CHECKING:
    from collections.abc import Sequence


class CarteInventaire(Carte):
    """``change`` : l'inventaire vient de changer à l'écran ; rien n'est écrit tant qu'on n'enregistre pas."""

    change = Signal()

    def __init__(self) -> None:
        super().__init__("Logements réservés", icone="house")
        self.reserves: list[Reserve] = []
        self.constat = etiquette_aide("")
        self.liste = ListePropositions("Logements réservés", au_plus=5)
        self.retrait = Bouton("Retirer ce logement", self._retirer, icone="x", raccourci="Alt+R")
        self.reference = champ("Référence chez le bailleur")
        self.origine = saisie.choix("Origine du droit", "origine_du_droit")
        self.fin_le = saisie.champ_date("Fin du droit", "Vide : on ne sait pas.", exemple="31/12/2030")
        self.ajout = Bouton("Ajouter ce logement", self._ajouter, icone="plus", raccourci="Alt+L")
        self.tableau = Bouton("Ajouter d'un tableau", self._demander, icone="folder-open", raccourci="Alt+T")
        self.refusees = etiquette_aide("")
        self.refusees.hide()
        self.ajouter(
            self.constat, self.liste, Bloc(rangee(self.retrait, 1)), rangee(self.reference, self.fin_le, ecart=3)
        )
        self.ajouter(
            texte("Origine du droit", "gras"),
            self.origine,
            Bloc(rangee(Colonnes([(self.ajout, 0, 0), (self.tableau, 0, 0)], ecart=2), 1)),
            self.refusees,
        )
        self.reference.entree.connect(self._ajouter)
        self.fin_le.entree.connect(self._ajouter)

    def montrer(self, reserves: Sequence[Reserve]) -> None:
        """L'inventaire tel qu'il est gardé."""
        self.reserves = list(reserves)
        self._vider_la_saisie()
        self.refusees.hide()
        self._remontrer()

    def _vider_la_saisie(self) -> None:
        for un in (self.reference, self.fin_le):
            un.poser(None)
        self.origine.poser(None)

    def _remontrer(self) -> None:
        jour, rang = date.today(), max(0, self.liste.currentRow())
        lignes = [Proposition(un.reference, None, mots.dire_reserve(un, jour)) for un in self.reserves]
        self.liste.montrer(lignes, min(rang, len(lignes) - 1))
        self.liste.ceder_si_vide(self.reference)
        combien = len(self.reserves)
        self.retrait.setVisible(bool(combien))
        self.constat.setText(
            f"{combien} logements saisis."
            if combien > 1
            else ("Un logement saisi." if combien else "Aucun logement saisi.")
        )

    def _ajouter(self) -> None:
        reference = saisie.dit(self.reference)
        deja = any(un.reference == reference for un in self.reserves)
        self.reference.dire_faute(mots.REFERENCE if not reference else mots.DEJA_SAISIE if deja else "")
        if self.reference.faute or not self.fin_le.valider():
            viser(self.reference if self.reference.faute else self.fin_le)
            return
        self.reserves.append(Reserve(reference, self.origine.valeur() or "", saisie.lu(self.fin_le)))
        self._vider_la_saisie()
        self._remontrer()
        annoncer(self, mots.AJOUTE.format(reference))
        self.reference.setFocus(Qt.FocusReason.OtherFocusReason)
        self.change.emit()

    def _demander(self) -> None:
        if (choisi := choisir_un_fichier(self, "Choisir l'inventaire", mots.FILTRE_INVENTAIRE)) is not None:
            self.ajouter_le_tableau(choisi)

    def ajouter_le_tableau(self, chemin: Path) -> None:
        """Ajoute ses lignes bonnes à l'écran, et dit chaque ligne refusée ; rien n'est écrit."""
        try:
            essai = essayer(lire_octets(chemin, OCTETS_AU_PLUS), {un.reference for un in self.reserves})
        except (ErreurUtilisateur, OSError) as faute:
            self._dire(str(faute))
            return
        self.reserves += essai.bons
        self._remontrer()
        self._dire(mots.dire_l_inventaire(essai))
        self.change.emit()

    def _dire(self, phrase: str) -> None:
        self.refusees.setText(phrase)
        self.refusees.show()
        annoncer(self, phrase, pressant=True)

    def _retirer(self) -> None:
        rang = self.liste.currentRow()
        if 0 <= rang < len(self.reserves):
            retire = self.reserves.pop(rang)
            # Ce qui vient d'être ôté revient dans les champs : une touche de trop ne fait rien perdre.
            self.reference.poser(retire.reference)
            self.origine.poser(retire.origine or None)
            self.fin_le.poser(retire.fin_le)
            self._remontrer()
            annoncer(self, mots.OTE.format(retire.reference))
            self.change.emit()

    def saisis(self) -> tuple[Reserve, ...]:
        """L'inventaire à l'écran."""
        return tuple(replace(un) for un in self.reserves)
