"""Aucun fait de violence dans un dossier qu'un autre adulte peut lire, ni d'adulte là où il y en a."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outils_protection import ADULTE, ENFANT, JOUR, SEULE, VIOLENCES, avec

from modele.dossier.chemins import ABSENT, Document, poser
from modele.protection.adultes import partage
from modele.protection.mur import Ailleurs, Sort, Verdict, accorder, interdire, juger
from modele.protection.violences import faits_de_violence


@pytest.mark.parametrize(("chemin", "valeur"), VIOLENCES)
@pytest.mark.parametrize("commun", [avec(ADULTE), poser(SEULE, "foyer.avec_codemandeur", True)])
def test_une_violence_ne_s_ecrit_pas_dans_un_dossier_partage(commun: Document, chemin: str, valeur: Any) -> None:
    """Ni réponse, ni refus, ni pièce, ni orientation : tout cela en est une trace."""
    interdit = interdire(commun, chemin, valeur, JOUR)
    assert interdit is not None
    assert interdit.chemins == (chemin,)
    assert "dossier distinct" in interdit.message


@pytest.mark.parametrize(("chemin", "valeur"), VIOLENCES)
def test_elle_s_ecrit_dans_un_dossier_seul(chemin: str, valeur: Any) -> None:
    """Seule, ou avec ses enfants mineurs."""
    assert interdire(SEULE, chemin, valeur, JOUR) is None
    assert interdire(avec(ENFANT), chemin, valeur, JOUR) is None


@pytest.mark.parametrize(
    ("chemin", "valeur"),
    [
        ("demande.motifs", {"coches": ["sante", "separation"], "clos": True}),
        ("demande.motif_principal", 3),
        ("demande.motifs", {"coches": "violences"}),
        ("logement_actuel.statut", "hotel"),
        ("triage.peur_au_domicile", ABSENT),
        ("pieces.elements.p.piece", "identite"),
        ("protection.seul_a_seul", True),
    ],
)
def test_le_reste_s_ecrit_dans_un_dossier_partage(chemin: str, valeur: Any) -> None:
    """L'interdit ne déborde pas."""
    assert interdire(avec(ADULTE), chemin, valeur, JOUR) is None


def test_un_adulte_n_entre_pas_dans_un_dossier_qui_dit_une_violence() -> None:
    """L'interdit vaut dans les deux sens."""
    dite = poser(SEULE, "triage.peur_au_domicile", True)
    interdit = interdire(dite, "foyer.avec_codemandeur", True, JOUR)
    assert interdit is not None
    assert interdit.chemins == ("triage.peur_au_domicile",)
    assert interdire(dite, "foyer.personnes.elements.p", ENFANT, JOUR) is None


def test_un_dossier_deja_fautif_se_corrige() -> None:
    """Retirer, ou changer autre chose, reste permis ; aggraver ne l'est pas."""
    fautif = poser(avec(ADULTE), "triage.peur_au_domicile", False)
    assert interdire(fautif, "triage.peur_au_domicile", ABSENT, JOUR) is None
    assert interdire(fautif, "logement_actuel.statut", "hotel", JOUR) is None
    assert interdire(fautif, "triage.peur_au_domicile", True, JOUR) is not None


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*VIOLENCES, ("foyer.avec_codemandeur", True), ("codemandeur.nom", "x")]), max_size=8))
def test_aucune_suite_de_changements_permis_n_expose_une_violence(changements: list[tuple[str, Any]]) -> None:
    """Invariant : un dossier partagé ne dit aucune violence, dans quelque ordre qu'on l'écrive."""
    document = SEULE
    for chemin, valeur in changements:
        if interdire(document, chemin, valeur, JOUR) is None:
            document = poser(document, chemin, valeur)
    assert not (partage(document, JOUR) and faits_de_violence(document))


@pytest.mark.parametrize("non", [False, {"refus": True}, {"ne_sait_pas": True}])
def test_un_non_se_tait_sans_interdire(non: Any) -> None:
    """Dans un dossier commun il ne s'écrit pas ; seul, il s'écrit, et se retire quand un adulte entre."""
    commun = avec(ADULTE)
    assert accorder(commun, {"triage.peur_au_domicile": non}, JOUR) == {}
    assert accorder(SEULE, {"triage.peur_au_domicile": non}, JOUR) == {"triage.peur_au_domicile": non}
    dite = poser(SEULE, "triage.peur_au_domicile", non)
    permises = accorder(dite, {"foyer.avec_codemandeur": True}, JOUR)
    assert permises == {"triage.peur_au_domicile": ABSENT, "foyer.avec_codemandeur": True}


