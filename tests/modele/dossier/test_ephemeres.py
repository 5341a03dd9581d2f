"""Ce qui ne s'écrit pas : reconnu où qu'il soit rangé, écarté sans rien perdre d'autre."""

from __future__ import annotations

from typing import Any

import pytest

from modele.dossier.ephemeres import en_dit, ephemeres, est_ephemere, gardables, sans_ephemeres
from modele.dossier.inventaire import Genre, inventaire

DE_LA_NORME = {
    "triage.idees_suicidaires",
    "triage.enfant_inquiete",
    "triage.agression_recente",
    "triage.peur_de",
    "triage.mineur_seul",
    "triage.mis_en_cause",
    "triage.eloigne_du_domicile",
    "triage.sortie_prison",
    "triage.sortie_hopital",
    "triage.menace_accueil",
    "triage.desorientee",
    "triage.dit_majeur",
    "triage.enceinte_ou_parent",
    "triage.interprete_a_la_place",
    "triage.tiers_cherche",
}


def test_les_champs_de_la_norme_ne_s_ecrivent_pas() -> None:
    assert set(ephemeres()) == DE_LA_NORME


def test_chacun_est_sensible_et_sur_le_triage_et_aucun_dans_une_liste() -> None:
    """Un seul chemin le reconnaît ; et s'il échappait, rien d'un dossier discret ne le montrerait."""
    champs = [inventaire().champs[nom].champ for nom in ephemeres()]
    assert all(champ.sensible for champ in champs)
    assert not [c for liste in inventaire().listes.values() for c in liste.champs if c.champ.ephemere]


def test_ce_qui_se_recopie_va_dans_un_champ_garde_de_la_meme_nature() -> None:
    """Derrière le mur : sensible, dit une violence, mêmes codes ; jamais un texte libre, donc jamais un nom."""
    recopies = {nom: c for nom, c in inventaire().champs.items() if c.champ.recopie}
    assert set(recopies) == {"triage.peur_de"}
    for champ in recopies.values():
        garde = inventaire().champs[champ.champ.recopie]
        assert garde.genre is champ.genre is Genre.CHOIX
        assert (garde.champ.nomenclature, garde.champ.ephemere) == (champ.champ.nomenclature, False)
        assert garde.champ.sensible
        assert garde.champ.violence


@pytest.mark.parametrize(
    ("chemin", "attendu"),
    [
        ("triage.peur_de", True),
        ("triage.peur_de.parmi", True),
        ("confirmations.triage/peur_de", True),
        ("triage", False),
        ("confirmations", False),
        ("triage.peur_au_domicile", False),
        ("triage.peur_dehors", False),
        ("protection.auteur", False),
        ("demandeur.nom", False),
    ],
)
def test_reconnaitre_un_chemin(chemin: str, attendu: bool) -> None:
    assert est_ephemere(chemin) is attendu


@pytest.mark.parametrize(
    ("document", "garde"),
    [
        ({"triage": {"peur_de": "ex", "toit_ce_soir": "non"}}, {"triage": {"toit_ce_soir": "non"}}),
        ({"triage": {"mis_en_cause": True}, "demandeur": {"nom": "Roux"}}, {"demandeur": {"nom": "Roux"}}),
        ({"triage.mis_en_cause": True}, {}),
        ({"triage": {"peur_de.parmi": ["ex"]}}, {}),
        ({"triage": {"peur_de": {"refus": True}}}, {}),
        ({"confirmations": {"triage/peur_de": "!", "demandeur/nom": "!"}}, {"confirmations": {"demandeur/nom": "!"}}),
    ],
)
def test_ecarter_ne_perd_rien_d_autre(document: dict[str, Any], garde: dict[str, Any]) -> None:
    assert sans_ephemeres(document) == garde
    assert gardables(document) == {**garde, **({"triage": {}} if _vide(document) else {})}
    assert all(en_dit(chemin, valeur) for chemin, valeur in document.items() if chemin != "demandeur")


def _vide(document: dict[str, Any]) -> bool:
    """Une table posée reste posée : seule elle dit ce qu'elle remplace."""
    return "triage" in document and "toit_ce_soir" not in document["triage"]


@pytest.mark.parametrize(
    "document", [{}, {"triage": {}}, {"triage": {"toit_ce_soir": "non"}, "demande": {"type": "x"}}]
)
def test_rien_a_ecarter_rend_le_meme(document: dict[str, Any]) -> None:
    """Le même objet : qui le compare n'a rien à relire."""
    assert sans_ephemeres(document) is document
    assert not any(en_dit(chemin, valeur) for chemin, valeur in document.items())
