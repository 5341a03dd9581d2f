"""Les essais à la main de la relecture du droit (§ 5), un par ligne : les ressources, les plafonds.

La valeur est celle du texte, corrections de la relecture comprises ; dans le territoire d'exemple (premier quartile :
9 600 € par an et par unité de consommation ; zone « autres régions »).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from exemples_faits import ENFANT, VISITE, bilan_d_exemple, exemple_livre, foyer
from outils_sources import national

from modele.regles.etats import INCONNU, Etat, connu
from modele.regles.fautes import ErreurUtilisateur
from modele.territoire.plafonds import plafonds
from modele.territoire.zones import AUTRES, ILE_DE_FRANCE, PARIS

JOUR = date(2026, 11, 29)
Document = dict[str, Any]


def locataire(ressources: str | None, **logement: str) -> Document:
    """Un locataire du privé, seul, avec tant par mois ; ``None`` : aucune ressource."""
    elements = {} if ressources is None else {"r0": {"montant": ressources}}
    dit = {"statut": "locataire_prive", "loyer": "600", "charges": "50", "aide_logement": "200"}
    return {
        "logement_actuel": {nom: valeur for nom, valeur in (dit | logement).items() if valeur},
        "ressources": {"revenus": {"elements": elements, "clos": True}},
        "foyer": foyer(),
    }


def menage(*autres: Document, cmi: bool = False, **reste: Any) -> Document:
    """Un adulte seul avec ces autres personnes ; ``cmi`` : il a la carte mobilité inclusion, mention invalidité."""
    sans = {"handicap": {"reconnu": False, "cmi_invalidite": False}}
    demandeur = {
        "date_naissance": "1985-03-02",
        "situation_familiale": "celibataire",
        "handicap": {"reconnu": cmi, "cmi_invalidite": cmi},
    }
    return {"demandeur": demandeur, "foyer": foyer(*(sans | une for une in autres))} | reste


def couple(naissance: str, autre: str, **reste: Any) -> Document:
    """Deux époux, sans personne à charge."""
    sans = {"handicap": {"reconnu": False, "cmi_invalidite": False}, "situation_familiale": "marie"}
    return {
        "demandeur": {"date_naissance": naissance} | sans,
        "codemandeur": {"date_naissance": autre, "lien": "conjoint"} | sans,
        "foyer": foyer(avec_codemandeur=True),
    } | reste


def avis(n2: int, n1: int, **reste: Any) -> Document:
    """Les revenus fiscaux de référence de 2024 et de 2025."""
    return {"annee_n2": 2024, "rfr_n2": n2, "annee_n1": 2025, "rfr_n1": n1, "sans_avis": False} | reste


def deux_avis(n2: tuple[int, int], n1: tuple[int, int]) -> Document:
    """Un couple, chacun son avis."""
    dit = avis(n2[0], n1[0], avis_hors_foyer=False, avis_codemandeur="propre")
    dit |= {"rfr_n2_codemandeur": n2[1], "rfr_n1_codemandeur": n1[1]}
    return couple("1985-03-02", "1986-05-04", ressources=dit)


ENFANT_SUR_AVIS = ENFANT | {"date_naissance": "2020-05-05"}

ESSAIS: dict[str, tuple[str, Document, Etat]] = {
    "taux-d-effort-600-50-moins-200-sur-1500": ("taux_effort", locataire("1500"), connu(Decimal("0.3000"))),
    "taux-d-effort-aide-plus-grande-que-le-loyer": (
        "taux_effort",
        locataire("1500", aide_logement="900"),
        connu(Decimal("0.0000")),
    ),
    "taux-d-effort-sans-ressources": ("taux_effort", locataire(None), connu(Decimal("10.0000"))),
    "taux-d-effort-charges-non-dites": ("taux_effort", locataire("1500", charges=""), INCONNU),
    "premier-quartile-800-au-seuil": ("premier_quartile", locataire("800"), connu(True)),
    "premier-quartile-800-01": ("premier_quartile", locataire("800.01"), connu(False)),
    "reste-a-vivre-du-premier-exemple": (
        "reste_a_vivre",
        exemple_livre(0, logement_actuel={"aide_logement": "0"}, ressources={"pension_versee": "0"}),
        connu(Decimal("414.76")),
    ),
    # L441-1, R441-1, L442-12 : la somme des revenus du foyer (W1) ; N-1 s'il est de 10 % au moins sous N-2.
    "revenu-fiscal-du-couple-20-000-et-15-000": (
        "revenu_fiscal_retenu",
        deux_avis((20_000, 15_000), (20_000, 15_000)),
        connu(35_000),
    ),
    "baisse-de-revenus-de-10-pour-cent-pile": (
        "revenu_fiscal_retenu",
        menage(ressources=avis(20_000, 18_000)),
        connu(18_000),
    ),
    "baisse-de-revenus-de-9-99-pour-cent": (
        "revenu_fiscal_retenu",
        menage(ressources=avis(20_000, 18_002)),
        connu(20_000),
    ),
    "baisse-du-couple-comparee-a-la-somme": (
        "revenu_fiscal_retenu",
        deux_avis((20_000, 15_000), (20_000, 11_500)),
        connu(31_500),
    ),
    # Arrêté du 29/07/1987, F869 : un seul surclassement.
    "categorie-jeune-couple-55-ans": ("categorie_menage", couple("1999-06-01", "1998-06-01"), connu(3)),
    "categorie-couple-56-ans": ("categorie_menage", couple("1998-06-01", "1998-06-01"), connu(2)),
    "categorie-seule-avec-1-a-charge": ("categorie_menage", menage(ENFANT_SUR_AVIS), connu(3)),
    "categorie-seule-avec-4-a-charge": ("categorie_menage", menage(*[ENFANT_SUR_AVIS] * 4), connu(6)),
    "categorie-handicap-seul": ("categorie_menage", menage(cmi=True), connu(2)),
    # R441-1 1° renvoie à L442-12 (W4) : l'enfant en droit de visite compte, sans surclasser.
    "categorie-seule-avec-un-droit-de-visite": ("categorie_menage", menage(VISITE), connu(2)),
    "personnes-des-plafonds-avec-un-droit-de-visite": ("nombre_personnes_plafonds", menage(VISITE), connu(2)),
    "plafond-pls-a-l-euro": ("plafond_pls", menage(ENFANT_SUR_AVIS), connu(Decimal(48_859))),
}


@pytest.mark.parametrize("essai", ESSAIS)
def test_l_essai_a_la_main(essai: str) -> None:
    nom, document, attendu = ESSAIS[essai]
    assert bilan_d_exemple(document, JOUR).situation.etat(nom) == attendu


# Arrêté du 19/12/2025 (JORF du 24/12/2025), PLUS 2026 : recoupés avec deux pages.
COMMUNES = {PARIS: "75056", ILE_DE_FRANCE: "77288", AUTRES: "31555"}
PLUS_2026 = {
    "regions-1-personne": (AUTRES, 1, 23_403),
    "regions-2-personnes": (AUTRES, 2, 31_254),
    "regions-4-personnes": (AUTRES, 4, 45_374),
    "regions-6-personnes": (AUTRES, 6, 60_156),
    "regions-7-personnes-6-710-de-plus": (AUTRES, 7, 60_156 + 6_710),
    "paris-1-personne": (PARIS, 1, 26_920),
    "paris-6-personnes": (PARIS, 6, 84_304),
    "paris-7-personnes-9-394-de-plus": (PARIS, 7, 84_304 + 9_394),
    "ile-de-france-6-personnes": (ILE_DE_FRANCE, 6, 77_171),
    "ile-de-france-7-personnes-8-598-de-plus": (ILE_DE_FRANCE, 7, 77_171 + 8_598),
}


@pytest.mark.parametrize("essai", PLUS_2026)
def test_le_plafond_plus_de_2026(essai: str) -> None:
    zone, personnes, attendu = PLUS_2026[essai]
    assert plafonds(national().pays, JOUR, COMMUNES[zone], personnes).plus == attendu


REFUS = {
    "2027-refus-clair": (date(2027, 1, 1), "31555", "Aucune table de plafonds pour 2027"),
    "outre-mer-refus-clair": (JOUR, "97411", "outre-mer"),
}


@pytest.mark.parametrize("essai", REFUS)
def test_sans_table_le_refus_est_clair(essai: str) -> None:
    """L'arrêté paraît fin décembre : d'ici là, aucun montant ne se devine."""
    jour, commune, dit = REFUS[essai]
    with pytest.raises(ErreurUtilisateur, match=dit):
        plafonds(national().pays, jour, commune, 1)


def test_en_2027_aucun_plafond_ne_se_lit_d_une_autre_annee() -> None:
    situation = bilan_d_exemple(menage(ENFANT_SUR_AVIS), date(2027, 1, 1)).situation
    assert [situation.etat(f"plafond_{nom}") for nom in ("plai", "plus", "pls")] == [INCONNU] * 3