def test_un_oui_interdit_meme_avec_des_non() -> None:
    """Une seule violence dite suffit : rien ne se retire en silence."""
    dite = poser(poser(SEULE, "triage.peur_au_domicile", True), "demande.mariage_force", False)
    assert accorder(dite, {"foyer.avec_codemandeur": True}, JOUR) is None
    assert accorder(avec(ADULTE), {"demande.mariage_force": False, "triage.peur_au_domicile": True}, JOUR) is None


def test_un_adulte_n_entre_pas_dans_un_dossier_discret_meme_apres_retrait() -> None:
    """La discrétion reste quand la réponse est retirée : l'histoire du dossier, elle, la garde."""
    discret = poser(SEULE, "protection.discret", True)
    assert accorder(discret, {"foyer.avec_codemandeur": True}, JOUR) is None
    assert interdire(discret, "foyer.personnes.elements.p", ENFANT, JOUR) is None
    assert interdire(avec(ADULTE), "protection.discret", True, JOUR) is not None


@pytest.mark.parametrize("etat", ["justifie", "valide"])
def test_la_preuve_d_un_critere_protege_est_une_trace(etat: str) -> None:
    """``preuves.violences`` dirait au mari qu'un papier a été vu."""
    commun = avec(ADULTE)
    assert interdire(commun, "preuves.violences", etat, JOUR, {"violences"}) is not None
    assert interdire(commun, "preuves.anciennete", etat, JOUR, {"violences"}) is None
    prouvee = poser(SEULE, "preuves.violences", etat)
    assert interdire(prouvee, "foyer.avec_codemandeur", True, JOUR, {"violences"}) is not None


PEUR = poser(SEULE, "triage.peur_au_domicile", True)
NON = poser(SEULE, "triage.peur_au_domicile", False)
A_DEUX = avec(ADULTE)


def _jamais() -> bool:
    raise AssertionError("l'histoire ne se lit que si un adulte entre")


@pytest.mark.parametrize(
    ("avant", "apres", "a_porte", "attendu"),
    [
        (SEULE, PEUR, False, Verdict(Sort.PERMISE)),
        (SEULE, A_DEUX, False, Verdict(Sort.PERMISE)),
        (SEULE, A_DEUX, True, Verdict(Sort.AILLEURS)),
        (PEUR, poser(PEUR, "codemandeur.nom", "x"), False, Verdict(Sort.AILLEURS)),
        (PEUR, A_DEUX, True, Verdict(Sort.AILLEURS)),
        (PEUR, poser(PEUR, "foyer.personnes.elements.p", ENFANT), True, Verdict(Sort.PERMISE)),
        (A_DEUX, poser(A_DEUX, "triage.peur_au_domicile", True), False, Verdict(Sort.INTERDITE)),
        (SEULE, poser(A_DEUX, "triage.peur_au_domicile", True), False, Verdict(Sort.INTERDITE)),
        ({}, poser(A_DEUX, "protection.discret", True), False, Verdict(Sort.INTERDITE)),
        (NON, poser(NON, "codemandeur.nom", "x"), False, Verdict(Sort.PERMISE, {"triage.peur_au_domicile": ABSENT})),
        (
            A_DEUX,
            poser(A_DEUX, "triage.peur_au_domicile", False),
            False,
            Verdict(Sort.PERMISE, {"triage.peur_au_domicile": ABSENT}),
        ),
    ],
)
def test_le_sort_d_une_ecriture(avant: Document, apres: Document, a_porte: bool, attendu: Verdict) -> None:
    """Elle passe, se tait, entre dans un dossier commun neuf, ou ne s'écrit pas ici."""
    assert juger(avant, apres, JOUR, lambda: a_porte) == attendu


def test_l_histoire_ne_se_lit_que_si_un_adulte_entre() -> None:
    """Une frappe n'a pas à relire des années d'opérations."""
    assert juger(SEULE, PEUR, JOUR, _jamais).sort is Sort.PERMISE
    assert juger(A_DEUX, poser(A_DEUX, "contact.telephone", "06"), JOUR, _jamais).sort is Sort.PERMISE
    assert juger(PEUR, poser(PEUR, "codemandeur.nom", "x"), JOUR, _jamais).sort is Sort.AILLEURS


def test_la_phrase_ne_dit_pas_pourquoi() -> None:
    """La même pour tout ce qui ne s'écrit pas ; d'un import, avec le rang de ce qui reste à saisir."""
    assert str(Ailleurs()) == "À enregistrer dans un nouveau dossier commun."
    assert str(Ailleurs([2, 17])) == "À enregistrer dans un nouveau dossier commun : n° 2, 17."
