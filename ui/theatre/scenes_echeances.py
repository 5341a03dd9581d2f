"""Ce qui presse : à l'accueil, sur son écran, à l'orientation ; et la discrétion qui se lève à deux."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from modele.dossier.chemins import Document
    from ui.theatre.joueur import Joueur


def scenes_des_echeances(joueur: Joueur, document: Document) -> Iterator[tuple[str, QWidget]]:
    """``document`` : un dossier ordinaire ; il s'en crée trois, transmis et sans réponse, ou à renouveler."""
    jour = date.today()
    for rang, (voie, attente) in enumerate((("preparer-dalo", 12), ("hebergement-qui-cesse", 5), ("domiciliation", 3))):
        faite = (jour - timedelta(attente)).isoformat()
        suite: dict[str, Any] = {"orientation": voie, "aupres_de": "Maison de quartier", "faite_le": faite}
        recue = (jour - timedelta(365 - 25 * (rang + 1))).isoformat()
        demande = {**document.get("demande", {}), "date_reception": recue}
        suites = {"elements": {"s": suite}, "ordre": ["s"]}
        joueur.session.creer_dossier({**document, "demande": demande, "suites": suites}, lambda _: None)
        joueur.attendre()
    # Un recours dont le délai s'est arrêté : des pièces demandées, rien de remis.
    jours = {"date_reception_dossier": 80, "pieces_demandees_le": 60}
    dalo = {"statut": "depose", **{nom: (jour - timedelta(n)).isoformat() for nom, n in jours.items()}}
    joueur.session.creer_dossier({**document, "dalo": dalo}, lambda _: None)
    joueur.attendre()
    joueur.aller("accueil")
    joueur.attendre()
    yield "accueil-echeances", joueur.fenetre
    joueur.aller("echeances")
    joueur.attendre()
    yield "echeances", joueur.fenetre
    joueur.presser("Refusée")
    yield "echeances-refus", joueur.fenetre
    joueur.presser("Renouvellements")
    joueur.attendre()
    yield "echeances-renouvellements", joueur.fenetre
    joueur.presser("Délais et fins")
    joueur.attendre()
    yield "echeances-delais", joueur.fenetre
