"""Une séance : préparée depuis les candidats, qui siège, une décision, un geste qui se confirme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from ui.composants import viser
from ui.ecrans.candidats.ecran import EcranCandidats
from ui.ecrans.seance.ecran import EcranSeance

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur

_MEMBRES: Final = (
    ("bailleur", "Alix Exemple", ["present", "preside", "locataires"]),
    ("maire", "Sam Exemple", ["present"]),
)


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
    for rang in (0, 1, 2):
        ecran.preparation.liste.setCurrentRow(rang)
        qui, quand = ecran.preparation.vus["numero"]
        qui.poser("Nora Petit")
        quand.poser(date.today())
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
    yield from _tenue(joueur, ecran)


def _tenue(joueur: Joueur, ecran: EcranSeance) -> Iterator[tuple[str, QWidget]]:
    """Qui siège, puis le jour venu : une décision par candidat, une réponse, la clôture."""
    ecran.conduite.ouverture.oui.click()
    joueur.attendre()
    for qualite, nom, roles in _MEMBRES:
        ecran.membres.neuf.click()
        ecran.membres.qualite.poser(qualite)
        ecran.membres.nom.poser(nom)
        ecran.membres.roles.poser(roles)
        ecran.membres.garder.click()
        joueur.attendre()
    ecran.conduite.jour.poser(date.today())
    ecran.conduite.tenue.click()
    joueur.attendre()
    for rang in (1, 2):
        _decider(joueur, ecran, rang, "attribution_rang", "Dossier complet, le logement lui convient.")
    ecran.candidats.liste.setCurrentRow(2)
    ecran.decision.genre.poser("non_attribution")
    ecran.decision.genre.choisi.emit("non_attribution")
    viser(ecran.decision.genre)
    joueur.attendre()
    yield "seance-decision", joueur.fenetre
    _decider(joueur, ecran, 3, "non_attribution", "Le logement est trop petit pour ce foyer.")
    ecran.candidats.liste.setCurrentRow(0)
    viser(ecran.reponse.reponse)
    joueur.attendre()
    yield "seance-reponse", joueur.fenetre
    ecran.conduite.cloture.demander.click()
    ecran.conduite.cloture.oui.click()
    joueur.attendre()
    yield "seance-close", joueur.fenetre


def _decider(joueur: Joueur, ecran: EcranSeance, ligne: int, genre: str, motif: str) -> None:
    ecran.candidats.liste.setCurrentRow(ligne - 1)
    ecran.decision.genre.poser(genre)
    ecran.decision.genre.choisi.emit(genre)
    ecran.decision.champs["motif"].poser(motif)
    if genre == "attribution_rang":
        ecran.decision.champs["rang"].poser(ligne)
    ecran.decision.garder.click()
    joueur.attendre()
