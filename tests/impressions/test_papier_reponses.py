"""Dire une réponse : chaque état, chaque genre, sans jamais prendre l'un pour l'autre."""

from __future__ import annotations

from typing import Any

import pytest
from exemples_papier import donnees
from hypothesis import given, settings
from hypothesis import strategies as st
from lecture_pdf import texte_plat

from impressions.document import composer
from impressions.reponses import Lecteur, Reponse
from modele.dossier.chemins import poser
from modele.mots.noms import definition
from modele.mots.phrases import mots

CHEMIN = "demande.motif_principal"


def _dire(chemin: str, valeur: Any, unite: str = "") -> Reponse | None:
    return Lecteur(donnees(document=poser({}, chemin, valeur)), mots("fr")).reponse(chemin, unite)


@pytest.mark.parametrize(
    ("chemin", "valeur", "attendu"),
    [
        ("demande.radiee", True, "oui"),
        ("demande.radiee", False, "non"),
        ("demande.radiee", {"refus": True}, "ne souhaite pas répondre"),
        ("demande.radiee", {}, "pas encore demandé"),
        ("demande.radiee", None, "pas encore demandé"),
        (CHEMIN, "trop_petit", "Logement trop petit"),
        (CHEMIN, {"parmi": ["trop_petit", "violences"]}, "à préciser : Logement trop petit"),
        (CHEMIN, "code_inconnu", "code inconnu"),
        ("demande.date_reception", "2026-02-31", "2026-02-31"),
        ("demande.date_reception", {"entre": [None, "2026-03-31"]}, "au plus 31/03/2026"),
        ("demande.motifs", {"coches": [], "clos": True}, "aucune réponse cochée"),
        ("demande.motifs", {"coches": [], "clos": False}, "pas encore demandé"),
        (
            "demande.motifs",
            {"coches": ["trop_petit"], "refus": True},
            "Logement trop petit ; pour le reste, ne souhaite pas répondre",
        ),
        ("logement_actuel.adresse.code_postal", "01000", "01000"),
        ("recherche.communes", ["63113", "63124"], "Clermont-Ferrand, Cournon-d'Auvergne"),
    ],
)
def test_chaque_etat_se_dit(chemin: str, valeur: Any, attendu: str) -> None:
    reponse = _dire(chemin, valeur)
    assert reponse is not None
    assert reponse.texte == attendu


def test_une_violence_ne_se_dit_pas_meme_seule_reponse() -> None:
    assert _dire(CHEMIN, "violences") is None


def test_un_montant_prend_son_unite_et_un_texte_reste_un_texte() -> None:
    assert _dire("logement_actuel.loyer", "512.30", "euros") == Reponse("512,30\u00a0€ par mois")
    assert _dire("logement_actuel.loyer", "cinq cents", "euros") == Reponse("cinq cents")
    assert _dire("logement_actuel.loyer", "NaN", "euros") == Reponse("NaN")


def test_les_noms_d_office_viennent_du_dossier() -> None:
    assert definition("logement_actuel.surface") == "Surface habitable"
    assert definition("local.metier") == "local.metier"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=30),
        lambda dessous: st.lists(dessous, max_size=3) | st.dictionaries(st.text(max_size=5), dessous, max_size=3),
        max_leaves=5,
    )
)
@settings(max_examples=60, deadline=None)
def test_aucune_reponse_n_empeche_d_imprimer(valeur: Any) -> None:
    dossier = poser(poser({}, "demandeur.nom", valeur), "demandeur.emploi.profession", valeur)
    assert "Résumé de votre demande" in texte_plat(composer("resume", donnees(document=dossier)))


def test_une_reponse_tres_longue_continue_page_suivante() -> None:
    dossier = poser({}, "demandeur.emploi.profession", " ".join(f"mot{rang}" for rang in range(3000)))
    plat = texte_plat(composer("resume", donnees(document=dossier)))
    assert all(f"mot{rang}" in plat for rang in (0, 1500, 2999))
