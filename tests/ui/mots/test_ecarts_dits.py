"""Qui n'ouvre jamais un dossier, en mots."""

from __future__ import annotations

from modele.coffre.listes import Ecart
from ui.mots.ecarts import dire


def test_un_ecart_dit_qui_et_de_quelle_sorte() -> None:
    assert dire(Ecart("1", "d", "Léo Blanc", "")) == "Léo Blanc, agent"
    assert dire(Ecart("1", "d", "", "Mairie")) == "Mairie, lieu"
