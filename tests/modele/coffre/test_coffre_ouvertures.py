"""Un dossier ouvert sans aucun geste est listé pour le responsable : qui, quel dossier, quel jour ; rien d'autre."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

import pytest
from outils_coffre import AGENT

from modele.coffre import Coffre, auteurs, ouvertures
from modele.coffre.auteurs import ROLES_DU_POSTE
from modele.coffre.listes import Ouverture
from modele.dossier.acces import Acces
from modele.dossier.codes import reference_courte
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

NORA, PAUL = Auteur(AGENT), Auteur("Paul Roy")
NADIA = {"demandeur": {"nom": "Fatihi", "prenoms": "Nadia"}}
MIDI = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)


def au(coffre: Coffre, jours: int, heures: int = 0) -> None:
    """Le coffre croit être à midi, tant de jours plus tard."""
    quand = MIDI + timedelta(days=jours, hours=heures)
    coffre._horloge = lambda: quand


@pytest.fixture
def dossier(coffre: Coffre) -> str:
    """Un dossier que Nora a créé hier, et que Paul ouvre aujourd'hui."""
    au(coffre, -1)
    cree = str(coffre.creer_dossier(NADIA, NORA)["id"])
    au(coffre, 0)
    coffre.consulter(cree, PAUL)
    return cree


def test_ouvert_sans_acte_se_liste_le_lendemain(coffre: Coffre, dossier: str) -> None:
    """Une ligne par jour, avec la référence ; pas le jour même, pas les siennes, plus au bout d'un mois."""
    au(coffre, 0, 2)
    coffre.consulter(dossier, PAUL)
    coffre.consulter(dossier, NORA)
    assert coffre.porte.ouvertures(NORA) == []
    au(coffre, 1)
    (une,) = coffre.porte.ouvertures(NORA)
    assert (une.reference, une.quand, une.par) == (reference_courte(dossier), MIDI, PAUL.nom)
    assert {un.name for un in fields(Ouverture)} == {"reference", "quand", "par"}, "ni durée, ni compte"
    au(coffre, 40)
    assert coffre.porte.ouvertures(NORA) == []


@pytest.mark.parametrize("acte", [Acces.MODIFIER, Acces.IMPRIMER, Acces.DROIT_NOTER])
def test_un_acte_le_meme_jour_suffit(coffre: Coffre, dossier: str, acte: Acces) -> None:
    au(coffre, 0, 1)
    coffre.noter_acces(PAUL.nom, acte, dossier)
    au(coffre, 1)
    assert coffre.porte.ouvertures(NORA) == []


@pytest.mark.parametrize(
    ("qui", "acte", "jour"), [(PAUL, Acces.RENCONTRE, 0), (NORA, Acces.MODIFIER, 0), (PAUL, Acces.MODIFIER, 1)]
)
def test_ce_qui_n_est_pas_un_acte_de_cet_agent_ce_jour_la(
    coffre: Coffre, dossier: str, qui: Auteur, acte: Acces, jour: int
) -> None:
    """L'avoir trouvé, l'acte d'un autre, ou celui d'un autre jour."""
    au(coffre, jour)
    coffre.noter_acces(qui.nom, acte, dossier)
    au(coffre, 2)
    assert len(coffre.porte.ouvertures(NORA)) == 1


def test_lues_elles_ne_se_listent_plus(coffre: Coffre, dossier: str) -> None:
    au(coffre, 1)
    coffre.porte.ouvertures_lues(NORA)
    assert coffre.porte.ouvertures(NORA) == []
    coffre.consulter(dossier, PAUL)
    au(coffre, 2)
    assert len(coffre.porte.ouvertures(NORA)) == 1


def test_au_responsable_seulement(coffre: Coffre, dossier: str) -> None:
    au(coffre, 1)
    coffre.regler(ROLES_DU_POSTE, "agent social")
    assert coffre.porte.ouvertures(NORA) == []
    with pytest.raises(ErreurUtilisateur, match="Votre rôle ne permet pas"):
        coffre.porte.ouvertures_lues(NORA)


@pytest.mark.parametrize(
    ("piece", "nom", "remplacant", "epreuve"),
    [
        (ouvertures.avis, "est_responsable", lambda *_: True, "responsable"),
        (auteurs, "_permis", lambda *_: True, "responsable"),
        (ouvertures, "_SANS_EFFET", (Acces.CONSULTER.ecrire(),), "acte"),
        (ouvertures, "_minuit", lambda quand: quand, "lendemain"),
    ],
    ids=["tous la lisent", "tout est permis", "trouver est un acte", "le jour même"],
)
def test_le_mutant_des_ouvertures_est_vu(
    coffre: Coffre, dossier: str, monkeypatch: pytest.MonkeyPatch, piece: Any, nom: str, remplacant: Any, epreuve: str
) -> None:
    epreuves = {
        "responsable": lambda: test_au_responsable_seulement(coffre, dossier),
        "acte": lambda: test_ce_qui_n_est_pas_un_acte_de_cet_agent_ce_jour_la(
            coffre, dossier, PAUL, Acces.RENCONTRE, 0
        ),
        "lendemain": lambda: test_ouvert_sans_acte_se_liste_le_lendemain(coffre, dossier),
    }
    monkeypatch.setattr(piece, nom, remplacant)
    with pytest.raises((AssertionError, ValueError, pytest.fail.Exception)):
        epreuves[epreuve]()
