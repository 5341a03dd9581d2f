"""Ce qu'un document dit de violences est déclaré en donnée ; un « non » en est une trace, pas une violence."""

from __future__ import annotations

from typing import Any

import pytest
from outils_protection import ADULTE, JOUR, avec

from modele.dossier.chemins import Document, chemin_de_confirmation, poser
from modele.dossier.inventaire import inventaire
from modele.protection.mur import interdire
from modele.protection.violences import affirme, affirmes, faits_de_violence, negatif


def test_tout_champ_marque_est_un_fait_de_violence() -> None:
    """La liste est une donnée : chaque champ marqué compte, et eux seuls."""
    marques = {c.chemin for c in inventaire().champs.values() if c.champ.violence}
    plein: Document = {}
    for chemin in inventaire().champs:
        plein = poser(plein, chemin, True)
    assert set(faits_de_violence(plein)) == {*marques, "protection.discret"}
    assert {"triage.peur_au_domicile", "protection.preuves", "demande.agression_domicile"} <= marques


def test_une_confirmation_est_une_trace() -> None:
    """Le texte d'une alerte confirmée nomme le champ."""
    protegee = chemin_de_confirmation("demande.mariage_force")
    interdit = interdire(avec(ADULTE), protegee, "Inhabituel.", JOUR)
    assert interdit is not None
    assert interdit.chemins == (protegee,)
    assert interdire(avec(ADULTE), chemin_de_confirmation("demandeur.nom"), "Inhabituel.", JOUR) is None


@pytest.mark.parametrize(
    ("dit", "attendu"),
    [
        (False, True),
        ({"refus": True}, True),
        ({"ne_sait_pas": True}, True),
        ({"coches": [], "refus": True}, True),
        (True, False),
        (["violences"], False),
        ({"coches": ["aucune"], "clos": True}, False),
    ],
)
def test_un_non_n_affirme_rien(dit: Any, attendu: bool) -> None:
    """Un refus non plus ; une preuve cochée, fût-elle « aucune », répond à une question qui en dit trop."""
    assert negatif(dit) is attendu


@pytest.mark.parametrize(
    ("chemin", "valeur", "attendu"),
    [
        ("triage.peur_au_domicile", True, True),
        ("triage.peur_au_domicile", False, False),
        ("demande.motif_principal", "violences", True),
        ("demande.motif_principal", "trop_petit", False),
        ("demande.motif_principal", None, False),
        ("demande.motif_principal", 3, False),
        ("demande", {"motifs": {"parmi": ["violences", "trop_petit"]}}, True),
        ("protection", {"discret": True}, True),
        ("protection.discret", False, False),
        ("pieces.elements.p", {"piece": "ordonnance-protection"}, True),
        ("pieces.elements.p.piece", "identite", False),
        ("suites.elements.s.orientation", "violences-couple", True),
        ("suites.elements.s.orientation", {"parmi": ["violences-couple"]}, True),
        ("demandeur.nom", "violences", False),
        ("preuves.violences", "justifie", False),
    ],
)
def test_une_seule_valeur_suffit_a_affirmer(chemin: str, valeur: Any, attendu: bool) -> None:
    """C'est ainsi que se lit une histoire, opération par opération."""
    assert affirme(chemin, valeur) is attendu


def test_la_preuve_d_un_critere_protege_affirme() -> None:
    """Les critères viennent de la grille : la protection les reçoit."""
    assert affirme("preuves.violences", "justifie", {"violences"})
    assert affirmes({"preuves": {"violences": "valide"}}, {"violences"})
    assert not affirmes({"preuves": {"violences": "valide"}})
