"""La conférence du logement : ce qui est à remplir, une saisie, l'année comptée, une version figée."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.composants import viser
from ui.ecrans.conference.ecran import EcranConference

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur


def scenes_de_la_conference(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Les fichiers fictifs des bailleurs sont déjà au coffre."""
    joueur.aller("conference")
    yield "conference", joueur.fenetre
    ecran = joueur.ecran
    assert isinstance(ecran, EcranConference)
    joueur.presser("Nouvel engagement")
    yield "conference-saisie", joueur.fenetre
    joueur.presser("Annuler")
    ecran.dossier.pour.poser("habilites")
    joueur.presser("Compter")
    yield "conference-annee", joueur.fenetre
    joueur.presser("Figer cette version")
    viser(ecran.dossier.imprimer)
    joueur.attendre()
    yield "conference-figee", joueur.fenetre
    viser(ecran.versions.liste)
    joueur.attendre()
    yield "conference-versions", joueur.fenetre
