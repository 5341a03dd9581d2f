"""Un objet figé par son champ définitif : ce qui arrive en retard est gardé, et ne change rien à ce qu'il dit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from modele.dossier.operations import Chaine, ChampPose, Operation, nouvelle_operation
from modele.droits import Auteur
from modele.fusion import EtatDossier, divergences, document
from modele.fusion.fusionner import Issue, fusionner

SEANCE, OBJET, TERRITOIRE = "seance", "objet-1", "metropole-exemple"
QUAND = datetime(2026, 12, 1, 9, tzinfo=UTC)
DEBUT: dict[str, Any] = {
    "commission": "C",
    "lieu": "mairie",
    "membres.elements.m.nom": "Alix",
    "membres.ordre": ["m"],
    "candidats.elements.c.decision.genre": "attribution",
}


def _operation(champs: dict[str, Any], vu: str = "") -> Operation:
    poses = {chemin: ChampPose(vu or None, apres=valeur) for chemin, valeur in champs.items()}
    return nouvelle_operation(Chaine(TERRITOIRE, "poste-1", "epoque"), OBJET, poses, Auteur("Nora"), QUAND, SEANCE)


def _close() -> tuple[EtatDossier, Operation]:
    etat = EtatDossier(OBJET, TERRITOIRE, genre=SEANCE)
    etat = fusionner(etat, _operation(DEBUT), "poste-1").etat
    cloture = _operation({"close_le": "2026-12-01"})
    return fusionner(etat, cloture, "poste-1").etat, cloture


TARDIFS: dict[str, Any] = {
    "lieu": "préau",
    "close_le": UNSET,
    "retiree_le": "2026-12-01",
    "membres.elements.m.nom": "Sam",
    "membres.elements.m": UNSET,
    "membres.elements.neuf": {},
    "membres.elements.neuf.nom": "Zoé",
    "membres.ordre": ["m", "neuf"],
    "candidats.elements.c.decision.genre": "non_attribution",
    "candidats.elements.c.decision.motif": "autre",
    "grille.oublie": 3,
}


@given(st.lists(st.sampled_from(sorted(TARDIFS)), min_size=1, max_size=8), st.booleans())
def test_rien_de_tardif_ne_change_ce_qui_est_clos_et_rien_ne_s_en_perd(chemins: list[str], en_ayant_vu: bool) -> None:
    etat, cloture = _close()
    avant = document(etat)
    for chemin in chemins:
        tardive = _operation({chemin: TARDIFS[chemin]}, cloture.entete.id if en_ayant_vu else "")
        etat = fusionner(etat, tardive, "poste-2").etat
        assert {**document(etat)} == avant
        assert any(tete.operation == tardive.entete.id for tetes in etat.unites.values() for tete in tetes)


@pytest.mark.parametrize("chemin", ["lieu", "close_le", "retiree_le", "candidats.elements.c.decision.genre"])
def test_ce_qui_arrive_en_retard_est_a_departager(chemin: str) -> None:
    etat, _ = _close()
    issue = fusionner(etat, _operation({chemin: TARDIFS[chemin]}), "poste-2")
    assert issue.issue is Issue.DIVERGENCE
    assert divergences(issue.etat)


def test_redire_ce_qui_vaut_le_confirme() -> None:
    """Un tiers l'a départagé : ce qui valait est gardé, la proposition s'en va."""
    etat, _ = _close()
    tardive = _operation({"lieu": "préau"})
    etat = fusionner(etat, tardive, "poste-2").etat
    (une,) = divergences(etat)
    vues = tuple(tete.operation for tete in etat.unites[une.unite])
    tranchee = {"lieu": ChampPose(vues[0], apres="mairie", tranche=vues)}
    chaine = Chaine(TERRITOIRE, "poste-1", "epoque")
    etat = fusionner(etat, nouvelle_operation(chaine, OBJET, tranchee, Auteur("Nora"), QUAND, SEANCE), "poste-1").etat
    assert not divergences(etat)
    assert document(etat)["lieu"] == "mairie"


def test_avant_la_cloture_tout_entre_comme_partout() -> None:
    etat = fusionner(EtatDossier(OBJET, TERRITOIRE, genre=SEANCE), _operation(DEBUT), "poste-1").etat
    premiere = etat.unites["lieu"][0].operation
    neuf = {"lieu": ChampPose(premiere, avant="mairie", apres="préau")}
    operation = nouvelle_operation(Chaine(TERRITOIRE, "p", "e"), OBJET, neuf, Auteur("Nora"), QUAND, SEANCE)
    assert document(fusionner(etat, operation, "p").etat)["lieu"] == "préau"


def test_le_mutant_d_un_objet_fige_est_vu(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(sys.modules["modele.fusion.fusionner"], "_fige_par", lambda _: None)
    etat, cloture = _close()
    tardive = _operation({"close_le": UNSET}, cloture.entete.id)
    with pytest.raises(AssertionError):
        assert "close_le" in document(fusionner(etat, tardive, "poste-2").etat)
