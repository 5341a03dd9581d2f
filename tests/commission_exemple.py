"""Une commission d'exemple : deux logements, vingt dossiers, et ce qui doit en sortir, écrit à la main avant le code.

Grille : Métropole d'exemple, premières demandes, au 30/11/2026. Points acquis de chacun :
ancienneté (1 par mois révolu, 60 au plus ; 2 par année entière) + situation (sans abri 50, hôtel 40) + DALO 60
+ 3 (première demande, en 2026) − 2 (élargissement refusé).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from modele.dossier.chemins import poser

JOUR = date(2026, 11, 30)
TERRITOIRE = "metropole-exemple"
COLOMBE, VIEUX_PONT, PORT_CLAIR = "99X01", "99X02", "99X05"
T2_PLUS = {
    "ref_bailleur": "ESSAI-1", "siren_bailleur": "000000001", "code_insee": COLOMBE, "typologie": "T2",
    "surface_habitable": 45.5, "financement": "PLUS", "accessibilite": "AUCUNE", "en_qpv": "NON",
}  # fmt: skip
T4_ADAPTE = {
    "ref_bailleur": "ESSAI-2", "siren_bailleur": "000000001", "code_insee": VIEUX_PONT, "typologie": "T4",
    "surface_habitable": 82, "financement": "PLAI", "accessibilite": "ADAPTE_FAUTEUIL", "en_qpv": "OUI",
}  # fmt: skip
SEULE = {"personnes": {"elements": {}, "clos": True}, "avec_codemandeur": False, "naissances_attendues": 0}


def identifiant(nom: str) -> str:
    """La même sorte de référence pour tous."""
    return f"00000000-0000-7000-8000-{int.from_bytes(nom.encode()[:6].ljust(6)):012x}"[:36]


def dossier(nom: str, recue: str = "2025-11-30", statut: str = "locataire_prive", **dits: Any) -> dict[str, Any]:
    """Une personne seule, sous les plafonds, qui demande Colombe ; ``dits`` : par chemin, « __ » pour « . »."""
    document: dict[str, Any] = {
        "id": identifiant(nom),
        "territoire": TERRITOIRE,
        "schema": 1,
        "demande": {
            "type": "premiere",
            "numero_unique": "099X01000000000001",
            "deja_enregistree": True,
            "date_reception": recue,
            "radiee": False,
        },
        "demandeur": {
            "date_naissance": "1985-05-05",
            "situation_familiale": "celibataire",
            "handicap": {"reconnu": False, "cmi_invalidite": False},
            "emploi": {"situation": "salarie_prive"},
        },
        "foyer": SEULE,
        "ressources": {
            "annee_n2": 2024,
            "rfr_n2": 12_000,
            "rfr_n1": 12_000,
            "sans_avis": False,
            "avis_hors_foyer": False,
        },
        "logement_actuel": {"statut": statut},
        "recherche": {"communes": [COLOMBE], "elargissement": True},
    }
    for chemin, valeur in dits.items():
        document = poser(document, chemin.replace("__", "."), valeur)
    return document


def dossiers() -> dict[str, dict[str, Any]]:
    """Les vingt, par nom."""
    lus = {
        # 12 mois : 12 + 2 + 3 = 17.
        "simple": dossier("simple"),
        # 18 mois : 18 + 2 + 3 = 23.
        "ancien": dossier("ancien", "2025-05-30"),
        # 6 mois, DALO : 6 + 60 + 3 = 69.
        "dalo": dossier("dalo", "2026-05-30", dalo__statut="reconnu"),
        # 12 mois, sans abri : 17 + 50 = 67.
        "abri": dossier("abri", statut="sans_abri"),
        # 12 mois, hôtel : 17 + 40 = 57.
        "hotel": dossier("hotel", statut="hotel"),
        # La même que « hotel », discrète, et qui dit des violences : la même place.
        "discret": dossier(
            "discret", statut="hotel", protection__discret=True, demande__agression_domicile=True,
            protection__preuves={"coches": ["recepisse_plainte"], "clos": True},
        ),
        # 12 mois moins un jour (11 mois) : 11 + 3 = 14.
        "onze": dossier("onze", "2025-12-01"),
        # 12 mois, élargissement refusé : 17 − 2 = 15.
        "limite": dossier("limite", recherche__elargissement=False),
        # Rien n'est dit : 0 point, dernière ; inconnu n'écarte pas.
        "vide": {"id": identifiant("vide"), "territoire": TERRITOIRE, "schema": 1},
        # Mêmes points que « simple » (12 mois révolus), reçue vingt jours plus tôt : avant elle.
        "avant": dossier("avant", "2025-11-10"),
        # Pile au plafond PLUS d'une personne (23 403) : il « ne dépasse pas ».
        "pile": dossier("pile", "2026-06-30", ressources__rfr_n2=23_403, ressources__rfr_n1=23_403),
        # Un euro au-dessus.
        "riche": dossier("riche", ressources__rfr_n2=23_404, ressources__rfr_n1=23_404),
        # Ressources inconnues : reste, à vérifier. 5 mois : 5 + 3 = 8.
        "sans_avis": dossier("sans_avis", "2026-06-29", ressources={}),
        # Sans numéro, non enregistrée.
        "non_enr": dossier("non_enr", demande={"deja_enregistree": False}),
        "radiee": dossier("radiee", demande__radiee=True),
        # Demande une autre commune, sans élargir.
        "ailleurs": dossier("ailleurs", recherche__communes=[PORT_CLAIR], recherche__elargissement=False),
        # Demande Colombe, et doit l'éviter : se lit comme la précédente.
        "evite": dossier("evite", recherche__zones_a_eviter=[COLOMBE]),
        # Triage, notes d'accueil : rien n'en vient. 3 mois : 3 + 3 = 6.
        "accueil": dossier("accueil", "2026-08-30", triage__danger_immediat=True, triage__toit_ce_soir="non"),
        # Une personne handicapée, pour l'autre logement. 2 mois : 2 + 3 = 5.
        "fauteuil": dossier("fauteuil", "2026-09-30", demandeur__handicap__reconnu=True),
        # Elle accepte l'élargissement sans nommer Colombe. 1 mois : 1 + 3 = 4.
        "elargie": dossier("elargie", "2026-10-30", recherche__communes=[PORT_CLAIR]),
    }  # fmt: skip
    assert len(lus) == 20
    return lus


# Écrit à la main : (rang, nom, points).
ATTENDU_T2 = [
    (1, "dalo", 69), (2, "abri", 67), (3, "discret", 57), (3, "hotel", 57), (5, "ancien", 23), (6, "avant", 17),
    (7, "simple", 17), (8, "limite", 15), (9, "onze", 14), (10, "sans_avis", 8), (11, "pile", 8), (12, "accueil", 6),
    (13, "fauteuil", 5), (14, "elargie", 4), (15, "vide", 0),
]  # fmt: skip
ECARTES_T2 = {
    "riche": ["plafond_plus"], "non_enr": ["numero_unique"], "radiee": ["radiee"], "ailleurs": ["secteur"],
    "evite": ["secteur"],
}  # fmt: skip
# Le logement adapté, à Vieux-Pont : « fauteuil » élargit ; « vide » n'a rien dit. Les autres n'ont pas de handicap.
ATTENDU_T4 = [(1, "fauteuil", 5), (2, "vide", 0)]
