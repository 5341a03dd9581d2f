"""Le délai de réception, ce qu'un rendez-vous rend indisponible, la file du jour."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.rendez_vous import (
    Creneau,
    Etape,
    Evitement,
    Passage,
    delai_de_reception,
    delais,
    designe,
    dire_les_numeros,
    empreinte,
    en_ordre,
    evites,
    prochain_numero,
)

LUNDI = date(2026, 12, 7)


def test_sans_plan_la_loi_donne_la_date_prudente() -> None:
    """Un mois pour agir, deux au plus tard : entre les deux, nul ne sait."""
    delai = delai_de_reception(date(2026, 12, 31), None)
    assert (delai.agir_avant, delai.fin_possible, delai.plan_connu) == (date(2027, 1, 31), date(2027, 2, 28), False)
    assert delai.tenu_par(date(2027, 1, 31)) is True
    assert delai.tenu_par(date(2027, 2, 10)) is None
    assert delai.tenu_par(date(2027, 3, 1)) is False


@pytest.mark.parametrize(("mois", "le"), [(1, date(2027, 1, 7)), (2, date(2027, 2, 7))])
def test_le_plan_donne_une_seule_date(mois: int, le: date) -> None:
    delai = delai_de_reception(LUNDI, mois)
    assert (delai.agir_avant, delai.fin_possible, delai.plan_connu) == (le, le, True)


def test_sans_date_d_enregistrement_rien_ne_se_compte() -> None:
    delai = delai_de_reception(None, 1)
    assert (delai.depuis, delai.agir_avant, delai.plan_connu) == (None, None, True)
    assert delai.tenu_par(LUNDI) is None


def test_mutant_un_plan_suppose(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prendre deux mois faute de plan ferait passer pour tenu un délai qui ne l'est peut-être pas."""
    monkeypatch.setattr(delais, "DE_LA_LOI", 2)
    assert delai_de_reception(LUNDI, None).tenu_par(date(2027, 1, 20)) is True
    monkeypatch.undo()
    assert delai_de_reception(LUNDI, None).tenu_par(date(2027, 1, 20)) is None


creneau = st.builds(Creneau, st.just(LUNDI), st.integers(480, 1000), st.integers(5, 120), st.sampled_from(["A", "B"]))


@given(creneau, creneau, st.booleans())
def test_la_demi_journee_et_le_lieu_se_tiennent_a_part(un: Creneau, autre: Creneau, meme_lieu: bool) -> None:
    permis = list(evites([autre], [Evitement.de(un, meme_lieu=meme_lieu)]))
    assert permis == [] or (un.debut < 720) != (autre.debut < 720)
    if permis and meme_lieu:
        assert autre.lieu != un.lieu
    if (un.fin <= 720 < autre.debut) and not (meme_lieu and un.lieu == autre.lieu):
        assert permis == [autre]


def test_le_lieu_vaut_tous_les_jours() -> None:
    loin = Creneau(date(2027, 3, 1), 900, 30, "A")
    matin = Creneau(LUNDI, 540, 30, "A")
    assert list(evites([loin], [Evitement.de(matin, meme_lieu=True)])) == []
    assert list(evites([loin], [Evitement.de(matin, meme_lieu=False)])) == [loin]


def test_une_empreinte_ne_designe_que_son_dossier() -> None:
    une, autre = empreinte("d1", "sel"), empreinte("d1", "sel2")
    assert designe(une, "d1")
    assert not designe(une, "d2")
    assert "d1" not in une
    assert une != autre
    assert not designe("", "d1")
    assert not designe(":", "d1")


def _passage(numero: int, arrive: str = "09:00", **autres: str) -> Passage:
    return Passage(f"{numero}{arrive}", "A", LUNDI, numero, arrive=arrive, **autres)


def test_la_file_met_l_urgence_devant_et_oublie_les_partis() -> None:
    attend, urgent = _passage(1), _passage(2, "09:05", urgence="urgente")
    recu, appele = _passage(3, recu="09:10"), _passage(4, appele="09:11")
    assert en_ordre([attend, urgent, recu, appele, _passage(5, parti="09:12")]) == [recu, appele, urgent, attend]
    assert [un.etape for un in (attend, appele, recu)] == [Etape.ATTEND, Etape.APPELE, Etape.RECU]
    assert (prochain_numero([]), prochain_numero([attend, urgent])) == (1, 3)


def test_un_numero_donne_deux_fois_se_distingue_par_l_heure() -> None:
    tous = [_passage(1, "08:58"), _passage(1, "09:02"), _passage(2)]
    assert list(dire_les_numeros(tous).values()) == ["le numéro 1 de 08 h 58", "le numéro 1 de 09 h 02", "le numéro 2"]
