"""Lever la discrétion au coffre : trois gestes, deux personnes, deux jours ; aucun détour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from outils_coffre import AGENT

from modele.coffre import Coffre, levees
from modele.coffre import coffre as module
from modele.dossier.chemins import ABSENT
from modele.droits import Auteur
from modele.protection.levee import SANS_DEMANDE, SANS_SECOND, TROP_TOT
from modele.regles.fautes import ErreurUtilisateur

NORA, LEA, PAUL = Auteur(AGENT), Auteur("Léa Blanc"), Auteur("Paul Roy")
MOTS: Final = "Elle est relogée, elle veut recevoir son courrier."


@pytest.fixture
def elle(coffre: Coffre) -> str:
    identifiant: str = coffre.creer_dossier({"protection": {"discret": True}}, NORA)["id"]
    return identifiant


@pytest.fixture
def plus_tard(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Avance l'heure du poste."""
    depart = module.heure_du_poste()

    def avancer(de: timedelta) -> datetime:
        monkeypatch.setattr(coffre, "_horloge", lambda: depart + de)
        return depart + de

    avancer(timedelta(0))
    return avancer


def _discret(coffre: Coffre, dossier: str) -> bool:
    return coffre.lire(dossier)["protection"].get("discret") is True


def test_a_deux_et_deux_jours_apres(coffre: Coffre, elle: str, plus_tard: Any) -> None:
    coffre.levees.demander(elle, f" {MOTS} ", LEA)
    coffre.levees.confirmer(elle, PAUL)
    etat = coffre.levees.etat(elle)
    assert (etat.demande, etat.demandee_par, etat.confirmee_par) == (MOTS, "Léa Blanc", "Paul Roy")
    assert etat.des == plus_tard(timedelta(0)) + timedelta(hours=48)
    plus_tard(timedelta(hours=47, minutes=59))
    with pytest.raises(ErreurUtilisateur, match=TROP_TOT[:20]):
        coffre.levees.lever(elle, LEA)
    plus_tard(timedelta(hours=48))
    coffre.levees.lever(elle, LEA)
    # Il n'en reste que son motif : la redevenir puis la lever recommence tout.
    assert coffre.lire(elle)["protection"] == {"discret": False, "levee_motif": MOTS}


def test_elle_change_d_avis(coffre: Coffre, elle: str, plus_tard: Any) -> None:
    coffre.levees.demander(elle, MOTS, LEA)
    coffre.levees.confirmer(elle, PAUL)
    coffre.levees.retirer(elle, NORA)
    assert coffre.lire(elle)["protection"] == {"discret": True}
    plus_tard(timedelta(days=9))
    with pytest.raises(ErreurUtilisateur, match="se note d'abord"):
        coffre.levees.lever(elle, LEA)


def test_une_demande_neuve_efface_la_confirmation(coffre: Coffre, elle: str, plus_tard: Any) -> None:
    coffre.levees.demander(elle, MOTS, LEA)
    coffre.levees.confirmer(elle, PAUL)
    coffre.levees.demander(elle, "Autre chose.", LEA)
    plus_tard(timedelta(days=9))
    with pytest.raises(ErreurUtilisateur, match="deux personnes"):
        coffre.levees.lever(elle, PAUL)


def test_les_refus(coffre: Coffre, elle: str) -> None:
    with pytest.raises(ErreurUtilisateur, match=levees.SANS_MOTS):
        coffre.levees.demander(elle, "  ", LEA)
    with pytest.raises(ErreurUtilisateur, match=SANS_DEMANDE[:30]):
        coffre.levees.confirmer(elle, PAUL)
    coffre.levees.demander(elle, MOTS, LEA)
    with pytest.raises(ErreurUtilisateur, match=SANS_SECOND[:30]):
        coffre.levees.confirmer(elle, Auteur("léa  BLANC"))
    assert _discret(coffre, elle)


def test_sans_le_role_aucun_geste(coffre: Coffre, elle: str) -> None:
    coffre.regler("registre.roles", "agent social")
    agent, social = Auteur("Zoé", ("agent",)), Auteur("Zoé", ("social",))
    for geste in (coffre.levees.confirmer, coffre.levees.retirer, coffre.levees.lever):
        with pytest.raises(ErreurUtilisateur, match="ne permet pas"):
            geste(elle, agent)
    with pytest.raises(ErreurUtilisateur, match="ne permet pas"):
        coffre.levees.demander(elle, MOTS, agent)
    coffre.levees.demander(elle, MOTS, social)


@pytest.mark.parametrize(
    "detour",
    [
        {"protection.discret": False, "protection.levee_motif": MOTS},
        {"protection.discret": ABSENT, "protection.levee_motif": MOTS},
        {"protection.levee_demandee_par": "Paul Roy"},
        {"protection.levee_confirmee_par": "Paul Roy", "protection.levee_confirmee_le": "2020-01-01T00:00:00+00:00"},
        {"protection.levee_confirmee_par": AGENT, "protection.levee_confirmee_le": "2020-01-01T00:00:00+00:00"},
    ],
)
def test_aucun_detour(coffre: Coffre, elle: str, detour: dict[str, Any]) -> None:
    """Une écriture directe ne parle ni pour un autre, ni à une autre heure, ni sans les trois gestes."""
    coffre.levees.demander(elle, MOTS, LEA)
    with pytest.raises(ErreurUtilisateur):
        coffre.modifier(elle, detour, NORA)
    assert _discret(coffre, elle)
    assert coffre.levees.etat(elle).des is None


@pytest.mark.usefixtures("levee_immediate")
def test_mutant_sans_jugement(coffre: Coffre, elle: str) -> None:
    """Sans lui, un seul lève à l'instant : les épreuves d'avant ne sont pas vides."""
    coffre.modifier(elle, {"protection.discret": False, "protection.levee_motif": MOTS}, NORA)
    assert not _discret(coffre, elle)
