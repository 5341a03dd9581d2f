"""Le référent et le suppléant : deux noms d'agents, jamais autre chose qu'un nom."""

from __future__ import annotations

from modele.protection.commun import dossier_commun
from modele.protection.referents import REFERENT, SUPPLEANT, meme_agent, referents


def test_les_deux_noms_tels_qu_ecrits() -> None:
    """Un refus, un vide, un dossier d'avant : personne n'est nommé."""
    assert referents({"protection": {"referent": "Nora Petit", "suppleant": "Paul"}}) == ("Nora Petit", "Paul")
    assert referents({"protection": {"referent": {"refus": True}}}) == referents({}) == ("", "")
    assert (REFERENT, SUPPLEANT) == ("protection.referent", "protection.suppleant")


def test_une_majuscule_ne_fait_pas_un_autre_agent() -> None:
    assert meme_agent("  Nora  PETIT ") == meme_agent("nora petit") != meme_agent("Nora Petite")


def test_ils_ne_passent_pas_dans_un_dossier_commun() -> None:
    """Qui la suit dirait qu'elle est suivie."""
    avant = {"protection": {"referent": "Nora", "suppleant": "Paul"}, "demandeur": {"nom": "Roux"}}
    apres = avant | {"codemandeur": {"nom": "Roux", "prenoms": "Marc"}}
    assert "protection" not in dossier_commun(avant, apres)
