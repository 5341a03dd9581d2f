"""Le mur des violences au registre : deux postes hors ligne ne le franchissent pas ensemble, quel que soit l'ordre."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec import UNSET
from outils_operations import BENALI, Saisie
from outils_registre import DEPART, PosteDEssai, enrole
from sqlalchemy import Engine

from modele.dossier.operations import ChampPose
from modele.fusion import Issue

SUR_LES_DEUX = False
ADULTE = {"foyer.personnes.elements.1.date_naissance": "1980-01-01"}
ENFANT = {"foyer.personnes.elements.1.date_naissance": "2015-01-01"}
JOUR = DEPART.date()

VIOLENCES: list[dict[str, Any]] = [
    {"triage.peur_au_domicile": True},
    {"triage.peur_au_domicile": False},
    {"protection.discret": True},
    {"protection.preuves": {"coches": ["plainte"], "clos": False}},
    {"demande.motif_principal": "violences"},
    {"demande.motifs": {"coches": ["trop_petit", "violences"], "clos": True}},
    {"demande.motifs": {"parmi": ["violences"]}},
]


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


@pytest.fixture
def collegue(moteur: Engine, saisie: Saisie) -> Saisie:
    return Saisie(enrole(moteur, PosteDEssai("Poste 2", roles=("agent", "social"))), moteur)


@pytest.mark.parametrize("violence", VIOLENCES, ids=str)
def test_un_adulte_puis_une_violence_ou_l_inverse_le_second_est_refuse(
    saisie: Saisie, collegue: Saisie, violence: dict[str, Any]
) -> None:
    for premiere, seconde in ((ADULTE, violence), (violence, ADULTE)):
        dossier = saisie.nouveau()
        collegue.lire()
        assert saisie.recu(saisie.poser(dossier, premiere)).issue is Issue.ACCEPTEE
        recu = collegue.recu(collegue.poser(dossier, seconde))
        assert (recu.issue, recu.code, recu.champs, recu.vigueur) == (Issue.REFUSEE, "interdit", (), {})
        assert "violence" not in recu.cause
        saisie.lire()
        assert not set(seconde) & saisie.etats[dossier].unites.keys()


@pytest.mark.parametrize(
    "partageur",
    [
        ADULTE,
        {"foyer.personnes.elements.1.nom": "SANS DATE"},
        {"foyer.colocataires.elements.1.nom": "X"},
        {"foyer.avec_codemandeur": True},
        {"codemandeur.nom": "X"},
        {"codemandeur": {"nom": "X"}},
    ],
    ids=str,
)
def test_de_quelque_facon_qu_un_adulte_entre(saisie: Saisie, partageur: dict[str, Any]) -> None:
    dossier = saisie.nouveau({**BENALI, "triage": {"peur_au_domicile": True}})
    assert saisie.recu(saisie.poser(dossier, partageur)).code == "interdit"
    assert saisie.recu(saisie.poser(dossier, ENFANT)).issue is Issue.ACCEPTEE


def test_une_creation_des_deux_cotes_du_mur_est_refusee_et_ne_cree_rien(saisie: Saisie) -> None:
    creation = saisie.creer({**BENALI, "triage": {"peur_au_domicile": True}, "foyer": {"avec_codemandeur": True}})
    assert saisie.recu(creation).code == "interdit"
    assert saisie.lire().entrees == []


def test_une_proposition_qui_diverge_se_lit_aussi(saisie: Saisie, collegue: Saisie) -> None:
    dossier = saisie.nouveau()
    collegue.lire()
    assert saisie.recu(saisie.poser(dossier, {"demande.motif_principal": "trop_petit"})).issue is Issue.ACCEPTEE
    assert collegue.recu(collegue.poser(dossier, {"demande.motif_principal": "violences"})).issue is Issue.DIVERGENCE
    assert saisie.recu(saisie.poser(dossier, ADULTE)).code == "interdit"


def test_un_adulte_qui_n_est_que_propose_compte_aussi(saisie: Saisie, collegue: Saisie) -> None:
    dossier = saisie.nouveau({**BENALI, "foyer": {"personnes": {"elements": {"1": {"date_naissance": "2015-01-01"}}}}})
    collegue.lire()
    saisie.recu(saisie.poser(dossier, {"foyer.personnes.elements.1.date_naissance": "2016-01-01"}))
    autre = collegue.recu(collegue.poser(dossier, {"foyer.personnes.elements.1.date_naissance": "1990-01-01"}))
    assert autre.issue is Issue.DIVERGENCE
    assert saisie.recu(saisie.poser(dossier, {"triage.peur_au_domicile": True})).code == "interdit"


def test_un_adulte_retire_ne_lit_plus_rien_sauf_si_son_retrait_diverge(saisie: Saisie, collegue: Saisie) -> None:
    foyer = {"foyer": {"personnes": {"elements": {"1": {"nom": "X", "date_naissance": "1980-01-01"}}}}}
    dossier, conteste = saisie.nouveau({**BENALI, **foyer}), saisie.nouveau({**BENALI, **foyer})
    collegue.lire()
    element = "foyer.personnes.elements.1"
    vu = saisie.document(dossier)["foyer"]["personnes"]["elements"]["1"]
    for lequel in (dossier, conteste):
        vus = saisie.etats[lequel].unites[f"{element}#identite"][0].operation
        retrait = saisie.operation(lequel, {element: ChampPose(vus, avant=vu)})
        assert saisie.recu(retrait).issue is Issue.ACCEPTEE
    assert saisie.recu(saisie.poser(dossier, {"triage.peur_au_domicile": True})).issue is Issue.ACCEPTEE
    assert collegue.recu(collegue.poser(conteste, {f"{element}.lien": "frere"})).issue is Issue.DIVERGENCE
    assert saisie.recu(saisie.poser(conteste, {"triage.peur_au_domicile": True})).code == "interdit"


def test_retirer_est_toujours_permis_et_un_mineur_devenu_majeur_ne_bloque_pas_la_suite(saisie: Saisie) -> None:
    seize_ans = {"foyer.personnes.elements.1.date_naissance": "2009-11-30"}
    dossier = saisie.nouveau({**BENALI, "triage": {"peur_au_domicile": True}})
    assert saisie.recu(saisie.poser(dossier, seize_ans)).issue is Issue.ACCEPTEE
    plus_tard = DEPART + timedelta(days=900)
    for valeurs in ({"foyer.personnes.elements.1.lien": "enfant"}, {"triage.peur_au_domicile": UNSET}):
        saisie.lire()
        (recu,) = saisie.envoyer(saisie.poser(dossier, valeurs), maintenant=plus_tard).issues
        assert recu.issue is Issue.ACCEPTEE
    saisie.lire()
    (redite,) = saisie.envoyer(saisie.poser(dossier, {"triage.peur_au_domicile": True}), maintenant=plus_tard).issues
    assert redite.code == "interdit"
