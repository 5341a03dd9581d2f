"""Un téléphone se lit dans toute écriture, et se garde d'une seule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.dossier.formes import Gravite, examiner
from modele.dossier.telephones import INCOMPLET, LEQUEL, NON_ATTRIBUE, PAS_UN_NUMERO, cle, une_ecriture


@pytest.mark.parametrize(
    ("tape", "garde"),
    [
        ("0692 12 34 56", "0692123456"),
        ("0693123456", "0693123456"),
        ("0690 12 34 56", "0690123456"),
        ("0694 20 12 34", "0694201234"),
        ("0696 20 12 34", "0696201234"),
        ("0262 12 34 56", "0262123456"),
        ("+262 692 12 34 56", "0692123456"),
        ("+262 0692 12 34 56", "0692123456"),
        ("00262692123456", "0692123456"),
        ("+508 55 12 34", "0508551234"),
        ("0508 55 12 34", "0508551234"),
        ("+681 72 12 34", "+681721234"),
        ("+687 75.12.34", "+687751234"),
        ("87 12 34 56", "+68987123456"),
        ("+33 (0)6 12 34 56 78", "0612345678"),
        ("(06) 12 34 56 78", "0612345678"),
        ("06/12/34/56/78", "0612345678"),
        ("6 12 34 56 78", "0612345678"),
        ("33612345678", "0612345678"),
        ("٠٦١٢٣٤٥٦٧٨", "0612345678"),
        ("0032470123456", "+32470123456"),
        ("+1 514-555-0123", "+15145550123"),
        ("+225 0707123456", "+2250707123456"),
    ],
)
def test_toute_ecriture_s_accepte_et_se_garde_d_une_seule(tape: str, garde: str) -> None:
    """Sans un mot à l'agent ; ce qui est gardé se relit, et se cherche de même."""
    assert list(examiner("telephone", tape)) == []
    assert une_ecriture(tape) == une_ecriture(garde) == garde
    assert cle(tape) == cle(garde)


@pytest.mark.parametrize("tape", ["0639 12 34 56", "0700000000", "+262 639 12 34 56"])
def test_une_tranche_inconnue_n_est_qu_une_alerte(tape: str) -> None:
    """Des tranches s'ouvrent chaque année : la personne sait son numéro mieux que nous."""
    assert list(examiner("telephone", tape)) == [(Gravite.ALERTE, NON_ATTRIBUE)]
    assert une_ecriture(tape) == f"0{cle(tape)}"


def test_un_numero_de_plusieurs_territoires_demande_lequel() -> None:
    """Six chiffres : Saint-Pierre, Wallis ou la Nouvelle-Calédonie. Gardé tel qu'il est dit, et à compléter."""
    assert list(examiner("telephone", "75.12.34")) == [(Gravite.ALERTE, LEQUEL)]
    assert une_ecriture("75.12.34") == "751234"
    assert cle("751234") == cle("+687 75 12 34")


@pytest.mark.parametrize(
    ("tape", "phrase"),
    [
        ("3919", INCOMPLET),
        ("115", INCOMPLET),
        ("0000000000", INCOMPLET),
        ("+999 1234", INCOMPLET),
        ("06123456789", INCOMPLET),
        ("le soir", PAS_UN_NUMERO),
        ("", PAS_UN_NUMERO),
    ],
)
def test_ce_qui_n_est_pas_un_numero_se_dit(tape: str, phrase: str) -> None:
    """Une erreur, et rien n'est changé de ce qui est tapé."""
    assert list(examiner("telephone", tape)) == [(Gravite.ERREUR, phrase)]
    assert une_ecriture(tape) == tape


def test_ce_qui_est_ecrit_a_cote_ne_se_perd_pas() -> None:
    """« Le soir » reste."""
    assert une_ecriture("06 12 34 56 78 le soir") == "06 12 34 56 78 le soir"
    assert cle("06 12 34 56 78 le soir") == "612345678"


@given(st.text(max_size=25) | st.from_regex(r"[+0]?[0-9 ./()\-]{0,20}", fullmatch=True))
def test_une_ecriture_est_la_derniere(texte: str) -> None:
    """L'écrire de nouveau ne change rien, ni ce qui se cherche."""
    ecrit = une_ecriture(texte)
    assert une_ecriture(ecrit) == ecrit
    assert cle(ecrit) == cle(texte)
    assert len(cle(texte)) <= 9


@pytest.mark.parametrize(
    ("tape", "cherche"),
    [
        ("0633923", "633923"),
        ("06 33 92", "63392"),
        ("633923", "508633923"),
        ("+262 692 12 34", "6921234"),
        ("+33 6 12 34", "61234"),
        ("00 596 696 1", "6961"),
        ("+262", "262"),
    ],
)
def test_un_numero_qui_commence_n_est_pas_celui_d_un_autre_territoire(tape: str, cherche: str) -> None:
    """Six chiffres après un zéro se lisaient comme un numéro de Saint-Pierre-et-Miquelon."""
    assert cle(tape) == cherche
