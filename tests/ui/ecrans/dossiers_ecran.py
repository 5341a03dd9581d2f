"""Des dossiers à ouvrir dans les écrans de résultats, et de quoi lire ce qu'ils montrent."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from modele.dossier.chemins import poser
from modele.dossier.documents import identifiant
from ui.theatre.joueur import Joueur


def heberge(**reponses: Any) -> dict[str, Any]:
    """Un parent hébergé chez un tiers, demande datée, avec une fille mineure."""
    enfant = {"prenoms": "Inès", "nom": "MOREL", "date_naissance": "2015-04-02", "lien": "enfant", "a_charge": True}
    document: dict[str, Any] = {
        "id": identifiant(),
        "territoire": "metropole-exemple",
        "demande": {
            "type": "premiere",
            "deja_enregistree": True,
            "date_reception": "2025-11-10",
            "numero_unique": "EXEMPLE1125000173",
        },
        "demandeur": {"civilite": "madame", "nom": "MOREL", "prenoms": "Zoé", "date_naissance": "1988-01-05"},
        "foyer": {
            "avec_codemandeur": False,
            "personnes": {"elements": {identifiant(): enfant}, "clos": True},
        },
        "logement_actuel": {"statut": "chez_particulier", "depuis": "2026-02-01"},
        "expulsion": {"etape": "jugement"},
    }
    for chemin, valeur in reponses.items():
        document = poser(document, chemin, valeur)
    return document


def ouvrir(joueur: Joueur, document: dict[str, Any]) -> str:
    """Crée le dossier, l'ouvre, attend son bilan exact ; rend son identifiant."""
    joueur.atelier.preparer()
    joueur.attendre()
    joueur.session.creer_dossier(document, lambda _: None)
    joueur.attendre()
    return joueur.session.dossier_id


def etiquettes(widget: QWidget) -> list[str]:
    """Les textes visibles d'un widget."""
    return [un.text() for un in widget.findChildren(QLabel) if un.isVisible()]
