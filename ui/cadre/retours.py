"""Ctrl+Z et Ctrl+Y, partout : défaire, refaire, dire quoi, et montrer la question. Essais : ``tests/ui/cadre``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.theme import Ton

if TYPE_CHECKING:
    from ui.cadre.fenetre import Fenetre
    from ui.etat.annulation import Revenu


def annuler(fenetre: Fenetre) -> None:
    """Défait la dernière réponse écrite dans le dossier ouvert."""
    from ui.mots.retours import RIEN_A_ANNULER, dire_annule

    _revenir(fenetre, fenetre.session.annulation.annuler, RIEN_A_ANNULER, dire_annule)


def refaire(fenetre: Fenetre) -> None:
    """Remet la dernière réponse annulée."""
    from ui.mots.retours import RIEN_A_REFAIRE, dire_refait

    _revenir(fenetre, fenetre.session.annulation.refaire, RIEN_A_REFAIRE, dire_refait)


def _revenir(fenetre: Fenetre, geste: Callable[[], Revenu | None], rien: str, dire: Callable[..., str]) -> None:
    from modele.dossier.chemins import est_confirmation
    from ui.mots.retours import NE_SE_REMET_PAS, nommer

    session = fenetre.session
    avant = session.document
    revenu = geste()
    if revenu is None or not revenu.valeurs:
        fenetre.bandeau.dire(rien if revenu is None else NE_SE_REMET_PAS, Ton.JOUR, passager=True)
        return
    nom = nommer(revenu.chemin, avant, session.regles)
    fenetre.bandeau.dire(dire(nom, entier=revenu.entier), Ton.ACTION, passager=True)
    chemin = next(iter(revenu.valeurs))
    # Une confirmation n'a pas de question : on reste où l'on est.
    if fenetre.ecran == "entretien" and not est_confirmation(chemin):
        fenetre.aller("entretien", {"chemin": chemin})
