"""Les valeurs dites : ramenées au type du fait, arrondies au pair, ou refusées."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.regles.faits import Catalogue, Fait, TypeFait
from modele.regles.valeurs import ValeurFautive, arrondir, etat, valeur

DIXIEMES = Fait("d", TypeFait.DECIMAL, decimales=1)


@pytest.mark.parametrize(("ecrit", "lu"), [("0.25", "0.2"), ("0.35", "0.4"), ("-0.25", "-0.2"), ("0.251", "0.3")])
def test_un_decimal_s_arrondit_au_pair(ecrit: str, lu: str) -> None:
    assert valeur(DIXIEMES, Decimal(ecrit)) == Decimal(lu)


@pytest.mark.parametrize("brut", [True, False, 1.5, "1e999999999", Decimal("NaN"), 10**40, None, [], {}])
def test_ce_qui_n_est_pas_un_nombre_du_metier_est_refuse(brut: Any) -> None:
    with pytest.raises(ValeurFautive):
        valeur(DIXIEMES, brut)


def test_une_date_se_dit_en_iso_ou_se_donne() -> None:
    jour = Fait("j", TypeFait.DATE)
    assert valeur(jour, date(2026, 1, 2)) == valeur(jour, "2026-01-02") == date(2026, 1, 2)
    for faux in ("2026-1-2", "2026-W01-1", "02/01/2026", "20260102", 3):
        with pytest.raises(ValeurFautive):
            valeur(jour, faux)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**20), max_value=10**20))
def test_l_arrondi_ne_s_eloigne_jamais_de_plus_d_un_demi_pas(nombre: Decimal) -> None:
    assert abs(arrondir(nombre, 2) - nombre) <= Decimal("0.005")


@given(st.sampled_from(list(TypeFait)), st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_une_valeur_quelconque_se_lit_ou_se_refuse(type_: TypeFait, brut: Any) -> None:
    fait = Fait("f", type_, codes=("a", "b"), minimum=0 if type_ is TypeFait.ENTIER else None)
    try:
        lu = etat(fait, brut)
    except ValeurFautive as faute:
        message = str(faute)
    else:
        message = "" if lu.connu == (brut is not None) else "un état pour rien"
    assert message != "un état pour rien"


def test_le_catalogue_s_etend_sans_changer() -> None:
    un = Catalogue([Fait("a", TypeFait.BOOLEEN)])
    deux = un.etendre([Fait("a", TypeFait.ENTIER), Fait("b", TypeFait.DATE)])
    assert (un["a"].type, deux["a"].type, len(un), list(deux)) == (TypeFait.BOOLEEN, TypeFait.ENTIER, 1, ["a", "b"])
    assert deux.proche("bb") == "b"
    assert deux.proche("zzzz") is None
