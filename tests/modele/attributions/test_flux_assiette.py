"""L'assiette, le partage, l'actualisation : les exemples chiffrés, et ce qu'aucun partage ne fait."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.attributions.assiette import actualiser, calculer_assiette, partager, remises_prevues, taux_de
from modele.attributions.conventions import Prevision
from modele.attributions.droit import droit
from modele.attributions.etapes import ecrire, pour_cent
from modele.regles.fautes import ErreurUtilisateur

TAUX = {
    "prefet_prioritaires": Decimal(25),
    "prefet_agents": Decimal(5),
    "action_logement": Decimal(20),
    "metropole": Decimal(8),
    "communes": Decimal(12),
    "bailleur": Decimal(30),
}
HORS = {"MUTATION": 48, "RENOUVELLEMENT_URBAIN": 22, "DEFENSE_SECURITE_SANTE": 6}


def prevision(**change: object) -> Prevision:
    return Prevision(**({"siren_bailleur": "000000001", "annee": 2026, "remises_en_location": 320} | change))  # type: ignore[arg-type]


def test_l_exemple_de_l_assiette() -> None:
    """Parc 4 000, rotation 8 % : 320 ; moins 48, 22 et 6 : 244."""
    assert remises_prevues(4000, Decimal(8)).logements == 320
    vue = calculer_assiette(prevision(hors_flux=HORS))
    assert vue.logements == 244
    (etape,) = vue.etapes
    assert etape.formule.startswith("320 − 48 (mutations internes")
    assert str(etape).endswith("= 244")


def test_les_premieres_mises_ne_comptent_que_si_la_convention_le_dit() -> None:
    assert calculer_assiette(prevision(premieres_mises=60)).logements == 320
    assert calculer_assiette(prevision(premieres_mises=60), premieres_mises_dans_le_flux=True).logements == 380


def test_l_exemple_du_partage() -> None:
    """61 · 12 · 49 · 19 · 29 · 74 : métropole, communes et agents sautés, leur plafond serait franchi."""
    vu = partager(244, TAUX)
    assert dict(vu.parts) == dict(zip(TAUX, (61, 12, 49, 19, 29, 74), strict=True))
    assert vu.reste == 0
    dites = [str(une) for une in vu.etapes]
    assert any("48,8" in une for une in dites)
    assert any("49 / 244 = 20,08 %, plus que 20 %" in une and "R441-5-3" in une for une in dites)
    assert vu.regle.provenance.a_valider


def test_mutant_un_partage_qui_ignore_les_plafonds() -> None:
    """Sans eux, le second logement irait à la métropole : 49 sur 244, au-dessus de 20 %."""
    assert partager(244, TAUX, plafonds=()).parts["metropole"] == 20


def test_plusieurs_communes_partagent_le_meme_plafond() -> None:
    noms = {"Vallebrume": "communes", "Mornaze": "communes", "reste": "bailleur"}
    vu = partager(10, {"Vallebrume": Decimal(15), "Mornaze": Decimal(5), "reste": Decimal(80)}, categories=noms)
    assert dict(vu.parts) == {"Vallebrume": 2, "Mornaze": 0, "reste": 8}


def test_ce_que_les_taux_ne_donnent_a_personne_reste() -> None:
    assert partager(100, {"communes": Decimal(12)}).reste == 88
    assert partager(0, TAUX).parts["bailleur"] == 0


def test_plus_de_cent_pour_cent_se_refuse() -> None:
    with pytest.raises(ErreurUtilisateur, match="les taux font 101 %"):
        partager(244, TAUX | {"bailleur": Decimal(31)})


def test_l_exemple_de_l_actualisation() -> None:
    """480 / 4 000 = 12 % ; (480 + 12 − 20) / 4 060 = 11,63 %."""
    assert taux_de(480, 4000).pour_cent == 12
    vu = actualiser(480, 4000, nes=12, echus=20, livres=60)
    assert vu.part == Fraction(472, 4060)
    assert vu.pour_cent == Decimal("11.63")
    assert str(vu.etapes[-1]) == "Taux actualisé : (480 + 12 − 20) / 4060 = 11,63 %"


@pytest.mark.parametrize(("droits", "parc"), [(1, 0), (-1, 10), (11, 10)])
def test_un_taux_impossible_se_refuse(droits: int, parc: int) -> None:
    with pytest.raises(ErreurUtilisateur, match="Taux"):
        taux_de(droits, parc)


def test_une_assiette_impossible_se_refuse() -> None:
    with pytest.raises(ErreurUtilisateur, match="relisez la prévision"):
        calculer_assiette(prevision(remises_en_location=10, hors_flux=HORS))
    with pytest.raises(ErreurUtilisateur, match="MUTATION"):
        calculer_assiette(prevision(hors_flux={"MUTATIONS": 1}))


@pytest.mark.parametrize(
    ("nombre", "dit"), [(244, "244"), (Fraction(61, 5), "12,2"), (Fraction(1, 3), "0,33"), (100, "100")]
)
def test_un_nombre_s_ecrit_a_la_francaise(nombre: Fraction | int, dit: str) -> None:
    assert ecrire(nombre) == dit
    assert pour_cent(Fraction(49, 244)) == "20,08 %"


@given(
    assiette=st.integers(0, 2000),
    bornes=st.lists(st.integers(0, 100), min_size=6, max_size=6),
)
def test_ce_qu_aucun_partage_ne_fait(assiette: int, bornes: list[int]) -> None:
    """Jamais un logement de trop au-dessus de la part exacte, jamais moins que son entier, et rien ne se perd."""
    rangees = [0, *sorted(bornes)]
    poids = [haut - bas for bas, haut in pairwise(rangees)]
    taux = dict(zip(TAUX, map(Decimal, poids), strict=True))
    vu = partager(assiette, taux)
    assert sum(vu.parts.values()) + vu.reste == assiette
    for qui, part in vu.parts.items():
        brut = Fraction(taux[qui]) * assiette / 100
        assert int(brut) <= part <= brut + 1
    for plafond in droit().plafonds:
        ensemble = sum(vu.parts[un] for un in plafond.reservataires if un in vu.parts)
        exact = sum(Fraction(taux[un]) * assiette / 100 for un in plafond.reservataires if un in taux)
        # Un taux déjà au-dessus du plafond reste ce que la convention dit : l'arrondi, lui, n'y ajoute rien.
        assert ensemble <= max(plafond.part * assiette, exact)
