"""Le mur des violences au registre : deux postes hors ligne ne le franchissent pas ensemble, quel que soit l'ordre."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from outils_operations import BENALI, Saisie
from outils_registre import DEPART, PosteDEssai, enrole
from sqlalchemy import Engine

from modele.dossier.inventaire import inventaire
from modele.dossier.nomenclatures import nationales
from modele.dossier.operations import ChampPose
from modele.dossier.unites import unite
from modele.fusion import EtatDossier, Issue, Tete, document
from modele.protection import etats
from modele.protection.adultes import partage
from modele.protection.violences import faits_de_violence

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


CHEMINS = [champ.chemin for champ in inventaire().champs.values()] + [
    f"{liste.chemin}.elements.1.{champ.chemin}" for liste in inventaire().listes.values() for champ in liste.champs
]
CODES = sorted({code for nomenclature in nationales().values() for code in nomenclature.codes})
VALEURS = st.one_of(
    st.booleans(),
    st.sampled_from(CODES),
    st.sampled_from(CODES).map(lambda code: {"coches": [code], "clos": False}),
    st.sampled_from(CODES).map(lambda code: {"parmi": [code]}),
    st.just("1990-01-01"),
    st.just({"refus": True}),
)


def _etat(valeurs: dict[str, Any]) -> EtatDossier:
    unites: dict[str, list[Tete]] = {}
    for chemin, valeur in valeurs.items():
        tete = unites.setdefault(unite(chemin), [Tete("1")])[0]
        tete.valeurs[chemin] = valeur
    return EtatDossier("d", "t", unites=unites)


@given(st.dictionaries(st.sampled_from(CHEMINS), VALEURS, max_size=6))
def test_le_tri_rapide_ne_laisse_rien_passer_de_ce_que_la_lecture_exacte_voit(valeurs: dict[str, Any]) -> None:
    etat = _etat(valeurs)
    lu = document(etat)
    attendu = partage(lu, JOUR) and bool(faits_de_violence(lu))
    champs = {chemin: ChampPose(apres=valeur) for chemin, valeur in valeurs.items()}
    for avant in (EtatDossier("d", "t"), _etat({"contact.langue": "ar"})):
        assert etats.franchi(avant, etat, champs, JOUR) is attendu
        assert etats.reunit(avant, etat, JOUR) is attendu


def test_le_travail_suit_le_nombre_des_propositions_pas_son_carre() -> None:
    """Sinon quelques centaines de propositions d'un seul poste occuperaient le registre des minutes."""
    unites = {
        f"foyer.personnes.elements.{rang}#identite": [
            Tete(cote, {f"foyer.personnes.elements.{rang}.date_naissance": naissance})
            for cote, naissance in (("1", "2015-01-01"), ("2", "2016-01-01"))
        ]
        for rang in range(300)
    }
    etat = EtatDossier(
        "d", "t", unites={**unites, "triage.peur_au_domicile": [Tete("3", {"triage.peur_au_domicile": True})]}
    )
    lus = list(etats._lectures(etat))
    assert len(lus) == 2
    assert not etats._lisibles(etat, JOUR)


def test_un_adulte_que_seule_une_troisieme_proposition_dit_compte_aussi() -> None:
    naissances = ("2015-01-01", "2016-01-01", "1980-01-01")
    enfant = "foyer.personnes.elements.1"
    identite = [Tete(str(rang), {f"{enfant}.date_naissance": dite}) for rang, dite in enumerate(naissances)]
    peur = {"triage.peur_au_domicile": [Tete("9", {"triage.peur_au_domicile": True})]}
    for tetes, attendu in ((identite[:2], False), (identite, True)):
        etat = EtatDossier("d", "t", unites={f"{enfant}#identite": tetes, **peur})
        assert bool(etats._lisibles(etat, JOUR)) is attendu
