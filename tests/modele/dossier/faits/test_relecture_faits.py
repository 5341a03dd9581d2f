"""Les essais à la main de la relecture du droit (§ 5), un par ligne : la demande, le foyer, le logement.

La valeur est celle du texte, corrections de la relecture comprises ; elle sort du bilan entier d'un dossier écrit comme
l'agent le dit, dans le territoire d'exemple (délai anormalement long : 36 mois). L'argent est dans l'essai voisin.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from exemples_faits import bilan_d_exemple, foyer

from modele.regles.etats import INCONNU, Etat, connu

JOUR = date(2026, 11, 29)
Document = dict[str, Any]


def logement(surface: str, occupants: int, **reste: Any) -> Document:
    """Un locataire du privé, dans tant de mètres carrés, à tant de personnes."""
    return {"logement_actuel": {"statut": "locataire_prive", "surface": surface, "occupants": occupants} | reste}


def demande(recue: str, **reste: Any) -> Document:
    """Une demande enregistrée, attestée à cette date."""
    return {"demande": {"deja_enregistree": True, "date_reception": recue} | reste}


def ne(naissance: str) -> Document:
    """Un demandeur né ce jour-là."""
    return {"demandeur": {"date_naissance": naissance}}


def ase(fin: str, naissance: str = "2006-06-01") -> Document:
    """Confié à l'aide sociale à l'enfance jusqu'à ce jour ; vingt ans, sauf à le dire."""
    return {"demandeur": {"date_naissance": naissance, "ase": True, "ase_fin": fin}, "foyer": foyer()}


def enfant(**change: Any) -> Document:
    """À la rue, avec un enfant de deux ans qui n'est sur aucun avis d'imposition."""
    deux_ans = {"lien": "enfant", "date_naissance": "2024-10-01", "a_charge": False, "sur_avis": False}
    return {"logement_actuel": {"statut": "sans_abri"}, "foyer": foyer(deux_ans | change)}


def depuis(statut: str, jour: str) -> Document:
    """Logé là depuis ce jour."""
    return {"logement_actuel": {"statut": statut, "depuis": jour}}


CODEMANDEUR_ASE: Document = {
    "demandeur": {"date_naissance": "2005-01-01", "ase": False},
    "codemandeur": {"date_naissance": "2006-06-01", "lien": "concubin", "ase": True, "ase_fin": "2024-11-29"},
    "foyer": foyer(avec_codemandeur=True),
}

