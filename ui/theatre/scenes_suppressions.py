"""Supprimer un dossier créé par erreur, le voir parmi les supprimés, le rendre."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from modele.dossier.suppression import Raison
from ui.ecrans.supprimes.ecran import EcranSupprimes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur


def scenes_des_suppressions(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Le dossier ouvert n'y est plus à la fin."""
    joueur.aller("suivi")
    joueur.presser("Supprimer ce dossier")
    yield "suppression", joueur.fenetre
    joueur.presser(Raison.FAUSSE_MANIPULATION.phrase)
    joueur.ecrire("ouvert sur le mauvais écran")
    joueur.presser("Supprimer ce dossier")
    joueur.aller("supprimes")
    yield "supprimes", joueur.fenetre
    ecran = joueur.ecran
    assert isinstance(ecran, EcranSupprimes)
    ecran.lignes[0].qui.bouton.click()
    yield "supprimes-montre", joueur.fenetre
    ecran.lignes[0].rendre.click()
    joueur.attendre()
