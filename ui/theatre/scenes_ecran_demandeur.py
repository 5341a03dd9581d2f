"""L'écran de la personne : ce que l'agent presse, ce qu'elle lit, et quand elle ne lit rien."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication

from modele.dossier.questions import SEUL_A_SEUL
from ui.cadre.moniteurs import Moniteur, branches
from ui.mots.ecran_demandeur import FERMER, LANGUE, MONTRER_LA_NOTE, OUVRIR

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from modele.dossier.chemins import Document
    from ui.cadre.fenetre_demandeur import FenetreDemandeur
    from ui.theatre.joueur import Joueur

LOIN: Final = QRect(20_000, 0, 1366, 768)
"""La place d'un écran joué, que la fenêtre de l'agent ne touche pas."""


def brancher(joueur: Joueur) -> None:
    """Un second écran, joué : sa place est à part, ce qui s'y montre va où Qt peut."""
    ici = QGuiApplication.primaryScreen()
    place = QRect(0, 0, 10_000, 5_000)
    joueur.poste.ecran_tourne.moniteurs.lister = lambda: [Moniteur(place, ici), Moniteur(LOIN, ici)]
    joueur.poste.ecran_tourne.regarder()


def debrancher(joueur: Joueur) -> None:
    """Plus que l'écran de l'agent."""
    joueur.poste.ecran_tourne.moniteurs.lister = branches
    joueur.poste.ecran_tourne.moniteurs.change.emit()
    joueur.fenetre.bandeau.oublier()


def montree(joueur: Joueur) -> FenetreDemandeur:
    """La fenêtre de la personne, à la taille d'un écran ordinaire. Lève ``AssertionError`` si elle est fermée."""
    fenetre = joueur.poste.ecran_tourne.montree
    assert fenetre is not None
    fenetre.setWindowState(Qt.WindowState.WindowNoState)
    fenetre.resize(LOIN.size())
    joueur.attendre()
    return fenetre


def scenes_ecran_demandeur(joueur: Joueur, document: Document) -> Iterator[tuple[str, QWidget]]:
    """``document`` : un dossier nommé et daté, qui a une note."""
    joueur.session.creer_dossier(document, lambda _: None)
    joueur.attendre()
    brancher(joueur)
    joueur.aller("entretien", dossier=joueur.session.dossier_id, chemin="logement_actuel.statut")
    yield "entretien-second-ecran", joueur.fenetre
    joueur.presser(OUVRIR)
    yield "personne-question", montree(joueur)
    yield from _dans_sa_langue(joueur)
    joueur.aller_a("demande.motifs")
    yield "personne-vide", montree(joueur)
    joueur.session.modifier({SEUL_A_SEUL: True})
    joueur.aller("cotation")
    yield "cotation-second-ecran", joueur.fenetre
    joueur.presser(MONTRER_LA_NOTE)
    yield "personne-note", montree(joueur)
    joueur.session.modifier({LANGUE: "ar"})
    joueur.attendre()
    yield "personne-note-arabe", montree(joueur)
    joueur.aller("entretien")
    joueur.presser(FERMER)
    debrancher(joueur)


def _dans_sa_langue(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """La même question dans la langue de la personne ; une que Perron n'écrit pas, et ce que l'agent en lit."""
    for nom, code in (("arabe", "ar"), ("ukrainien", "uk"), ("georgien", "ka"), ("polonais", "pl")):
        joueur.session.modifier({LANGUE: code})
        joueur.attendre()
        yield f"personne-question-{nom}", montree(joueur)
    yield "entretien-repli-francais", joueur.fenetre
    joueur.session.modifier({LANGUE: "fr"})
    joueur.attendre()
    joueur.poste.ecran_tourne.etat.basculer_le_simple()
    joueur.attendre()
    yield "personne-question-simple", montree(joueur)
    joueur.poste.ecran_tourne.etat.basculer_le_simple()
