"""Le dossier commun neuf : la demande, et rien de ce qui s'est dit ou fait autour."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outils_protection import ENFANT, JOUR

from modele.dossier.chemins import Document, poser
from modele.dossier.inventaire import inventaire
from modele.protection.adultes import partage
from modele.protection.commun import dossier_commun
from modele.protection.violences import faits_de_violence

ELLE: Document = {
    "id": "0190-discret",
    "territoire": "t",
    "cle_inconnue": "0190-discret",
    "protection": {"discret": True, "seul_a_seul": True},
    "triage": {"danger_immediat": True, "peur_au_domicile": True},
    "demandeur": {"nom": "Vidal", "prenoms": "Inès", "nationalite": "francaise"},
    "contact": {"telephone": "+33612345678", "telephone_sur": True, "langue": "ar"},
    "demande": {
        "numero_unique": "031012612345600001",
        "numero_source": "SNE",
        "numero_provisoire": "P-1",
        "motifs": {"coches": ["trop_petit", "violences"], "clos": True},
        "motif_principal": "violences",
        "precisions": "menaces",
    },
    "logement_actuel": {"type": "t2", "adresse": {"voie": "3 rue des Lilas"}, "structure": "Foyer"},
    "foyer": {"personnes": {"elements": {"e": ENFANT}, "ordre": ["e"], "clos": True}},
    "pieces": {
        "elements": {
            "a": {"piece": "ordonnance-protection", "etat": "vue"},
            "b": {"piece": "identite", "etat": "vue", "personne": "e"},
        },
        "ordre": ["a", "b"],
        "clos": True,
    },
    "suites": {"elements": {"s": {"orientation": "fsl", "aupres_de": "CIDFF"}}},
    "rendez_vous": {"elements": {"r": {"lieu": "CIDFF"}}},
    "preuves": {"violences": "justifie"},
    "absorbes": {"autre": "2026"},
}


def test_il_porte_la_demande_et_rien_d_autre() -> None:
    """Ni discrétion, ni triage, ni suites, ni numéros, ni adresse, ni texte libre, ni clé inconnue."""
    commun = dossier_commun(ELLE, poser(ELLE, "codemandeur.nom", "Roux"))
    (enfant,) = commun["foyer"]["personnes"]["elements"]
    (piece,) = commun["pieces"]["elements"]
    assert {enfant, piece}.isdisjoint({"e", "b"})
    assert commun == {
        "demandeur": ELLE["demandeur"],
        "codemandeur": {"nom": "Roux"},
        "contact": {"langue": "ar"},
        "demande": {"motifs": {"coches": ["trop_petit"], "clos": False}},
        "logement_actuel": {"type": "t2"},
        "foyer": {
            "personnes": {
                "elements": {enfant: {champ: ENFANT[champ] for champ in ("date_naissance", "prenoms", "a_charge")}},
                "ordre": [enfant],
                "clos": True,
            }
        },
        "pieces": {"elements": {piece: {"piece": "identite", "etat": "vue", "personne": enfant}}, "ordre": [piece]},
    }


def test_ce_que_l_agent_vient_de_poser_y_est() -> None:
    """Même sensible, même un élément de liste, sous le nom que l'écran lui connaît."""
    neuf = {"nom": "Roux", "handicap": {"reconnu": True}}
    commun = dossier_commun(ELLE, poser(ELLE, "foyer.personnes.elements.neuf", neuf))
    assert commun["foyer"]["personnes"]["elements"]["neuf"] == neuf


@pytest.mark.parametrize("motifs", [{"coches": ["violences"], "clos": True}, {"parmi": ["violences", "trop_petit"]}])
def test_une_reponse_qui_ne_dit_que_cela_ne_laisse_rien(motifs: dict[str, Any]) -> None:
    """Ni une liste vide, ni un choix entre deux."""
    assert "demande" not in dossier_commun(ELLE, poser({}, "demande.motifs", motifs))


CHEMINS = [
    *inventaire().champs,
    *(f"{liste.chemin}.elements.x.{c.chemin}" for liste in inventaire().listes.values() for c in liste.champs),
]
VALEURS = st.sampled_from(
    [
        *(True, False, "violences", "ordonnance-protection", "violences-couple", "1980-01-01", {"refus": True}),
        *({"coches": ["violences", "plainte"]}, {"parmi": ["violences"]}),
    ]
)


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.sampled_from(CHEMINS), VALEURS, max_size=8),
    st.dictionaries(st.sampled_from(CHEMINS), VALEURS, max_size=4),
)
def test_il_ne_dit_jamais_une_violence(avant: dict[str, Any], poses: dict[str, Any]) -> None:
    """Quoi qu'on ait écrit avant, et quoi qu'on vienne d'écrire ; le dossier d'avant n'est pas touché."""
    elle: Document = {}
    for chemin, valeur in avant.items():
        elle = poser(elle, chemin, valeur)
    apres = elle
    for chemin, valeur in {**poses, "codemandeur.nom": "Roux"}.items():
        apres = poser(apres, chemin, valeur)
    commun = dossier_commun(elle, apres)
    assert partage(commun, JOUR)
    assert not faits_de_violence(commun)
    assert not {"protection", "triage", "suites", "rendez_vous", "preuves", "confirmations"} & commun.keys()
