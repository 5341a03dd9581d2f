"""Les droits d'une personne : qui demande, un tiers, une demande, la feuille, le gel, l'effacement à confirmer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.ecrans.droits.ecran import EcranDroits
from ui.mots.droits import QUI

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur


def scenes_des_droits(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Le dossier ouvert est gelé, libéré, fermé devant un tiers, puis rouvert."""
    joueur.aller("suivi")
    joueur.presser("Droits des personnes")
    yield "droits", joueur.fenetre
    ecran = _noter(joueur, "acces")
    yield "droits-notee", joueur.fenetre
    agir = ecran.lignes[0].agir
    assert agir is not None
    agir.click()
    joueur.attendre()
    yield "droits-feuille", joueur.fenetre
    ecran = _noter(joueur, "effacement")
    agir = ecran.lignes[0].agir
    assert agir is not None
    agir.click()
    yield "droits-effacer", joueur.fenetre
    ecran = _noter(joueur, "limitation")
    joueur.aller("entretien")
    yield "droits-gele", joueur.fenetre
    ecran.lever.click()
    joueur.attendre()
    dossier = joueur.session.dossier_id
    joueur.aller("droits")
    joueur.presser(QUI["tiers"][0])
    yield "droits-tiers", joueur.fenetre
    # Le tiers a fait fermer le dossier.
    joueur.session.ouvrir_dossier(dossier, lambda _: None)
    joueur.attendre()


def _noter(joueur: Joueur, droit: str) -> EcranDroits:
    joueur.aller("droits")
    joueur.presser(QUI["personne"][0])
    ecran = joueur.ecran
    assert isinstance(ecran, EcranDroits)
    ecran.formulaire.droits.bouton(droit).click()
    ecran.formulaire.noter()
    joueur.attendre()
    return ecran
