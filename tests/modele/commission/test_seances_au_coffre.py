"""Une séance au coffre : préparée, désignée, ouverte, tenue, décidée, répondue, close ; et ce qui s'y refuse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from commission_exemple import JOUR, T2_PLUS, TERRITOIRE, dossiers

from modele.bilan import Regles, charger_regles
from modele.coffre import Coffre
from modele.coffre.cles import Cout
from modele.coffre.seances import Designation, Preparation
from modele.commission.ligne import ligne
from modele.droits import Auteur
from modele.seance.gardee import Convoque, DecisionEcrite, Etat, ReponseEcrite, SeanceGardee
from modele.seance.notions import Reglement

NORA = Auteur("Nora Petit")
SOUS = "regles-1"
MEMBRES = (
    Convoque(qualite="bailleur", nom="Alix Essai", compte="Alix Essai", present=True, preside=True),
    Convoque(qualite="maire", nom="Sam Modèle", present=True),
)
REFUS = DecisionEcrite(genre="non_attribution", motif="Le logement est trop petit pour ce foyer.")
ACCORD = DecisionEcrite(genre="attribution", motif="Première au classement, dossier complet.")


@cache
def chargees() -> Regles:
    return charger_regles(TERRITOIRE)


def _au(coffre: Coffre, jour: date) -> None:
    coffre._horloge = lambda: datetime.combine(jour, time(9)).astimezone()


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[Coffre]:
    ouvert, _ = Coffre.creer(
        tmp_path / "a.perron", NORA.nom, "quatre mots sans lien", TERRITOIRE, "poste-1", cout=Cout(1, 8, 1)
    )
    _au(ouvert, JOUR)
    for document in dossiers().values():
        neuf = {cle: dit for cle, dit in document.items() if cle not in ("id", "territoire", "schema", "cree_le")}
        ouvert.creer_dossier(neuf, NORA)
    lues = ouvert.candidats.a_relire(SOUS, JOUR, 500, NORA)
    ouvert.candidats.noter(SOUS, JOUR, [(une, ligne(chargees(), une.document, JOUR)) for une in lues])
    yield ouvert
    ouvert.fermer()


def _rangs(coffre: Coffre) -> list[str]:
    """Les demandes, de la mieux rangée à la dernière."""
    from modele.coffre.rangs_de_seance import ranger

    with coffre._base.lecture() as connexion:
        lues = ranger(connexion, SOUS, JOUR, T2_PLUS).rangs
    return sorted(lues, key=lambda un: (lues[un], un))


def _designees(coffre: Coffre, combien: int = 3) -> tuple[Designation, ...]:
    return tuple(Designation(un, "Nora Petit") for un in _rangs(coffre)[:combien])


def _preparer(coffre: Coffre, **sauf: Any) -> SeanceGardee:
    voulue: dict[str, Any] = {
        "commission": "Commission du bailleur", "bailleur": "Office", "logement": T2_PLUS, "sous": SOUS,
        "grille": "Grille d'essai", "designations": _designees(coffre), "membres": MEMBRES,
        "reglement": Reglement(nom="Règlement 2026", quorum=2, reponse_jours=10),
    }  # fmt: skip
    return coffre.seances.preparer(Preparation(**{**voulue, **sauf}), NORA)


def test_une_seance_de_bout_en_bout(coffre: Coffre) -> None:
    une = _preparer(coffre)
    assert une.etat is Etat.PREPAREE
    assert [un.reference for un in une.candidats] == ["C-01", "C-02", "C-03"]
    assert list(coffre.seances.demandes(une.id, NORA)) == ["C-01", "C-02", "C-03"]
    assert coffre.seances.ouvrir(une.id, NORA).etat is Etat.OUVERTE
    demain = JOUR + timedelta(days=1)
    _au(coffre, demain)
    assert coffre.seances.tenir(une.id, demain, NORA).etat is Etat.TENUE
    decisions = {"C-01": ACCORD, "C-02": REFUS, "C-03": REFUS}
    tenue = coffre.seances.decider(une.id, decisions, NORA)
    assert [une.reference for une in tenue.constater(demain).lignes] == ["C-01", "C-02", "C-03"]
    repondue = coffre.seances.repondre(une.id, "C-01", ReponseEcrite(reponse="acceptee", le=demain), NORA)
    assert repondue.par_reference["C-01"].reponse.reponse == "acceptee"
    close = coffre.seances.clore(une.id, NORA)
    assert close.etat is Etat.CLOSE
    assert coffre.seances.lister(NORA) == (close,)
