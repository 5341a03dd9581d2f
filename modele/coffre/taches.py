"""Ce que l'écran fait de la liste « À faire » : la lire, reporter une ligne, annuler un report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from modele.coffre import a_faire, auteurs, depot, journaux, reports
from modele.coffre.base import Base
from modele.coffre.listes import PageAFaire, Tranche, Voulu
from modele.dossier.acces import Acces
from modele.dossier.dates_tenues import DateTenue
from modele.dossier.operations import DOSSIER
from modele.droits import Action, Auteur
from modele.regles.fautes import ErreurUtilisateur

_PAS_A_VOUS: Final = "Cette date n'est pas dans votre liste."


class Taches:
    """La liste « À faire » de ce poste. Sûr entre fils."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    def lire(self, voulu: Voulu, auteur: Auteur) -> PageAFaire:
        """Une page de ce qui est à faire, telle que cet auteur la voit ; vide s'il n'a le droit de lire personne."""
        with self._base.lecture() as connexion:
            if not auteurs.permet(connexion, auteur, DOSSIER, Action.LIRE):
                return PageAFaire((), 0, 0, dict.fromkeys(Tranche, 0))
            return a_faire.lire(connexion, voulu, auteur, self._horloge())

    def reporter(self, dossier: str, une: DateTenue, jusqu_au: date, motif: str, auteur: Auteur) -> None:
        """Cette date ne se dit plus ici avant ``jusqu_au``. Lève ``ErreurUtilisateur`` : droit, jour, motif."""
        with self._base.ecriture() as connexion:
            _exiger(connexion, dossier, auteur)
            quand = self._horloge()
            reports.reporter(connexion, dossier, une, jusqu_au, motif, auteur.nom, quand)
            journaux.noter(connexion, auteur.nom, quand, Acces.REPORTER, dossier)

    def annuler(self, dossier: str, cle: str, auteur: Auteur) -> None:
        """La date se dit de nouveau, tout de suite. Lève ``ErreurUtilisateur`` sans droit."""
        with self._base.ecriture() as connexion:
            _exiger(connexion, dossier, auteur)
            if reports.annuler(connexion, dossier, cle):
                journaux.noter(connexion, auteur.nom, self._horloge(), Acces.ANNULER_UN_REPORT, dossier)


def _exiger(connexion: Connection, dossier: str, auteur: Auteur) -> None:
    # Sans elle, celui dont l'agent est écarté se reporterait par son identifiant.
    depot.document(connexion, dossier)
    auteurs.exiger(connexion, auteur, DOSSIER, Action.MODIFIER)
    if not a_faire.repond(connexion, dossier, auteur):
        raise ErreurUtilisateur(_PAS_A_VOUS)
