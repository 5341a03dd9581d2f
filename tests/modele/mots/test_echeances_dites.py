"""Une échéance se dit par sa date ; sans date, par son délai et d'où il part."""

from __future__ import annotations

from datetime import date

import pytest

from modele.mots.echeances import dire_echeance, enoncer
from modele.orientation.resultat import Echeance


@pytest.mark.parametrize(
    ("mois", "jours", "dit"),
    [
        (0, 1, "1 jour"),
        (1, 0, "1 mois"),
        (2, 15, "2 mois et 15 jours"),
        (0, 7, "7 jours"),
        (0, 14, "2 semaines"),
        (0, 15, "15 jours"),
        (0, 42, "6 semaines"),
    ],
)
def test_le_delai_se_dit_avec_son_point_de_depart(mois: int, jours: int, dit: str) -> None:
    une = Echeance("e", "L", mois, jours, "Réception du dossier")
    assert enoncer(une) == f"{dit} à compter de : réception du dossier"
    assert enoncer(Echeance("e", "L", mois, jours)) == dit


def test_sans_delai_l_echeance_est_la_date_elle_meme() -> None:
    """« Le jour même à compter de » ne se dit pas."""
    assert enoncer(Echeance("e", "L", depuis="Audience")) == "à la date : audience"
    assert enoncer(Echeance("e", "L")) == "le jour même"


def test_datee_elle_dit_sa_date_et_s_enonce_encore() -> None:
    une = Echeance("e", "L", mois=2, depuis="Réception", le=date(2026, 11, 10))
    assert dire_echeance(une) == "10/11/2026"
    assert enoncer(une) == "2 mois à compter de : réception"
    assert dire_echeance(Echeance("e", "L", mois=2)) == "2 mois"
