"""Ce que l'agent tape : dates, téléphones, numéros et noms s'y reconnaissent, et rien ne l'arrête."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.dossier import dates_dites
from modele.ressemblance.demande import Demande, lire_demande


@given(st.text(max_size=30))
def test_toute_saisie_se_comprend(saisie: str) -> None:
    """Aucun texte ne fait échouer la lecture, et chaque terme est un mot simple de l'index."""
    for groupe in lire_demande(saisie).termes():
        for terme in groupe.termes:
            assert terme.isascii()
            assert terme.isalnum()


@pytest.mark.parametrize(
    ("saisie", "demande"),
    [
        ("Dupont 31/12/1999", Demande(("dupont",), "1999-12-31")),
        ("Dupont 12/31/1999", Demande(("dupont",), "1999-12-31")),
        ("Dupont 45/45/1999", Demande(("dupont",), "1999")),
        ("Dupont 99999999", Demande(("dupont",), telephone="99999999", numero="99999999")),
        ("1984", Demande(naissance="1984")),
        ("né le 12 mars 1984", Demande(naissance="1984-03-12")),
        ("Zoubir né(e) le 12/3/1984", Demande(("zoubir",), "1984-03-12")),
        ("NÉES EN 1980 Zoubir", Demande(("zoubir",), "1980")),
        ("zoubir née vers 1980", Demande(("zoubir",), "1980")),
        ("Né 1980", Demande(("ne",), "1980")),
        ("Le Né en Provence", Demande(("le", "ne", "en", "provence"))),
        ("06.12.34.56.78 dupont", Demande(("dupont",), telephone="612345678")),
        ("EXEMPLE 12345 6", Demande(("exemple",), telephone="123456", numero="123456")),
        ("dupont 0612345678 12/03/1984", Demande(("dupont",), "1984-03-12", "612345678")),
        ("12/03/1984 06 12 34 56 78", Demande((), "1984-03-12", "612345678")),
        ("12 03 1984 0612345678", Demande((), "1984-03-12", "612345678")),
        ("dupont 1984 0612345678", Demande(("dupont",), "1984", "612345678")),
        ("06/12/34/56/78", Demande(telephone="612345678")),
        ("06-12-34-56-78", Demande(telephone="612345678")),
        ("6 12 34 56 78", Demande(telephone="612345678", numero="612345678")),
        ("(06) 12 34 56 78", Demande(telephone="612345678")),
        ("+33 (0)6 12 34 56 78", Demande(telephone="612345678")),
        ("+262 692 12 34 56", Demande(telephone="692123456")),
        ("00 225 07 07 12 34 56", Demande(telephone="707123456", numero="002250707123456")),
        ("002250707123456", Demande(telephone="707123456", numero="002250707123456")),
        ("+687 75 12 34", Demande(telephone="751234")),
        ("06 12", Demande(telephone="612", numero="0612")),
        ("0310", Demande(telephone="310", numero="0310")),
        ("031 0523 123456", Demande(numero="0310523123456")),
        ("075 05 24 123456 12345", Demande(numero="075052412345612345")),
        ("zoubir paul 12 03 1984", Demande(("zoubir", "paul"), "1984-03-12")),
        ("zoubir paul 12/03/84", Demande(("zoubir", "paul"), "1984-03-12")),
        ("12 mars 1984 zoubir paul", Demande(("zoubir", "paul"), "1984-03-12")),
        ("zoubir 1984-03-12", Demande(("zoubir",), "1984-03-12")),
        ("zoubir 12.03.1984", Demande(("zoubir",), "1984-03-12")),
        ("sow fatou 03/1975", Demande(("sow", "fatou"), "1975-03")),
        ("sow mars 1975", Demande(("sow",), "1975-03")),
        ("diallo 00/00/1980", Demande(("diallo",), "1980")),
        ("nguyen mai 1984", Demande(("nguyen", "mai"), "1984")),
        ("diallo 00-00-1980", Demande(("diallo",), "1980")),
        ("diallo 00 00 1980", Demande(("diallo",), "1980")),
        ("diallo 0/0/1980", Demande(("diallo",), "1980")),
        ("diallo xx/xx/1980", Demande(("diallo",), "1980")),
        ("diallo 00001980", Demande(("diallo",), "1980")),
        ("sow 00/03/1975", Demande(("sow",), "1975-03")),
        ("sow 3/1975", Demande(("sow",), "1975-03")),
        ("sow 1975-03", Demande(("sow",), "1975-03")),
        ("sow 15/1975", Demande(("sow",), "1975")),
        ("a b c d e f g h i j", Demande(tuple("abcdefgh"))),
    ],
)
def test_lecture_de_la_saisie(saisie: str, demande: Demande) -> None:
    """Dates, années, téléphones et numéros se reconnaissent ; le reste est du nom."""
    assert lire_demande(saisie) == demande


_JOUR = date(1984, 3, 12)
_ECRITURES = ("%d/%m/%Y", "%d/%m/%y", "%d %m %Y", "%d %m %y", "%d.%m.%Y", "%d-%m-%y", "%d%m%Y", "%Y-%m-%d")


@pytest.mark.parametrize("ecriture", [*_ECRITURES, "12 mars %Y", "12 Mars %y", "12 mar. %Y", " %d / %m / %Y "])
def test_ce_que_le_champ_lit_la_recherche_le_lit(ecriture: str) -> None:
    """Une date acceptée par un champ se cherche, et n'annule ni le nom d'avant ni celui d'après."""
    tapee = _JOUR.strftime(ecriture)
    assert dates_dites.lire(tapee, date(2026, 11, 30)) == _JOUR
    assert lire_demande(f"zoubir {tapee} paul") == Demande(("zoubir", "paul"), "1984-03-12")


def test_termes_d_une_demande() -> None:
    """Un groupe par mot, un pour la date et ce qui va avec elle, un par numéro ; rien pour ce qui n'est pas dit."""
    groupes = Demande(("nadia",), "1984-03-12", "612345678", "").termes()
    assert [groupe.poids for groupe in groupes] == [1.0, 2.0, 2.0]
    paires = {"d19840312", "am198403", "aj198412", "mj0312"}
    assert set(groupes[1].termes) == paires | {"s1984", "s198403", "d19840101", "d19841203"}
    assert groupes[2].termes[0] == "t612345678"
    assert Demande().termes() == []
    assert set(Demande(naissance="1984").termes()[0].termes) == {"s1984", "a1984"}
    assert set(Demande(naissance="1984-05").termes()[0].termes) == {"s198405", "am198405", "s1984"}
    assert "d19840505" in Demande(naissance="1984-05-05").termes()[0].termes
    assert len(Demande(naissance="1984-01-01").termes()[0].termes) == 6
