"""Une personne tranche : son choix est une opération, et rien ne revient."""

from __future__ import annotations

from typing import Any

import pytest
from postes_d_essai import Monde, jouer, monde, tout_envoyer

from modele.dossier.chemins import ABSENT, lire
from modele.dossier.operations import UNSET
from modele.fusion import divergences, document, trancher

CHAMP = "logement_actuel.loyer"


def _en_divergence(ici: Any = 600, la: Any = 700) -> Monde:
    tenu = monde("ABC", {"logement_actuel": {"loyer": 500}, "demandeur": {"nom": "Fatihi"}})
    jouer(tenu, [("poser", "A", {CHAMP: ici}), ("poser", "B", {CHAMP: la})])
    tout_envoyer(tenu)
    return tenu


@pytest.mark.parametrize(("ici", "la"), [(600, 700), (ABSENT, 700), (600, ABSENT)])
@pytest.mark.parametrize("choix", [0, 1])
def test_trancher_pour_l_une_ou_l_autre(ici: Any, la: Any, choix: int) -> None:
    """Celle en vigueur ou l'autre, une valeur ou son absence : plus rien ne diverge, tous la lisent."""
    tenu = _en_divergence(ici, la)
    jouer(tenu, [("trancher", "C", 0, choix)])
    tout_envoyer(tenu)
    assert divergences(tenu.registre.etat) == []
    assert [lire(poste.document(), CHAMP) for poste in tenu.postes.values()] == [(ici, la)[choix]] * 3
    assert set(tenu.registre.etat.unites[CHAMP][0].operation) == set(tenu.registre.recues[-1].id)


def test_trancher_pour_une_troisieme_valeur() -> None:
    """Revenir à ce qu'il y avait avant, ou corriger : la personne dit ce qu'elle veut."""
    tenu = _en_divergence()
    etat = tenu.registre.etat
    tenu["A"].ecrire(trancher(etat, divergences(etat)[0], {CHAMP: 500}))
    tout_envoyer(tenu)
    assert divergences(tenu.registre.etat) == []
    assert document(tenu.registre.etat)["logement_actuel"] == {"loyer": 500}


def test_ce_que_dit_l_operation_qui_tranche() -> None:
    """Elle cite toutes les têtes, ce qui était en vigueur, et retire ce que seule l'autre disait."""
    tenu = monde("AB", {"demandeur": {"nom": "Fatihi"}})
    jouer(tenu, [("poser", "A", {"demandeur.nom": "Roux"}), ("poser", "B", {"demandeur.prenoms": "Nadia"})])
    tout_envoyer(tenu)
    etat = tenu.registre.etat
    champs = trancher(etat, divergences(etat)[0], {"demandeur.nom": "Roux"})
    _, a, b = (entree.id for entree in tenu.registre.recues)
    assert {(champ.vu, champ.tranche) for champ in champs.values()} == {(a, (b,))}
    assert champs["demandeur.nom"].avant == champs["demandeur.nom"].apres == "Roux"
    assert champs["demandeur.prenoms"].avant is champs["demandeur.prenoms"].apres is UNSET


def test_une_divergence_tranchee_ne_revient_pas() -> None:
    """Les opérations tranchées, vues par une saisie ordinaire ensuite, ne reparaissent pas."""
    tenu = _en_divergence()
    jouer(tenu, [("trancher", "C", 0, 1), ("echanger", "C"), ("recevoir", "A")])
    jouer(tenu, [("poser", "A", {CHAMP: 800}), ("poser", "A", {CHAMP: 900}), ("echanger", "A")])
    assert divergences(tenu.registre.etat) == []
    assert document(tenu.registre.etat)["logement_actuel"] == {"loyer": 900}


def test_une_valeur_tardive_apres_qu_on_a_tranche() -> None:
    """B, resté sans réseau, corrigeait sa proposition : ce n'est pas l'ancienne divergence, c'est une valeur neuve."""
    tenu = _en_divergence()
    jouer(tenu, [("poser", "B", {CHAMP: 750}), ("trancher", "C", 0, 0), ("echanger", "C"), ("echanger", "B")])
    (divergence,) = divergences(tenu.registre.etat)
    assert [un.valeurs for un in divergence.propositions] == [{CHAMP: 600}, {CHAMP: 750}]


def test_deux_personnes_tranchent_autrement() -> None:
    """Deux choix qui ne se sont pas vus divergent à leur tour ; deux choix pareils, non."""
    for choix, combien in ((1, 1), (0, 0)):
        tenu = _en_divergence()
        jouer(tenu, [("trancher", "A", 0, 0), ("trancher", "B", 0, choix)])
        tout_envoyer(tenu)
        assert len(divergences(tenu.registre.etat)) == combien


def test_trancher_avec_une_saisie_qui_attend() -> None:
    """L'agent a tapé par-dessus une divergence puis tranche : sa saisie est parmi ce qu'il a vu."""
    tenu = _en_divergence()
    jouer(tenu, [("poser", "A", {CHAMP: 650}), ("trancher", "A", 0, 0)])
    tout_envoyer(tenu)
    assert divergences(tenu.registre.etat) == []
    assert document(tenu.registre.etat)["logement_actuel"] == {"loyer": 650}
