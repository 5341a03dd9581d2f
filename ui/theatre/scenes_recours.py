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
    discret = rendre_discret(poser(document, "dalo.statut", "depose"))
    _ouvrir(joueur, discret | {"id": identifiant()})
    joueur.aller("recours")
    yield "recours-discret", joueur.fenetre


def _ouvrir(joueur: Joueur, document: dict[str, Any]) -> None:
    joueur.session.creer_dossier(document, lambda _: None)
    joueur.attendre()
