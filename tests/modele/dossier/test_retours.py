"""La pile des gestes : défaire rend ce qu'il y avait, refaire ce qu'on avait mis, et nul n'écrase personne."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.dossier.chemins import ABSENT, lire, poser
from modele.dossier.retours import AU_PLUS, Retours, relire

CHEMINS = ["demandeur.nom", "demandeur.prenoms", "logement_actuel.surface", "foyer.personnes.elements.e"]
VALEURS = st.one_of(st.integers(0, 9), st.text(max_size=3), st.just(ABSENT), st.just({"nom": "Petit"}))


def ecrire(document: dict[str, Any], valeurs: dict[str, Any]) -> dict[str, Any]:
    for chemin, valeur in valeurs.items():
        document = poser(document, chemin, valeur)
    return document


@given(st.lists(st.dictionaries(st.sampled_from(CHEMINS), VALEURS, min_size=1, max_size=3), min_size=1, max_size=8))
def test_tout_defaire_rend_le_depart_et_tout_refaire_l_arrivee(gestes: list[dict[str, Any]]) -> None:
    """À chaque pas la pile se garde et se relit : un poste tué la retrouve."""
    pile, document, etats = Retours("Ana", "d"), {"demandeur": {"nom": "Essai"}}, []
    for valeurs in gestes:
        etats.append(document)
        pile, document = pile.avec(document, valeurs), ecrire(document, valeurs)
    arrivee = document
    for attendu in reversed(etats):
        pile = relire(pile.ecrire())
        document = ecrire(document, pile.faits[-1].remis(document))
        pile = pile.apres_annulation()
        assert [lire(document, c) for c in CHEMINS] == [lire(attendu, c) for c in CHEMINS]
    for _ in gestes:
        pile = relire(pile.ecrire())
        document = ecrire(document, pile.defaits[-1].inverse.remis(document))
        pile = pile.apres_refaite()
    assert [lire(document, c) for c in CHEMINS] == [lire(arrivee, c) for c in CHEMINS]


def test_ce_qu_un_autre_a_ecrit_depuis_ne_s_ecrase_pas() -> None:
    pile = Retours("Ana", "d").avec({}, {"demandeur.nom": "Un", "demandeur.prenoms": "Deux"})
    document = {"demandeur": {"nom": "Un", "prenoms": "Trois"}}
    assert pile.faits[-1].remis(document) == {"demandeur.nom": ABSENT}


def test_ecrire_de_nouveau_oublie_ce_qui_etait_defait() -> None:
    pile = Retours("Ana", "d").avec({}, {"demandeur.nom": "Un"}).apres_annulation()
    assert len(pile.defaits) == 1
    assert pile.avec({}, {"demandeur.nom": "Deux"}).defaits == ()


def test_la_pile_est_a_un_agent_et_a_un_dossier() -> None:
    pile = Retours("Ana", "d").avec({}, {"demandeur.nom": "Un"})
    assert pile.pour("Ana", "d") is pile
    assert pile.pour("Awa", "d") == Retours("Awa", "d")
    assert pile.pour("Ana", "autre") == Retours("Ana", "autre")


@pytest.mark.parametrize("texte", ["", "[]", '{"faits": 3}', "pas du json"])
def test_un_texte_illisible_est_une_pile_vide(texte: str) -> None:
    assert relire(texte) == Retours()


def test_la_pile_ne_grandit_pas_sans_fin() -> None:
    pile = Retours("Ana", "d")
    for rang in range(AU_PLUS + 5):
        pile = pile.avec({}, {"demandeur.nom": str(rang)})
    assert len(pile.faits) == AU_PLUS
    assert pile.faits[-1].chemin == "demandeur.nom"
