"""Qui n'ouvre jamais un dossier, en mots."""

from __future__ import annotations

from modele.coffre.listes import Ecart
from ui.mots.ecarts import dire, dire_les_connus


def test_un_ecart_dit_qui_et_de_quelle_sorte() -> None:
    assert dire(Ecart("1", "d", "Léo Blanc", "")) == "Léo Blanc, agent"
    assert dire(Ecart("1", "d", "", "Mairie")) == "Mairie, lieu"


def test_ce_qui_se_recopie_ou_rien() -> None:
    assert dire_les_connus(["Léo"], ["CCAS", "Mairie"]) == "Agents de ce poste : Léo. Lieux connus : CCAS, Mairie."
    assert dire_les_connus([], ["CCAS"]) == "Lieux connus : CCAS."
    assert dire_les_connus([], []) == ""
