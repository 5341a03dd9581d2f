"""Les désignations hors des publics, comptées dans les lignes d'un bailleur : inconnu n'est jamais hors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from outils_contingents import NUE

from modele.contingents import designations
from modele.contingents.designations import bilan, convention_de, juger, publics_de
from modele.contingents.publics import Place

SIENNE = replace(NUE, siren="000000001", publics=("dalo", "prioritaires"), id="m")
LIGNE: dict[str, Any] = {
    "siren_bailleur": "000000001",
    "reservataire": "métropole  d'exemple",
    "code_insee": "99X01",
    "dalo": "NON",
    "priorite_l441_1": None,
    "quartile": "Q2",
    "relogement_nru": "NON",
    "travailleur_essentiel": "NONDOC",
    "mutation": "EXTERNE",
}


@pytest.mark.parametrize(
    ("change", "public", "dit"),
    [
        ({}, "dalo", False),
        ({"dalo": "OUI"}, "dalo", True),
        ({"dalo": "OUI"}, "prioritaires", True),
        ({"dalo": "NONDOC"}, "prioritaires", None),
        ({"dalo": None}, "dalo", None),
        ({"priorite_l441_1": "c"}, "prioritaires", True),
        ({}, "prioritaires", False),
        ({"quartile": "Q1"}, "premier_quartile", True),
        ({}, "premier_quartile", False),
        ({"quartile": "NONDOC"}, "premier_quartile", None),
        ({"relogement_nru": "OUI"}, "relogement", True),
        ({}, "travailleur_essentiel", None),
        ({}, "mutation", True),
        ({"mutation": "NON"}, "mutation", False),
        ({"mutation": None}, "mutation", None),
    ],
)
def test_ce_qu_une_ligne_dit_d_un_public(change: dict[str, Any], public: str, dit: bool | None) -> None:
    """« NONDOC » et vide ne disent rien ; les salariés et les agents n'y sont jamais dits."""
    lus = publics_de(LIGNE | change)
    assert lus[public] is dit
    assert not {"salarie", "agent_public"} & lus.keys()


def test_la_convention_est_celle_du_reservataire_chez_ce_bailleur() -> None:
    """Par le SIREN et le nom ; entre deux périmètres, celle de la commune ; sinon aucune."""
    commune = replace(SIENNE, ou="commune", code="99X01", id="c")
    assert convention_de(LIGNE, [SIENNE]) == SIENNE
    assert convention_de(LIGNE, [SIENNE, commune]) == commune
    assert convention_de(LIGNE, [SIENNE, replace(SIENNE, code="x")]) is None
    for autre in (replace(SIENNE, siren=""), replace(SIENNE, siren="2"), replace(SIENNE, reservataire="Autre")):
        assert convention_de(LIGNE, [autre]) is None
        assert juger(LIGNE, [autre]) is None


def test_le_bilan_compte_chaque_designation_une_fois() -> None:
    """Celles sans convention connue ne se comptent pas."""
    lignes = [LIGNE, LIGNE | {"dalo": "OUI"}, LIGNE | {"dalo": None}, LIGNE | {"reservataire": "Autre"}]
    assert bilan(lignes, [SIENNE]) == {Place.DANS: 1, Place.HORS: 1, Place.INCONNUE: 1}


def test_le_mutant_est_vu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Un inconnu compté hors se voit."""
    monkeypatch.setattr(
        designations, "publics_de", lambda ligne: {un: dit or False for un, dit in publics_de(ligne).items()}
    )
    with pytest.raises(AssertionError):
        test_le_bilan_compte_chaque_designation_une_fois()
