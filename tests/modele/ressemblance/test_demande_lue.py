"""Ce que l'agent tape : dates, téléphones, numéros et noms s'y reconnaissent, et rien ne l'arrête."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.ressemblance.demande import Demande, jour_et_mois_inverses, lire_demande


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
        ("Dupont 99999999", Demande(("dupont",), numero="99999999")),
        ("1984", Demande(naissance="1984")),
        ("06.12.34.56.78 dupont", Demande(("dupont",), telephone="612345678")),
        ("EXEMPLE 12345 6", Demande(("exemple",), numero="123456")),
        ("a b c d e f g h i j", Demande(tuple("abcdefgh"))),
    ],
)
def test_lecture_de_la_saisie(saisie: str, demande: Demande) -> None:
    """Dates, années, téléphones et numéros se reconnaissent ; le reste est du nom."""
    assert lire_demande(saisie) == demande


def test_termes_d_une_demande() -> None:
    """Un groupe par mot, un pour la date et son inverse, un par numéro ; rien pour ce qui n'est pas dit."""
    groupes = Demande(("nadia",), "1984-03-12", "612345678", "").termes()
    assert [groupe.poids for groupe in groupes] == [1.0, 2.0, 2.0]
    assert groupes[1].termes == ["d19840312", "am198403", "aj198412", "mj0312", "d19841203"]
    assert groupes[2].termes[0] == "t612345678"
    assert Demande().termes() == []
    assert Demande(naissance="1984").termes()[0].termes == ["a1984"]
    assert Demande(naissance="1984-05-05").termes()[0].termes == ["d19840505", "am198405", "aj198405", "mj0505"]


@pytest.mark.parametrize(
    ("naissance", "inverse"),
    [
        ("1984-03-12", "1984-12-03"),
        ("1984-05-05", ""),
        ("1984-03-25", ""),
        ("1984", ""),
        ("", ""),
    ],
)
def test_jour_et_mois_inverses(naissance: str, inverse: str) -> None:
    """La date lue à l'américaine, seulement si elle existe et diffère."""
    assert jour_et_mois_inverses(naissance) == inverse
