"""Retrouver seul à seul un dossier discret : le motif, la réponse, le refus ; puis ce que ses agents en lisent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from modele.protection.discretion import rendre_discret
from ui.composants import viser
from ui.ecrans.suivi.ecran import EcranSuivi

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from modele.dossier.chemins import Document
    from ui.theatre.joueur import Joueur

MOTIF = "reçue seule, référence perdue"
RELOGEE = "Elle est relogée, elle veut recevoir son courrier."


def scenes_seul_a_seul(joueur: Joueur, document: Document) -> Iterator[tuple[str, QWidget]]:
    """``document`` : un dossier nommé et daté ; il s'en crée un discret, dont l'agent est le référent."""
    elle = {"demandeur": {"nom": "Traoré", "prenoms": "Awa", "date_naissance": "1980-05-14"}}
    joueur.session.creer_dossier(rendre_discret({**document, **elle}), lambda _: None)
    joueur.attendre()
    joueur.aller("suivi")
    joueur.presser("C'est moi")
    yield "suivi-referents", joueur.fenetre
    joueur.presser("Enregistrer")
    suivi = joueur.ecran
    assert isinstance(suivi, EcranSuivi)
    suivi.levee.mots.ligne.setText(RELOGEE)
    joueur.presser("Noter sa demande")
    viser(suivi.levee.boutons["Elle change d'avis"])
    joueur.attendre()
    yield "suivi-levee", joueur.fenetre
    joueur.presser("Elle change d'avis")
    yield from _ecarts(joueur, suivi)
    joueur.aller("accueil")
    joueur.aller("seul_a_seul", saisie="traore ava 1981")
    joueur.presser("Chercher")
    yield "seul-a-seul-sans-motif", joueur.fenetre
    joueur.ecrire(MOTIF)
    joueur.presser("Chercher")
    yield "seul-a-seul-trouve", joueur.fenetre
    joueur.aller("seul_a_seul", saisie="Inconnue Zoé 1975")
    joueur.ecrire(MOTIF)
    joueur.presser("Chercher")
    yield "seul-a-seul-rien", joueur.fenetre
    joueur.aller("avis")
    yield "avis", joueur.fenetre
    joueur.presser("Lu")
    joueur.aller("accueil")
    yield "accueil-avis", joueur.fenetre


def _ecarts(joueur: Joueur, suivi: EcranSuivi) -> Iterator[tuple[str, QWidget]]:
    """Un agent qui n'ouvre jamais ce dossier, puis « Je connais cette personne », d'un agent seul sur son poste."""
    joueur.attendre()
    suivi.ecarts.agent.ligne.setText("Léo Blanc")
    joueur.presser("Ne jamais lui ouvrir")
    joueur.attendre()
    viser(suivi.ecarts.je_connais)
    yield "suivi-ecarts", joueur.fenetre
    joueur.presser("Je connais cette personne")
    viser(suivi.ecarts.renoncer)
    yield "suivi-passer-la-main", joueur.fenetre
    joueur.presser("Annuler")
