"""Plusieurs postes changent, retirent, tranchent, s'échangent tout dans n'importe quel ordre : rien ne se perd."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invariants_fusion import verifier
from oracle_fusion import simple
from postes_d_essai import jouer, monde

from modele.dossier.chemins import ABSENT, est_element
from modele.dossier.unites import atomes
from modele.fusion import divergences

POSTES = "ABC"
ELEMENTS = ("e1", "e2", "e3")
PERSONNES = "foyer.personnes"
INITIAL = {
    "demandeur": {"nom": "Fatihi", "prenoms": "Nadia"},
    "logement_actuel": {"loyer": Decimal("512.30")},
    "foyer": {"personnes": {"elements": {"e1": {"nom": "Zoé", "lien": "enfant"}, "e2": {}}, "ordre": ["e1", "e2"]}},
}
VALEURS = st.sampled_from(
    [ABSENT, "x", "y", 1, True, Decimal("1.0"), Decimal("1.5"), {"refus": True}, {"coches": ["a"]}, [1, "x"]]
)
ELEMENT = st.sampled_from([ABSENT, {}, {"nom": "Issa"}, {"nom": "Issa", "prenoms": "T", "lien": "enfant"}])
CHAMPS: dict[str, st.SearchStrategy[Any]] = {
    "demandeur.nom": VALEURS,
    "demandeur.prenoms": VALEURS,
    "contact.telephone": VALEURS,
    "contact.telephone_sur": VALEURS,
    "logement_actuel.loyer": VALEURS,
    "protection.discret": st.sampled_from([ABSENT, True, False]),
    "version_suivante.champ": VALEURS,
    "ateliers.elements.a1.titre": VALEURS,
    "ateliers.elements.a1": st.sampled_from([ABSENT, {"titre": "x"}]),
    f"{PERSONNES}.ordre": st.lists(st.sampled_from(ELEMENTS), max_size=3),
    **{f"{PERSONNES}.elements.{un}": ELEMENT for un in ELEMENTS},
    **{f"{PERSONNES}.elements.{un}.{champ}": VALEURS for un in ELEMENTS for champ in ("nom", "prenoms", "lien")},
}


def _poser(poste: str) -> st.SearchStrategy[tuple[Any, ...]]:
    un = st.sampled_from(sorted(CHAMPS)).flatmap(lambda champ: st.tuples(st.just(champ), CHAMPS[champ]))
    return un.map(lambda paire: ("poser", poste, dict([paire])))


PAS = st.sampled_from(POSTES).flatmap(
    lambda poste: st.one_of(
        _poser(poste),
        _poser(poste),
        _poser(poste),
        st.tuples(st.just("trancher"), st.just(poste), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("envoyer"), st.just(poste), st.sampled_from([1, 1000])),
        st.just(("recevoir", poste)),
        st.just(("echanger", poste)),
    )
)


def _eprouver(scenario: list[tuple[Any, ...]], graine: int) -> None:
    tenu = monde(POSTES, INITIAL)
    jouer(tenu, scenario)
    verifier(tenu, Random(graine))


@settings(max_examples=80)
@given(scenario=st.lists(PAS, max_size=25), graine=st.integers(0, 1000))
def test_rien_ne_se_perd_et_l_ordre_ne_change_rien(scenario: list[tuple[Any, ...]], graine: int) -> None:
    """Têtes attendues, valeurs montrées ou proposées, ordre indifférent, tous égaux une fois tout tranché."""
    _eprouver(scenario, graine)


@settings(max_examples=40)
@given(scenario=st.lists(st.one_of(_poser("A"), st.just(("echanger", "A"))), max_size=20))
def test_un_poste_seul_ne_diverge_pas_de_lui_meme(scenario: list[tuple[Any, ...]]) -> None:
    """Ce qu'il montrait avant l'envoi est ce que le registre rend ; seuls les ordres incomplets se complètent."""
    tenu = monde("A", INITIAL)
    for pas in scenario:
        jouer(tenu, [pas])
        avant = tenu["A"].document()
        tenu["A"].echanger()
        assert divergences(tenu.registre.etat) == []
        assert _dit(tenu["A"].document()) == _dit(avant)


def _dit(lu: dict[str, Any]) -> dict[str, Any]:
    """Les champs du document, sans les tables vidées ni les ordres."""
    dits = {champ: simple(valeur) for champ, valeur in atomes(lu) if valeur != {} or est_element(champ)}
    return {champ: valeur for champ, valeur in dits.items() if not champ.endswith(".ordre")}


@pytest.mark.campagne
@given(scenario=st.lists(PAS, max_size=60), graine=st.integers(0, 1000))
def test_rien_ne_se_perd_longuement(scenario: list[tuple[Any, ...]], graine: int) -> None:
    """La même épreuve, longue."""
    _eprouver(scenario, graine)
