"""Deux dossiers côte à côte : pareil, différent, d'un seul côté ; rien de ce qui se dit seul à seul."""

from __future__ import annotations

import pytest

from modele.bilan import Regles, charger_regles
from modele.dossier.chemins import poser
from modele.dossier.documents import identifiant
from ui.mots.comparer import Verdict, comparer
from ui.theatre.scenes import heberge


@pytest.fixture(scope="module")
def regles() -> Regles:
    return charger_regles("metropole-exemple")


def test_ce_qui_differe_passe_devant(regles: Regles) -> None:
    """Un nom différent d'abord, ce qui est pareil en dernier."""
    autre = poser(poser(heberge(), "demandeur.nom", "MORELLE"), "contact.telephone", "0612345678")
    lignes = comparer(heberge(), autre, regles)
    assert (lignes[0].libelle, lignes[0].ici, lignes[0].la_bas) == ("Nom de naissance", "MOREL", "MORELLE")
    assert [ligne.verdict for ligne in lignes] == sorted((ligne.verdict for ligne in lignes), key=list(Verdict).index)
    (telephone,) = [ligne for ligne in lignes if ligne.libelle == "Téléphone"]
    assert (telephone.verdict, telephone.ici, telephone.la_bas) == (
        Verdict.UN_COTE,
        "Rien de noté",
        "06 12 34 56 78",
    )


def test_un_enfant_de_meme_nom_est_pareil_malgre_son_identifiant(regles: Regles) -> None:
    """Chaque dossier a donné le sien."""
    (ines,) = [ligne for ligne in comparer(heberge(), heberge(), regles) if "Inès" in ligne.libelle]
    assert ines.verdict is Verdict.PAREIL


def test_ce_qui_dit_une_violence_ne_se_compare_pas(regles: Regles) -> None:
    """Ni réponse, ni pièce, ni trace d'une question posée."""
    dit = heberge()
    for chemin, valeur in (
        ("triage.peur_au_domicile", True),
        ("demande.motifs", {"coches": ["violences"], "clos": True}),
        ("protection.preuves", {"coches": ["ordonnance_protection"]}),
        (f"pieces.elements.{identifiant()}", {"piece": "recepisse-plainte", "etat": "vue"}),
        ("protection.seul_a_seul", True),
    ):
        dit = poser(dit, chemin, valeur)
    mots = " ".join(f"{ligne.libelle} {ligne.ici} {ligne.la_bas}" for ligne in comparer(dit, heberge(), regles)).lower()
    for interdit in ("violence", "plainte", "peur", "ordonnance", "seul"):
        assert interdit not in mots, interdit


def test_ce_qui_dit_qui_est_quelqu_un_est_a_masquer(regles: Regles) -> None:
    """Nom, naissance, téléphone, enfant : masqués, et leur libellé neutre ne nomme personne. Le reste se lit."""
    lignes = comparer(heberge(), heberge() | {"contact": {"telephone": "0612345678"}}, regles)
    masquees = {ligne.libelle for ligne in lignes if ligne.masquee}
    assert {"Nom de naissance", "Téléphone"} <= masquees
    assert any("Inès" in libelle for libelle in masquees)
    assert not any("Inès" in ligne.neutre for ligne in lignes)
    assert any(not ligne.masquee for ligne in lignes)
