"""Remettre une ligne à plus tard : le jour, d'un geste ou tapé, et pourquoi ; ou l'annuler."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from modele.dossier.dates_tenues import jusqu_ou_reporter
from ui.composants import Bloc, Bouton, Champ, Colonnes, SaisieInvalide, champ, colonne, viser
from ui.composants.flot import Flot
from ui.mots.echeances import DANS, ILLISIBLE, JUSQU_AU, POURQUOI, POURQUOI_AIDE, dire_jusqu_ou

if TYPE_CHECKING:
    from modele.coffre.listes import AFaire


class FormulaireReport(Bloc):
    """``reporter`` reçoit le jour et le motif, tels que tapés ; le coffre juge."""

    def __init__(self, une: AFaire, jour: date, reporter: Callable[[date, str], object]) -> None:
        self._jour, self._reporter = jour, reporter
        self.dernier = jusqu_ou_reporter(une.date, jour)
        assert self.dernier is not None
        self.jusqu_au = Champ(JUSQU_AU, dire_jusqu_ou(self.dernier), lire=self._lire, ecrire=_ecrire, largeur=180)
        self.motif = champ(POURQUOI, POURQUOI_AIDE)
        self.jours = [
            Bouton(mot, partial(self._poser, jour + timedelta(dans)))
            for dans, mot in DANS
            if jour + timedelta(dans) <= self.dernier
        ]
        self.valider = Bouton("Reporter", self._valider, genre="principal", icone="clock")
        gestes = Flot()
        for un in self.jours:
            gestes.addWidget(un)
        champs = Colonnes([(self.jusqu_au, 0, 240), (self.motif, 1, 420)], ecart=4)
        super().__init__(colonne(gestes, champs, _a_gauche(self.valider), ecart=2))
        self.jusqu_au.entree.connect(lambda: viser(self.motif))
        self.motif.entree.connect(self._valider)

    def focus_initial(self) -> None:
        """Le premier jour qui s'offre, sans qu'il soit choisi."""
        viser(self.jours[0] if self.jours else self.jusqu_au)

    def dire_faute(self, phrase: str) -> None:
        """Ce que le coffre a refusé."""
        self.motif.dire_faute(phrase)
        viser(self.motif)

    def _lire(self, saisie: str) -> date:
        from ui.saisies.dates import lire_date_dite

        try:
            lue = lire_date_dite(saisie, self._jour)
        except ValueError as faute:
            raise SaisieInvalide(ILLISIBLE) from faute
        if not isinstance(lue, date):
            raise SaisieInvalide(ILLISIBLE)
        return lue

    def _poser(self, jour: date) -> None:
        self.jusqu_au.poser(jour)
        viser(self.motif)

    def _valider(self) -> None:
        if not self.jusqu_au.valider():
            viser(self.jusqu_au)
        elif (jour := self.jusqu_au.valeur()) is None:
            self.jusqu_au.dire_faute(ILLISIBLE)
            viser(self.jusqu_au)
        else:
            self._reporter(jour, self.motif.contenu)


def _ecrire(jour: date) -> str:
    return f"{jour:%d/%m/%Y}"


def _a_gauche(bouton: Bouton) -> Flot:
    flot = Flot()
    flot.addWidget(bouton)
    return flot
