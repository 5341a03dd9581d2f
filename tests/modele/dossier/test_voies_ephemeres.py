"""La suite d'une voie que seul un fait éphémère ouvre ne s'écrit pas ; toute autre, si."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from modele.dossier import voies_ephemeres as module
from modele.dossier.ephemeres import en_dit, gardables, sans_ephemeres
from modele.dossier.voies_ephemeres import voies_ephemeres
from modele.regles.lecture import lire_toml
from ressources import RESSOURCES

TUE = "trafic"
GARDEE = "fsl"
SUITE = {"orientation": TUE, "aupres_de": "avocat", "faite_le": "2026-11-30"}


def test_lesquelles() -> None:
    """Relevées à la main sur les voies livrées : rien que l'éphémère n'y mène."""
    assert voies_ephemeres() == {
        "securite-accueil", "risque-suicidaire", "personne-desorientee", "enfant-en-danger", "agression-recente",
        "eloigne-du-domicile", "tiers-qui-cherche", "mineur-seul", "dit-majeur", "trafic", "sortie-prison",
        "sortie-hopital", "interprete-a-la-place",
    }  # fmt: skip


def test_chacune_existe() -> None:
    voies = lire_toml(RESSOURCES / "national" / "orientations.toml").tables("orientation")
    assert voies_ephemeres() < {voie.texte("id") for voie in voies}


@pytest.mark.parametrize(
    ("si", "exige"),
    [
        ({"fait": "e"}, True),
        ({"fait": "g"}, False),
        ({"tous": [{"fait": "g"}, {"fait": "e"}]}, True),
        ({"un_de": [{"fait": "g"}, {"fait": "e"}]}, False),
        ({"un_de": [{"fait": "e"}, {"tous": [{"fait": "g"}, {"fait": "e"}]}]}, True),
        ({"un_de": []}, False),
        ({"non": {"fait": "e"}}, False),
        ({"tous": "e"}, False),
        (None, False),
    ],
)
def test_une_condition_l_exige(si: Any, exige: bool) -> None:
    assert module._exige(si, {"e"}) is exige


def test_elle_s_ecarte_tout_entiere_de_quelque_facon_qu_elle_s_ecrive() -> None:
    """Par l'élément, par ses champs, dans sa liste, dans le document ; ce qui va avec elle part aussi."""
    autre = {"orientation": GARDEE, "aupres_de": "CCAS"}
    par_champs = {f"suites.elements.s.{nom}": dit for nom, dit in SUITE.items()}
    gardes = {f"suites.elements.a.{nom}": dit for nom, dit in autre.items()}
    assert gardables(par_champs | gardes) == gardes
    assert gardables({"suites.elements.s": SUITE, "suites.elements.a": autre}) == {"suites.elements.a": autre}
    liste = {"elements": {"s": SUITE, "a": autre}, "ordre": ["s", "a"]}
    assert gardables({"suites": liste})["suites"]["elements"] == {"a": autre}
    assert sans_ephemeres({"suites": liste})["suites"]["elements"] == {"a": autre}
    document = {"suites": {"elements": {"a": autre}}}
    assert sans_ephemeres(document) is document


@pytest.mark.parametrize(("voie", "forme"), list(product((TUE, GARDEE), ("champ", "parmi", "element", "liste"))))
def test_le_registre_le_voit(voie: str, forme: str) -> None:
    ecrits: dict[str, tuple[str, Any]] = {
        "champ": ("suites.elements.s.orientation", voie),
        "parmi": ("suites.elements.s.orientation", {"parmi": [GARDEE, voie]}),
        "element": ("suites.elements.s", {"orientation": voie}),
        "liste": ("suites", {"elements": {"s": {"orientation": voie}}}),
    }
    assert en_dit(*ecrits[forme]) is (voie == TUE)


def test_ailleurs_ce_mot_ne_dit_rien() -> None:
    """Un identifiant de voie dans un autre champ n'est pas une suite."""
    assert not en_dit("suites.elements.s.aupres_de", TUE)
    assert not en_dit("pieces.elements.s.piece", TUE)
    assert not en_dit("suites.elements.s", "abime")


def test_mutant_sans_la_condition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans elle, la suite s'écrirait : l'épreuve d'avant n'est pas vide."""
    monkeypatch.setattr("modele.dossier.ephemeres.nomme_une_voie_ephemere", lambda *_: False)
    assert sans_ephemeres({"suites": {"elements": {"s": SUITE}}})["suites"]["elements"] == {"s": SUITE}