ESSAIS: dict[str, tuple[str, Document, date, Etat]] = {
    # CCH R822-25 : 9 m² seul, 16 à deux, 9 de plus par personne, 70 à partir de huit.
    "suroccupation-1-personne-9-m2-limite": ("suroccupation", logement("9", 1), JOUR, connu(False)),
    "suroccupation-1-personne-8-99-m2": ("suroccupation", logement("8.99", 1), JOUR, connu(True)),
    "suroccupation-2-personnes-16-m2-limite": ("suroccupation", logement("16", 2), JOUR, connu(False)),
    "suroccupation-2-personnes-15-9-m2": ("suroccupation", logement("15.9", 2), JOUR, connu(True)),
    "suroccupation-5-personnes-43-m2-limite": ("suroccupation", logement("43", 5), JOUR, connu(False)),
    "suroccupation-5-personnes-42-99-m2": ("suroccupation", logement("42.99", 5), JOUR, connu(True)),
    "suroccupation-7-personnes-61-m2-limite": ("suroccupation", logement("61", 7), JOUR, connu(False)),
    "suroccupation-7-personnes-60-99-m2": ("suroccupation", logement("60.99", 7), JOUR, connu(True)),
    "suroccupation-8-personnes-70-m2-limite": ("suroccupation", logement("70", 8), JOUR, connu(False)),
    "suroccupation-8-personnes-69-99-m2": ("suroccupation", logement("69.99", 8), JOUR, connu(True)),
    "suroccupation-11-personnes-70-m2-limite": ("suroccupation", logement("70", 11), JOUR, connu(False)),
    "suroccupation-11-personnes-69-99-m2": ("suroccupation", logement("69.99", 11), JOUR, connu(True)),
    "sous-occupation-4-pieces-2-personnes": ("sous_occupation", logement("70", 2, pieces=4), JOUR, connu(True)),
    "sous-occupation-3-pieces-2-personnes": ("sous_occupation", logement("60", 2, pieces=3), JOUR, connu(False)),
    # Code civil 414 : dix-huit ans accomplis. Né un 29 février : le 28, lecture admise (CPC 641 ; le civil discute).
    "mineur-17-ans-364-jours": ("demandeur.age", ne("2008-11-30"), JOUR, connu(17)),
    "majeur-18-ans-ce-jour": ("demandeur.age", ne("2008-11-29"), JOUR, connu(18)),
    "ne-le-29-fevrier-2008-mineur-le-27-fevrier-2026": (
        "demandeur.age",
        ne("2008-02-29"),
        date(2026, 2, 27),
        connu(17),
    ),
    "ne-le-29-fevrier-2008-le-28-lecture-admise": ("demandeur.age", ne("2008-02-29"), date(2026, 2, 28), connu(18)),
    "ne-le-29-fevrier-2008-majeur-le-1er-mars-2026": ("demandeur.age", ne("2008-02-29"), date(2026, 3, 1), connu(18)),
    # L441-1 m : jusqu'à trois ans après le dernier jour ; à 21 ans ou plus, à établir (W2) ; le codemandeur aussi (W3).
    "ase-20-ans-fin-il-y-a-2-ans": ("ase_moins_21_ans", ase("2024-11-29"), JOUR, connu(True)),
    "ase-20-ans-fin-il-y-a-3-ans-pile": ("ase_moins_21_ans", ase("2023-11-29"), JOUR, connu(True)),
    "ase-20-ans-fin-il-y-a-3-ans-et-1-jour": ("ase_moins_21_ans", ase("2023-11-28"), JOUR, connu(False)),
    "ase-21-ans-ce-jour-a-etablir": ("ase_moins_21_ans", ase("2024-11-29", "2005-11-29"), JOUR, INCONNU),
    "ase-24-ans-fin-il-y-a-3-ans-pile-a-etablir": ("ase_moins_21_ans", ase("2023-11-29", "2002-11-29"), JOUR, INCONNU),
    "ase-24-ans-fin-il-y-a-3-ans-et-1-jour": ("ase_moins_21_ans", ase("2023-11-28", "2002-11-29"), JOUR, connu(False)),
    "ase-codemandeur": ("ase_moins_21_ans", CODEMANDEUR_ASE, JOUR, connu(True)),
    # R441-2-7, L441-1-4 : mois révolus ; « dépassé » le lendemain du dernier jour.
    "anciennete-du-31-janvier-au-28-fevrier": (
        "anciennete_mois",
        demande("2026-01-31"),
        date(2026, 2, 28),
        connu(1),
    ),
    "anciennete-du-30-11-25-au-29-11-26": ("anciennete_mois", demande("2025-11-30"), JOUR, connu(11)),
    "anciennete-du-29-11-25-au-29-11-26": ("anciennete_mois", demande("2025-11-29"), JOUR, connu(12)),
    "delai-36-mois-le-jour-meme": ("delai_anormalement_long_depasse", demande("2023-11-29"), JOUR, connu(False)),
    "delai-36-mois-le-lendemain": ("delai_anormalement_long_depasse", demande("2023-11-28"), JOUR, connu(True)),
    "renouvellement-inconnu-fin-de-validite-inconnue": (
        "fin_validite_demande",
        demande("2025-11-29"),
        JOUR,
        INCONNU,
    ),
    # R441-14-1 : plus de six mois en structure, plus de dix-huit en logement de transition.
    "structure-6-mois-pile": (
        "hebergement_prolonge",
        depuis("structure_hebergement", "2026-05-29"),
        JOUR,
        connu(False),
    ),
    "structure-6-mois-et-1-jour": (
        "hebergement_prolonge",
        depuis("structure_hebergement", "2026-05-28"),
        JOUR,
        connu(True),
    ),
    "transition-18-mois-pile": ("transition_prolongee", depuis("residence_sociale", "2025-05-29"), JOUR, connu(False)),
    "transition-18-mois-et-1-jour": (
        "transition_prolongee",
        depuis("residence_sociale", "2025-05-28"),
        JOUR,
        connu(True),
    ),
    "hlm-titulaire-du-bail-mutation": (
        "population",
        {"logement_actuel": {"statut": "locataire_hlm", "titulaire_bail": True}},
        JOUR,
        connu("mutation"),
    ),
    # D5 : L441-1 j, L441-2-3 II, R441-14-1 disent « mineur », « à leur charge », jamais « fiscalement ».
    "enfant-2-ans-hors-avis-d-imposition": ("mineur_a_charge", enfant(garde="permanente"), JOUR, connu(True)),
    "enfant-2-ans-garde-alternee": ("mineur_a_charge", enfant(garde="alternee"), JOUR, connu(True)),
    "enfant-2-ans-droit-de-visite-a-apprecier": ("mineur_a_charge", enfant(garde="droit_visite"), JOUR, INCONNU),
}


@pytest.mark.parametrize("essai", ESSAIS)
def test_l_essai_a_la_main(essai: str) -> None:
    nom, document, jour, attendu = ESSAIS[essai]
    assert bilan_d_exemple(document, jour).situation.etat(nom) == attendu


@pytest.mark.parametrize(
    ("garde", "famille", "verdict"),
    [("permanente", True, "rempli"), ("alternee", True, "rempli"), ("droit_visite", False, "a_etablir")],
)
def test_une_famille_l_est_sans_avis_d_imposition(garde: str, famille: bool, verdict: str) -> None:
    """D5, jusqu'à la voie, aux recours 6 et 7 et à la lettre j : le droit de visite seul s'apprécie, sans s'écarter."""
    dehors = bilan_d_exemple(enfant(garde=garde), JOUR)
    assert ("sans-abri-enfant" in {une.id for une in dehors.voies_retenues}) is famille
    mal_loge = bilan_d_exemple(enfant(garde=garde) | logement("20", 3, non_decent=True), JOUR)
    recours = {un.regle.id: un.examen.verdict.value for un in mal_loge.recours}
    lettres = {un.regle.code: un.examen.verdict.value for un in mal_loge.publics}
    assert [recours["dalo-6"], recours["dalo-7"], lettres["j"]] == [verdict] * 3
