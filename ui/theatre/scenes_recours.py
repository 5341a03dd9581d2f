"""Les recours DALO et DAHO : avant le dépôt, à l'accusé de réception, le préfet qui se tait."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from modele.dossier.chemins import poser
from modele.dossier.documents import identifiant
from modele.protection.discretion import rendre_discret

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur

RECUE, DECIDEE = "2026-03-02", "2026-06-01"
DEMANDEES, REMISES, SAISI = "2026-03-16", "2026-04-02", "2026-10-05"


def scenes_des_recours(joueur: Joueur, document: dict[str, Any]) -> Iterator[tuple[str, QWidget]]:
    """Le même dossier, de la table au tribunal ; le sien, puis celui d'un dossier discret."""
    for nom, dalo in (
        ("recours", {"statut": "aucun"}),
        ("recours-depose", {"statut": "depose", "date_reception_dossier": RECUE}),
        ("recours-reconnu", {"statut": "reconnu", "date_reception_dossier": RECUE, "date_decision": DECIDEE}),
    ):
        _ouvrir(joueur, poser(document, "dalo", dalo) | {"id": identifiant()})
        joueur.aller("recours")
        yield nom, joueur.fenetre
    arrete: dict[str, Any] = {"statut": "depose", "date_reception_dossier": RECUE, "pieces_demandees_le": DEMANDEES}
    saisi: dict[str, Any] = {
        "statut": "reconnu",
        "date_decision": DECIDEE,
        "recours_notifies": True,
        "tribunal_saisi_le": SAISI,
    }
    for nom, dalo in (
        ("recours-arrete", arrete),
        ("recours-reparti", arrete | {"pieces_remises_le": REMISES}),
        ("recours-saisi", saisi),
    ):
        _ouvrir(joueur, poser(document, "dalo", dalo) | {"id": identifiant()})
        joueur.aller("recours")
        yield nom, joueur.fenetre
        _au_calendrier(joueur)
        yield f"{nom}-bas", joueur.fenetre
    discret = poser(rendre_discret(document), "dalo.statut", "depose")
    _ouvrir(joueur, discret | {"id": identifiant()})
    joueur.aller("recours")
    yield "recours-discret", joueur.fenetre


def _au_calendrier(joueur: Joueur) -> None:
    """La page est plus haute que la fenêtre : ses dates, sous les yeux."""
    ecran: Any = joueur.ecran
    ecran._page.ensureWidgetVisible(ecran.calendrier.a_noter, 0, ecran._page.height() // 2)
    joueur.attendre()


def _ouvrir(joueur: Joueur, document: dict[str, Any]) -> None:
    joueur.session.creer_dossier(document, lambda _: None)
    joueur.attendre()
