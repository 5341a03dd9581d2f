"""Une condition redite dans une langue vaut toujours autant : seuls les mots de ses faits changent."""

from __future__ import annotations

from dataclasses import replace

from modele.regles.conditions import (
    AuMoins,
    Comparaison,
    NombreDePersonnes,
    Non,
    Op,
    Tous,
    UnDe,
    avec_faits,
    comparaisons,
)
from modele.regles.faits import Fait, TypeFait

FAIT = Fait("a", TypeFait.BOOLEEN, "français")
UNE = Comparaison(FAIT, Op.EGAL, True)


def test_chaque_forme_de_condition_se_redit() -> None:
    toutes = Tous((UNE, UnDe((Non(UNE),)), AuMoins(1, (UNE,)), NombreDePersonnes(UNE, Op.AU_MOINS, 1)))
    redite = avec_faits(toutes, lambda fait: replace(fait, definition="autre"))
    assert [une.fait.definition for une in comparaisons(redite)] == ["autre"] * 4
    assert avec_faits(redite, lambda fait: replace(fait, definition="français")) == toutes
