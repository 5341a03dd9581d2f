"""La typographie posée à l'affichage, et elle seule."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from ui.composants import texte
from ui.composants.typographie import typographier


@pytest.mark.parametrize(
    ("donnee", "montree"),
    [
        ("Qui est là ?", "Qui est là\u00a0?"),
        ("« L'accueil » : ouvert", "«\u00a0L\u2019accueil\u00a0»\u00a0: ouvert"),
        ("à 09:30", "à 09:30"),
        ("SOS loyers : 0 805 160 075", "SOS loyers\u00a0: 0\u00a0805\u00a0160\u00a0075"),
        ("1 450 euros", "1\u00a0450 euros"),
        ("le 15 1 enfant", "le 15 1 enfant"),
        ("", ""),
    ],
)
def test_espaces_insecables_et_apostrophes(donnee: str, montree: str) -> None:
    """Le signe double ne passe pas seul à la ligne ; une heure ne bouge pas ; un nombre ne se coupe pas."""
    assert typographier(donnee) == montree


def test_le_texte_donne_reste_tel_quel(qapp: QApplication) -> None:
    """Ce qui se relit est ce qui a été donné : seul l'affichage est composé."""
    etiquette = texte("Qui est là ?")
    assert etiquette.text() == "Qui est là ?"
    assert QLabel.text(etiquette) == "Qui est là\u00a0?"
