"""Ce qui se lit d'un changement : jamais ce qui est protégé, même effacé, ni ce qui le laisserait deviner."""

from __future__ import annotations

from typing import Any

import pytest

from modele.dossier.chemins import ABSENT
from modele.protection.histoire import changements_lisibles, element_tu
from modele.protection.sensibles import reste
from modele.protection.violences import sans_violence

A, B = {"coches": ["trop_cher"], "clos": True}, {"coches": ["trop_cher", "trop_grand"], "clos": True}
AV, V = {"coches": ["trop_cher", "violences"], "clos": True}, {"coches": ["violences"], "clos": True}


@pytest.mark.parametrize(
    ("avant", "apres", "lus"),
    [
        ({}, {"demandeur.nom": "Roux"}, {"demandeur.nom": (ABSENT, "Roux")}),
        ({"demandeur.nom": "Roux"}, {}, {"demandeur.nom": ("Roux", ABSENT)}),
        ({"demandeur.nom": "Roux", "demandeur.prenoms": "Zoé"}, {"demandeur.nom": "Rey", "demandeur.prenoms": "Zoé"},
         {"demandeur.nom": ("Roux", "Rey")}),
        ({}, {"triage.peur_au_domicile": True}, {}),
        ({"triage.peur_au_domicile": True}, {}, {}),
        ({"triage.peur_au_domicile": True}, {"triage.peur_au_domicile": False}, {}),
        ({}, {"protection.seul_a_seul": True}, {}),
        ({"demande.motifs": A}, {"demande.motifs": AV}, {}),
        ({"demande.motifs": AV}, {"demande.motifs": B}, {"demande.motifs": (A, B)}),
        ({"demande.motifs": V}, {"demande.motifs": A}, {"demande.motifs": (ABSENT, A)}),
        ({}, {"preuves.violences": "valide", "preuves.dalo": "valide"}, {"preuves.dalo": (ABSENT, "valide")}),
        ({}, {"foyer.personnes.ordre": ["a"], "foyer.personnes.elements.a.nom": "Roux"},
         {"foyer.personnes.elements.a.nom": (ABSENT, "Roux")}),
        ({}, {"pieces.elements.p.piece": "ordonnance-protection", "pieces.elements.p.etat": "vue"}, {}),
        ({}, {"pieces.elements.tu.etat": "vue"}, {}),
        ({}, {"id": "x", "cree_le": "2026-01-01"}, {}),
    ],
)  # fmt: skip
def test_ce_qui_se_lit(avant: dict[str, Any], apres: dict[str, Any], lus: dict[str, Any]) -> None:
    assert changements_lisibles(avant, apres, {"pieces.elements.tu"}, {"violences"}) == lus


def test_d_un_dossier_discret_rien_de_sensible() -> None:
    """Une adresse remplacée l'a peut-être mise à l'abri."""
    apres = {"contact.telephone": "0612345678", "demandeur.nom": "Roux"}
    assert set(changements_lisibles({}, apres)) == {"contact.telephone", "demandeur.nom"}
    assert set(changements_lisibles({}, apres, discret=True)) == {"demandeur.nom"}


def test_un_element_se_tait_tout_entier() -> None:
    piece = "pieces.elements.p"
    assert element_tu(f"{piece}.piece", ["ordonnance-protection"]) == piece
    assert element_tu(piece, [{"piece": "ordonnance-protection"}]) == piece
    assert element_tu(f"{piece}.piece", ["identite"]) is None
    assert element_tu("triage.peur_au_domicile", [True]) is None


VUE, DITE = {"piece": "identite", "etat": "vue"}, {"piece": "ordonnance-protection", "etat": "vue"}


@pytest.mark.parametrize(
    ("liste", "garde"),
    [
        ({"elements": {"p": DITE}, "ordre": ["p"]}, None),
        ({"elements": {"p": DITE}, "clos": True}, {"elements": {}, "clos": True}),
        ({"elements": {"i": VUE, "p": DITE}, "ordre": ["i", "p"]}, {"elements": {"i": VUE}, "ordre": ["i"]}),
        ({"elements": {"i": VUE, "p": DITE}}, {"elements": {"i": VUE}}),
    ],
)
def test_un_document_sans_violence_n_a_plus_l_element_qui_la_disait(liste: Any, garde: Any) -> None:
    """Ni son rang dans la liste, ni la liste s'il y était seul."""
    attendu = {"id": "x"} if garde is None else {"id": "x", "pieces": garde}
    assert sans_violence({"id": "x", "pieces": liste}) == attendu
    muet = {"id": "x", "pieces": {"elements": {"i": VUE}}}
    assert sans_violence(muet) is muet


def test_ce_qui_reste_d_une_reponse() -> None:
    """Un choix unique qui dit une violence ne laisse rien ; un champ qu'on ne connaît pas non plus."""
    assert reste("demande.motifs", AV) == A
    assert reste("demande.motifs", A) is A
    assert reste("triage.peur_au_domicile", True) is ABSENT
    assert reste("preuves.violences", "valide") is ABSENT
