"""Ce qui presse, en mots : des nombres à l'accueil, et rien qui nomme quelqu'un."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from modele.coffre.listes import Compte, PageDeRappels
from modele.dossier.dates_tenues import DateTenue, Nature
from modele.orientation.resultat import Urgence
from ui.mots.echeances import (
    GROUPES,
    RIEN,
    dire_ailleurs,
    dire_combien,
    dire_date_tenue,
    groupe_de,
    nommer_les_voies,
    par_groupe,
    pressants,
)

JOUR = date(2026, 11, 30)


def compte(nature: Nature, rappel: int, nombre: int, dans: int = 5, depuis: int | None = None) -> Compte:
    return Compte(nature, rappel, nombre, JOUR + timedelta(dans), None if depuis is None else JOUR - timedelta(depuis))


@pytest.mark.parametrize(
    ("comptes", "dits"),
    [
        ([compte(Nature.REPONSE, 0, 2, -1, 12)], [(Urgence.JOUR, "2 orientations sans réponse", "depuis 12 jours")]),
        ([compte(Nature.REPONSE, 0, 1, 0, 0)], [(Urgence.JOUR, "1 orientation en attente de réponse", "")]),
        ([compte(Nature.REPONSE, 0, 1, 0, 1)], [(Urgence.JOUR, "1 orientation sans réponse", "depuis 1 jour")]),
        (
            [compte(Nature.RENOUVELLEMENT, 30, 2, 25), compte(Nature.RENOUVELLEMENT, 60, 5, 50)],
            [(Urgence.COURANTE, "7 demandes à renouveler", "2 d'ici 30 jours, 5 d'ici 60")],
        ),
        ([compte(Nature.RENOUVELLEMENT, 30, 1, 7)], [(Urgence.SEMAINE, "1 demande à renouveler", "d'ici 30 jours")]),
        ([compte(Nature.RENOUVELLEMENT, 30, 1, 8)], [(Urgence.COURANTE, "1 demande à renouveler", "d'ici 30 jours")]),
        ([compte(Nature.RENOUVELLEMENT, 30, 1, -3)], [(Urgence.JOUR, "1 demande à renouveler", "d'ici 30 jours")]),
        ([compte(Nature.RENOUVELLEMENT, 90, 1, 80)], [(Urgence.COURANTE, "1 demande à renouveler", "d'ici 90 jours")]),
        ([compte(Nature.VOIE, 7, 3, 0)], [(Urgence.JOUR, "3 délais à suivre", "d'ici 7 jours")]),
        ([compte(Nature.VOIE, 7, 1, 2)], [(Urgence.SEMAINE, "1 délai à suivre", "d'ici 7 jours")]),
        ([compte(Nature.VOIE, 30, 1, 12)], [(Urgence.COURANTE, "1 délai à suivre", "d'ici 30 jours")]),
        ([compte(Nature.VOIE, 7, 1, -2)], [(Urgence.JOUR, "1 délai à suivre", "date venue le 28/11/2026")]),
        (
            [compte(Nature.VOIE, 7, 1, -2), compte(Nature.VOIE, 30, 4, 12)],
            [(Urgence.JOUR, "5 délais à suivre", "date venue le 28/11/2026")],
        ),
        (
            [compte(Nature.VOIE, 7, 1, 2), compte(Nature.VOIE, 30, 4, 12)],
            [(Urgence.SEMAINE, "5 délais à suivre", "1 d'ici 7 jours, 4 d'ici 30")],
        ),
        ([compte(Nature.EXPIRATION, 7, 1)], [(Urgence.SEMAINE, "1 orientation qui prend fin", "d'ici 7 jours")]),
        (
            [compte(Nature.EXPIRATION, 30, 2, 20)],
            [(Urgence.COURANTE, "2 orientations qui prennent fin", "d'ici 30 jours")],
        ),
        ([compte(Nature.ORDONNANCE, 30, 2)], []),
        ([], []),
    ],
)
def test_l_accueil(comptes: list[Compte], dits: list[tuple[Urgence, str, str]]) -> None:
    assert [(un.urgence, un.libelle, un.detail) for un in pressants(comptes, JOUR)] == dits


def test_d_une_liste_vide_ou_quelque_chose_presse() -> None:
    comptes = [compte(Nature.VOIE, 7, 1), compte(Nature.EXPIRATION, 30, 2), compte(Nature.ORDONNANCE, 30, 4)]
    assert par_groupe(comptes) == {"Délais et fins": 3}
    assert dire_ailleurs(PageDeRappels((), 0, 0), {"Délais et fins": 3}) == "Délais et fins : 3."
    assert dire_ailleurs(PageDeRappels((), 0, 1), {"Délais et fins": 3}) == ""


@pytest.mark.parametrize(
    ("tenue", "dite"),
    [
        (DateTenue(Nature.REPONSE, "r", JOUR, None, JOUR - timedelta(12)),
         "sans réponse depuis 12 jours · attendue le 30/11/2026"),
        (DateTenue(Nature.REPONSE, "r", JOUR - timedelta(11), None, JOUR - timedelta(12)),
         "sans réponse depuis 12 jours"),
        (DateTenue(Nature.RENOUVELLEMENT, "r", JOUR), "à renouveler avant le 30/11/2026"),
        (DateTenue(Nature.RENOUVELLEMENT, "r", JOUR - timedelta(1)),
         "à renouveler avant le 29/11/2026 : vérifiez, peut-être pas perdu"),
        (DateTenue(Nature.EXPIRATION, "e", JOUR), "ne vaut plus après le 30/11/2026"),
        (DateTenue(Nature.VOIE, "v", JOUR, libelle="Faire appel"), "Faire appel : 30/11/2026"),
        (DateTenue(Nature.VOIE, "v", JOUR - timedelta(1), libelle="Faire appel"),
         "Faire appel : 29/11/2026. Date venue : le dossier dit ce qui reste possible"),
    ],
)  # fmt: skip
def test_une_ligne(tenue: DateTenue, dite: str) -> None:
    assert dire_date_tenue(tenue, JOUR) == dite


def test_la_fin_d_une_ordonnance_n_est_dans_aucun_groupe() -> None:
    assert Nature.ORDONNANCE not in {nature for natures in GROUPES.values() for nature in natures}
    assert groupe_de(Nature.EXPIRATION) == "Délais et fins"


def test_le_reste() -> None:
    assert dire_combien(PageDeRappels((), 0, 0)) == RIEN
    assert dire_combien(PageDeRappels((), 0, 1)).startswith("1 ligne.")
    assert dire_combien(PageDeRappels((), 1, 401)).startswith("401 lignes, page 2 sur 3.")
    assert nommer_les_voies(None)("domiciliation") == "Orientation"
