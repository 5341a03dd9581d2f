"""Une séance : préparée depuis les candidats, qui siège, une décision, un geste qui se confirme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.composants import viser
from ui.ecrans.candidats.ecran import EcranCandidats
from ui.ecrans.seance.ecran import EcranSeance

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur


def scenes_de_la_seance(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Les fichiers fictifs sont au coffre, et un logement rangé à l'écran des candidats."""
    joueur.aller("seance")
    yield "seance-vide", joueur.fenetre
    joueur.aller("candidats")
    avant = joueur.ecran
    assert isinstance(avant, EcranCandidats)
    joueur.presser("Ranger les candidats")
    for rang in (0, 1, 2):
        avant.candidates.liste.setCurrentRow(rang)
        avant.candidates.motif.poser("Vu avec la personne : ce logement lui va.")
        avant.candidates.designer.click()
        joueur.attendre()
    joueur.presser("Préparer la séance")
    ecran = joueur.ecran
    assert isinstance(ecran, EcranSeance)
    ecran.preparation.commission.poser("Commission d'exemple")
    yield "seance-preparation", joueur.fenetre
    joueur.presser("Préparer")
    yield "seance", joueur.fenetre
    ecran.membres.neuf.click()
    joueur.attendre()
    yield "seance-membre", joueur.fenetre
    viser(ecran.candidats.liste)
    joueur.attendre()
    yield "seance-candidats", joueur.fenetre
    ecran.conduite.ouverture.demander.click()
    joueur.attendre()
    yield "seance-ouvrir", joueur.fenetre
    ecran.conduite.ouverture.renoncer.click()
    joueur.attendre()
