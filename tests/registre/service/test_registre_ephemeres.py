"""Ce qui ne s'écrit pas au registre : refusé pour toujours, jamais gardé, et rien d'autre ne se perd."""

from __future__ import annotations

from typing import Any

import pytest
from outils_operations import BENALI, Saisie
from outils_registre import PosteDEssai
from sqlalchemy import Engine, select

from modele.dossier.chemins import poser
from modele.dossier.operations import ChampPose
from modele.fusion import Issue
from registre.base.schema import metadonnees
from registre.service import verification

TEMOIN = "temoin-qui-ne-doit-pas-rester"
ECRITURES: list[dict[str, ChampPose]] = [
    {"triage.peur_de": ChampPose(apres=TEMOIN), "contact.langue": ChampPose(apres="ar")},
    {"triage.peur_de": ChampPose(avant=TEMOIN)},
    {"triage": ChampPose(apres={"peur_de": TEMOIN, "toit_ce_soir": "non"})},
    {"triage": ChampPose(avant={"peur_de": TEMOIN}, apres={"toit_ce_soir": "non"})},
    {"triage.peur_de.parmi": ChampPose(apres=[TEMOIN])},
    {"confirmations.triage/peur_de": ChampPose(apres=TEMOIN)},
]


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


def _garde(moteur: Engine) -> str:
    """Tout ce que la base garde, table par table."""
    with moteur.connect() as connexion:
        lignes = [
            valeur.decode("utf-8", "replace") if isinstance(valeur, bytes | memoryview) else str(valeur)
            for table in metadonnees.sorted_tables
            for ligne in connexion.execute(select(table))
            for valeur in (bytes(un) if isinstance(un, memoryview) else un for un in ligne)
        ]
    return "\n".join(lignes)


@pytest.mark.parametrize("champs", ECRITURES, ids=str)
def test_une_operation_qui_en_porte_est_refusee_et_rien_n_en_reste(
    moteur: Engine, saisie: Saisie, champs: dict[str, Any]
) -> None:
    """Le motif est celui de toute faute de forme : il ne dit pas qu'il y avait quelque chose à taire."""
    dossier = saisie.nouveau()
    recu = saisie.recu(saisie.operation(dossier, champs))
    assert (recu.issue, recu.code, recu.champs, recu.vigueur) == (Issue.REFUSEE, "schema", (), {})
    assert "peur" not in recu.cause
    assert not [mot for mot in (TEMOIN, "peur_de") if mot in _garde(moteur)]
    assert saisie.recu(saisie.poser(dossier, {"contact.langue": "ar"})).issue is Issue.ACCEPTEE


def test_une_creation_qui_en_porte_ne_cree_rien(moteur: Engine, saisie: Saisie) -> None:
    assert saisie.recu(saisie.creer(poser(BENALI, "triage.peur_de", TEMOIN))).code == "schema"
    assert saisie.lire().entrees == []
    assert TEMOIN not in _garde(moteur)


def test_ce_que_la_personne_veut_garder_passe(saisie: Saisie) -> None:
    """Recopié d'un geste : un champ gardé, sensible, derrière le mur."""
    dossier = saisie.nouveau()
    assert saisie.recu(saisie.poser(dossier, {"protection.auteur": "parent"})).issue is Issue.ACCEPTEE
    assert saisie.recu(saisie.poser(dossier, {"foyer.avec_codemandeur": True})).code == "interdit"


def test_un_autre_genre_a_ses_propres_champs(saisie: Saisie) -> None:
    dossier = saisie.nouveau()
    rendez_vous = saisie.rattacher(dossier, {"triage": {"peur_de": "x"}})
    assert saisie.recu(rendez_vous).issue is Issue.ACCEPTEE


def test_mutant_registre_sans_son_filtre(moteur: Engine, saisie: Saisie, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans lui, l'opération entre et sa valeur reste : l'épreuve ci-dessus échouerait."""
    monkeypatch.setattr(verification, "en_dit", lambda *_: False)
    dossier = saisie.nouveau()
    assert saisie.recu(saisie.operation(dossier, ECRITURES[0])).issue is Issue.ACCEPTEE
    assert TEMOIN in _garde(moteur)
