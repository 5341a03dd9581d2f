"""Le mur sur un état à plusieurs têtes : toutes se lisent, et le travail suit leur nombre."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils_protection import JOUR

from modele.dossier.inventaire import inventaire
from modele.dossier.nomenclatures import nationales
from modele.dossier.operations import ChampPose
from modele.dossier.unites import unite
from modele.fusion import EtatDossier, Tete, document
from modele.protection import etats
from modele.protection.adultes import partage
from modele.protection.discretion import est_discret
from modele.protection.violences import faits_de_violence

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


@pytest.mark.parametrize(
    ("tetes", "attendu"),
    [
        ([], False),
        ([Tete("1", {"protection.discret": False})], False),
        ([Tete("1", {"protection.discret": False}), Tete("2", {"protection.discret": True})], True),
    ],
)
def test_une_tete_discrete_suffit(tetes: list[Tete], attendu: bool) -> None:
    """Ce qui protège l'emporte tant que nul n'a tranché : l'état et le document en vigueur disent pareil."""
    etat = EtatDossier("d", "t", unites={"protection.discret": tetes} if tetes else {})
    assert etats.est_discret(etat) is est_discret(document(etat)) is attendu


def test_les_champs_de_la_discretion() -> None:
    """Le registre refait son index quand elle change."""
    assert etats.change_la_discretion({"protection.discret": ChampPose(apres=True)})
    assert not etats.change_la_discretion({"demandeur.nom": ChampPose(apres="x")})


@pytest.mark.parametrize(
    ("tete", "attendu"),
    [
        (Tete("1", {"demande.motif_principal": "violences"}), True),
        (Tete("1", {"demande.motif_principal": "trop_petit"}, base={"demande.motif_principal": "violences"}), True),
        (Tete("1", vues={"demande.motif_principal": "violences"}), True),
        (Tete("1", {"demande.motif_principal": "trop_petit"}), False),
    ],
)
def test_une_tete_affirme_ou_affirmait(tete: Tete, attendu: bool) -> None:
    """Ce qu'elle dit, ce que son auteur voyait, ce que son retrait a emporté."""
    assert etats.a_porte(EtatDossier("d", "t", unites={"demande.motif_principal": [tete]})) is attendu


ELEMENT = "foyer.personnes.elements.1"


@pytest.mark.parametrize(
    ("presence", "attendu"),
    [
        ([Tete("1", vues={f"{ELEMENT}.date_naissance": "1980-01-01"})], False),
        ([Tete("1", vues={f"{ELEMENT}.date_naissance": "1980-01-01"}), Tete("2", {ELEMENT: {}})], True),
        ([Tete("1")], True),
        ([Tete(""), Tete("1")], True),
    ],
)
def test_un_adulte_retire_ne_lit_plus_rien_sauf_si_son_retrait_se_discute(presence: list[Tete], attendu: bool) -> None:
    """Retiré par qui l'avait vu, il n'est plus là ; proposé par un autre, ou changé sans qu'on le sache, il l'est."""
    unites = {
        ELEMENT: presence,
        f"{ELEMENT}#identite": [Tete("3", {f"{ELEMENT}.date_naissance": "1980-01-01"})],
        "triage.peur_au_domicile": [Tete("4", {"triage.peur_au_domicile": True})],
    }
    etat = EtatDossier("d", "t", unites=unites)
    champs = {"triage.peur_au_domicile": ChampPose(apres=True)}
    assert etats.franchi(EtatDossier("d", "t"), etat, champs, JOUR) is attendu


def test_ce_qui_etait_deja_lisible_ne_franchit_rien() -> None:
    """Un état fautif se corrige ; un champ qui ne concerne ni adulte ni violence n'est pas jugé."""
    fautif = _etat({"codemandeur.nom": "x", "triage.peur_au_domicile": True})
    telephone = {"contact.telephone": ChampPose(apres="06")}
    assert not etats.franchi(fautif, fautif, {"triage.peur_au_domicile": ChampPose(apres=True)}, JOUR)
    assert not etats.franchi(_etat({"codemandeur.nom": "x"}), fautif, telephone, JOUR)
