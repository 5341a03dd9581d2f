"""Les règles lues d'avance servent au poste qui n'a rien reçu ni rien changé, et à lui seul."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from outils_ecran import au_repos
from pytestqt.qtbot import QtBot

import modele.chargement
from modele.bilan import Regles
from modele.coffre import Coffre
from ui.etat.regles_du_poste import ReglesDuPoste
from ui.lancement import Poste

TERRITOIRE = "metropole-exemple"
Charger = Callable[[str, Callable[[Coffre], object]], tuple[list[Regles], list[int]]]


@pytest.fixture
def charger(poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Charger:
    """De quoi préparer un territoire, toucher au coffre, puis charger ; rend les règles et ce qui s'est lu en tout."""
    vraie = modele.chargement.charger_regles
    lues: list[int] = []
    recues: list[Regles] = []

    def compter(territoire: str, *autres: object) -> Regles:
        lues.append(len(autres))
        return vraie(territoire, *autres)  # type: ignore[arg-type]

    monkeypatch.setattr(modele.chargement, "charger_regles", compter)
    regles = ReglesDuPoste(poste_ouvert.travaux, poste_ouvert.session, recues.append)

    def mener(prepare: str, geste: Callable[[Coffre], object]) -> tuple[list[Regles], list[int]]:
        regles.preparer(prepare)

        def faire(coffre: Coffre) -> None:
            geste(coffre)
            regles.charger(TERRITOIRE, coffre)

        poste_ouvert.session.avec_coffre(faire, lambda _: None, pour=poste_ouvert.session)
        au_repos(qtbot, poste_ouvert)
        return recues, lues

    return mener


def test_ce_qui_est_lu_pendant_que_l_agent_tape_ne_se_relit_pas(charger: Charger) -> None:
    recues, lues = charger(TERRITOIRE, lambda _: None)
    assert [une.territoire.id for une in recues] == [TERRITOIRE]
    assert lues == [0]


def test_ce_que_la_structure_a_ecrit_n_est_jamais_oublie(charger: Charger, poste_ouvert: Poste) -> None:
    """Lues d'avance sans lui, les règles se relisent avec lui."""
    auteur = poste_ouvert.session.auteur
    _, lues = charger(
        TERRITOIRE, lambda coffre: coffre.modifier_fichier("fiche", "conge", "fr.md", b"le notre", auteur)
    )
    assert lues == [0, 1]


def test_un_autre_territoire_se_lit(charger: Charger) -> None:
    """L'agent a changé de territoire entre-temps : celui d'avant ne sert pas."""
    recues, lues = charger("metropole-essai", lambda _: None)
    assert [une.territoire.id for une in recues] == [TERRITOIRE]
    assert lues == [0, 1]


def test_un_territoire_qui_ne_se_lit_pas_ne_dit_rien_avant_l_ouverture(charger: Charger) -> None:
    recues, lues = charger("nulle-part", lambda _: None)
    assert [une.territoire.id for une in recues] == [TERRITOIRE]
    assert lues == [0, 1]
