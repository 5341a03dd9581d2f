"""Les candidats d'un logement : rien de choisi, le logement d'un fichier, rangé, un motif exigé, les écartées."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.composants import viser
from ui.ecrans.candidats.ecran import EcranCandidats

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur


def scenes_des_candidats(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Les fichiers fictifs des bailleurs sont déjà au coffre."""
    joueur.aller("candidats")
    yield "candidats", joueur.fenetre
    ecran = joueur.ecran
    assert isinstance(ecran, EcranCandidats)
    joueur.presser("Ranger les candidats")
    yield "candidats-ranges", joueur.fenetre
    ecran.candidates.liste.setCurrentRow(1)
    ecran.candidates.designer.click()
    joueur.attendre()
    yield "candidats-motif", joueur.fenetre
    viser(ecran.ecartees.liste)
    joueur.attendre()
    yield "candidats-ecartees", joueur.fenetre
