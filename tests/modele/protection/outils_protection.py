"""Les dossiers d'essai de la protection : seule, avec un enfant, avec un adulte."""

from __future__ import annotations

from datetime import date
from typing import Any

from modele.dossier.chemins import Document, poser

JOUR = date(2026, 11, 22)
SEULE: Document = {"id": "commun", "territoire": "t", "demandeur": {"nom": "Vidal"}}
ENFANT = {"date_naissance": "2018-05-04", "prenoms": "Zoé", "a_charge": True, "inconnue": "commun"}
ADULTE = {"date_naissance": "1980-05-04", "prenoms": "Paul"}


def avec(personne: dict[str, Any], liste: str = "foyer.personnes") -> Document:
    """Elle, et cette personne dans cette liste."""
    return poser(SEULE, f"{liste}.elements.p", personne)


VIOLENCES = [
    ("triage.peur_au_domicile", True),
    ("triage.peur_au_domicile", False),
    ("triage.peur_au_domicile", {"refus": True}),
    ("protection.preuves", {"coches": ["aucune"], "clos": True}),
    ("protection.plainte_souhaitee", True),
    ("demande.motifs", {"coches": ["sante", "violences"]}),
    ("demande.motif_principal", "violences"),
    ("demande.motif_principal", {"parmi": ["violences", "separation"]}),
    ("demande.agression_domicile", True),
    ("demande.mariage_force", False),
    ("demande.sortie_prostitution", True),
    ("demande.victime_traite", True),
    ("pieces.elements.p.piece", "ordonnance-protection"),
    ("suites.elements.s.orientation", "violences-couple"),
]
COMMUN: Document = {
    "id": "0190-commun",
    "territoire": "t",
    "schema": 1,
    "cree_le": "2026-01-01T00:00:00Z",
    "inconnue": {"lien": "0190-commun"},
    "demande": {"numero_unique": "031012612345600001", "motifs": {"coches": ["trop_petit"]}},
    "contact": {"telephone": "0561000000"},
    "demandeur": {"nom": "Vidal", "prenoms": "Paul", "nationalite": "francaise", "cle": "0190-commun"},
    "codemandeur": {"nom": "Roux", "prenoms": "Inès", "date_naissance": "1990-01-02", "lien": "conjoint"},
    "foyer": {
        "avec_codemandeur": True,
        "personnes": {"elements": {"enfant-1": ENFANT, "adulte-1": ADULTE}, "ordre": ["enfant-1", "adulte-1"]},
    },
}
