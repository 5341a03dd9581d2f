"""Une déduction et une connaissance commune se font valider ; un texte et une source secondaire, non."""

from __future__ import annotations

from modele.regles.confiance import CONFIANCES, a_valider


def test_seules_une_deduction_et_une_connaissance_commune_se_font_valider() -> None:
    assert [confiance for confiance in CONFIANCES if a_valider(confiance)] == ["D", "M"]
    assert not a_valider("")
