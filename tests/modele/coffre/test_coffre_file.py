"""La file du jour au coffre : un numéro, ni nom ni dossier ; elle avance d'un pas à la fois."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from outils_coffre import AGENT

from modele.coffre import Coffre, file_du_jour
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.rendez_vous import Etape

NORA = Auteur(AGENT)
MATIN = datetime(2026, 12, 7, 8, 55).astimezone()


@pytest.fixture
def ici(coffre: Coffre) -> Coffre:
    coffre._horloge = lambda: MATIN
    return coffre


def test_un_ticket_avance_jusqu_au_depart(ici: Coffre) -> None:
    """Huit heures cinquante-cinq : la file est vide, le numéro 1 attend, est appelé, reçu, parti."""
    assert ici.file.lister(NORA) == []
    un = ici.file.donner("renseignement", "courante", NORA)
    deux = ici.file.donner("pieces", "urgente", NORA)
    assert [(un.numero, un.etape, un.arrive), deux.numero] == [(1, Etape.ATTEND, "08:55"), 2]
    un = ici.file.appeler(un, NORA)
    un = ici.file.recevoir(un, NORA)
    un = ici.file.laisser_partir(un, "renseignee", NORA)
    assert (un.etape, un.issue, un.parti) == (Etape.PARTI, "renseignee", "08:55")
    assert ici.file.lister(NORA) == [un, deux]
    garde = ici.lire(un.id)
    assert not {"dossier", "nom", "agent", "avec", "auteur"} & garde.keys()


def test_la_file_est_celle_du_jour_et_du_lieu(ici: Coffre) -> None:
    ici.file.donner("renseignement", "courante", NORA)
    ici._horloge = lambda: MATIN + timedelta(days=1)
    assert ici.file.lister(NORA) == []
    assert len(ici.file.lister(NORA, MATIN.date())) == 1
    ici.agenda.choisir_le_lieu("annexe")
    assert ici.file.donner("renseignement", "courante", NORA).lieu == "annexe"
    ici.agenda.choisir_le_lieu("")
    assert ici.file.lister(NORA) == []


def test_un_pas_a_la_fois(ici: Coffre) -> None:
    """Deux agents pressent la même ligne : le second apprend qu'elle a changé."""
    un = ici.file.donner("renseignement", "courante", NORA)
    with pytest.raises(ErreurUtilisateur, match="a déjà changé"):
        ici.file.recevoir(un, NORA)
    ici.file.appeler(un, NORA)
    with pytest.raises(ErreurUtilisateur, match="a déjà changé"):
        ici.file.appeler(un, NORA)
    ici.file.laisser_partir(un, "repartie", NORA)
    with pytest.raises(ErreurUtilisateur, match="a déjà changé"):
        ici.file.laisser_partir(un, "repartie", NORA)


@pytest.mark.parametrize(("motif", "urgence"), [("violences", "courante"), ("pieces", "danger"), ("", "courante")])
def test_ni_motif_libre_ni_troisieme_urgence(ici: Coffre, motif: str, urgence: str) -> None:
    with pytest.raises(ErreurUtilisateur, match="n'est pas une réponse possible"):
        ici.file.donner(motif, urgence, NORA)
    un = ici.file.donner("pieces", "courante", NORA)
    with pytest.raises(ErreurUtilisateur, match="n'est pas une réponse possible"):
        ici.file.laisser_partir(un, "battue", NORA)


def test_une_touche_restee_enfoncee_s_arrete(ici: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_du_jour, "AU_PLUS", 3)
    for _ in range(3):
        ici.file.donner("pieces", "courante", NORA)
    with pytest.raises(ErreurUtilisateur, match="déjà 3 numéros"):
        ici.file.donner("pieces", "courante", NORA)
    assert len(ici.file.lister(NORA)) == 3
