"""La table sensible vient des données, et le tri rapide ne laisse rien passer."""

from __future__ import annotations

import pytest

from modele.dossier.inventaire import inventaire
from modele.protection.sensibles import dit_une_violence, par_toute_reponse, peut_dire, sensibles


def test_la_table_est_celle_des_donnees() -> None:
    """Chaque champ marqué y est par toute réponse ; les pièces et les orientations, par leur nom."""
    marques = {nom for nom, champ in inventaire().champs.items() if champ.champ.violence}
    assert {nom for nom, champ in sensibles().champs.items() if not champ.codes} == marques
    assert sensibles().champs["demande.motifs"].codes >= {"violences"}
    assert sensibles().listes["pieces"]["piece"].codes >= {"ordonnance-protection"}
    assert sensibles().listes["suites"]["orientation"].codes >= {"violences-couple"}


@pytest.mark.parametrize(
    ("chemin", "code", "attendu"),
    [
        ("demande.motifs", "violences", True),
        ("demande.motifs", "trop_petit", False),
        ("pieces.elements.p.piece", "ordonnance-protection", True),
        ("demandeur.nom", "violences", False),
    ],
)
def test_un_code_qui_dit_une_violence_ne_s_imprime_pas(chemin: str, code: str, attendu: bool) -> None:
    """Même si le dossier n'est pas encore discret."""
    assert dit_une_violence(chemin, code) is attendu


def test_une_question_entiere_peut_en_dire_une() -> None:
    """Une de ses réponses ne suffit pas à le savoir d'une autre."""
    assert par_toute_reponse("demande.mariage_force")
    assert not par_toute_reponse("demande.motifs")
    assert not par_toute_reponse("demandeur.nom")


def test_ce_qui_ne_se_sait_pas_d_avance_se_lit() -> None:
    """Une preuve, une confirmation, une table entière : la lecture exacte tranche."""
    for chemin, valeur in (
        ("preuves.x", "justifie"),
        ("confirmations.x", "…"),
        ("protection.discret", False),
        ("demande", {"motifs": {}}),
        ("pieces.elements.p", {"piece": "identite"}),
        ("demande.motifs", {"coches": [["violences"]]}),
    ):
        assert peut_dire(chemin, valeur)
    for chemin, valeur in (("demande", {}), ("demande.motifs", {"coches": ["trop_petit"]}), ("demande.motifs", 3)):
        assert not peut_dire(chemin, valeur)
