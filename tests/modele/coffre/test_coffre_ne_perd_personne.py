"""La recherche du poste : savoir plus ne fait jamais perdre la personne ; année, mois, nom seul, comme on les tape."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outils_coffre import AGENT, creer, ouvrir
from outils_personnes import PERSONNES, SUS, Personne, Su

from modele.coffre import Coffre, index
from modele.coffre.base import Base
from modele.dossier.chemins import ABSENT
from modele.droits import Auteur
from modele.ressemblance import termes

AUTEUR = Auteur(AGENT)


def _annee(nom: str, prenoms: str, debut: str, fin: str) -> dict[str, Any]:
    return {"demandeur": {"nom": nom, "prenoms": prenoms, "date_naissance": {"entre": [debut, fin]}}}


DIALLO = _annee("Diallo", "Mamadou", "1980-01-01", "1980-12-31")
SOW = _annee("Sow", "Fatou", "1975-03-01", "1975-03-31")
INCONNUE = {"demandeur": {"nom": "Vasseur", "prenoms": "Odile", "date_naissance": "1980-01-01"}}


@pytest.fixture
def peuple(coffre: Coffre) -> Coffre:
    """Deux naissances connues à moitié, une inconnue du 01/01, et une foule née la même année."""
    foule = [
        {
            "demandeur": {
                "nom": f"Foule{'abcdefghij'[rang % 10]}",
                "prenoms": "Zoé",
                "date_naissance": f"1980-{mois:02d}-09",
            }
        }
        for rang in range(10)
        for mois in range(1, 13)
    ]
    coffre.importer([DIALLO, SOW, INCONNUE, *foule], AUTEUR)
    return coffre


@pytest.mark.parametrize(
    ("saisie", "titre", "raison"),
    [
        ("1980", "DIALLO Mamadou", "même année de naissance"),
        ("diallo 1980", "DIALLO Mamadou", "même année de naissance"),
        ("diallo mamadou 1980", "DIALLO Mamadou", "même année de naissance"),
        ("diallo mamadou 01/01/1980", "DIALLO Mamadou", "même année de naissance"),
        ("diallo mamadou 15/06/1980", "DIALLO Mamadou", "même année de naissance"),
        ("dialo 1980", "DIALLO Mamadou", "même année de naissance"),
        ("diallo 00/00/1980", "DIALLO Mamadou", "même année de naissance"),
        ("00/00/1980", "DIALLO Mamadou", "même année de naissance"),
        ("sow fatou 03/1975", "SOW Fatou", "même mois de naissance"),
        ("sow fatou 00/03/1975", "SOW Fatou", "même mois de naissance"),
        ("sow 1975", "SOW Fatou", "même année de naissance"),
        ("sow fatou 12/03/1975", "SOW Fatou", "même mois de naissance"),
        ("03/1975", "SOW Fatou", "même mois de naissance"),
    ],
)
def test_une_naissance_a_moitie_connue_se_trouve(peuple: Coffre, saisie: str, titre: str, raison: str) -> None:
    """Cas public 02 : en premier, sa raison dite, au milieu de ceux de la même année."""
    premier = peuple.rechercher(saisie)[0]
    assert (premier.resume.titre, raison in premier.raisons) == (titre, True)


def test_la_liste_montre_ce_qu_on_sait_de_la_naissance(peuple: Coffre) -> None:
    assert peuple.rechercher("diallo")[0].resume.detail == "naissance : 1980"
    assert peuple.rechercher("sow")[0].resume.detail == "naissance : 03/1975"


def test_mutant_l_index_ne_garde_que_les_dates_exactes(peuple: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans le terme de l'année seule, la foule de 1980 la cacherait."""
    monkeypatch.setattr(termes, "termes_de_date", lambda naissance: [f"a{naissance[:4]}"] if len(naissance) > 7 else [])
    with peuple._base.ecriture() as connexion:
        index.refaire(connexion)
    assert "DIALLO Mamadou" not in [un.resume.titre for un in peuple.rechercher("1980")]


def test_une_date_tapee_ne_cache_pas_qui_n_en_a_pas(coffre: Coffre) -> None:
    """« ben ali nadia 12/03/1984 » montre BEN ALI Nadia sans date, avant une autre née ce jour-là."""
    nadia = {"demandeur": {"nom": "Ben Ali", "prenoms": "Nadia"}}
    autre = {"demandeur": {"nom": "Benzema", "prenoms": "Nadine", "date_naissance": "1984-03-12"}}
    coffre.importer([autre, nadia], AUTEUR)
    assert coffre.rechercher("ben ali nadia 12/03/1984")[0].resume.titre == "BEN ALI Nadia"


@pytest.mark.parametrize(
    "saisie", ["rakotomalala", "Rakotomalala 1990", "rakotomala", "jean rakotomalala", "04/04/1990"]
)
@pytest.mark.parametrize("champ", ["nom", "prenoms"])
def test_qui_n_a_qu_un_nom_se_trouve(coffre: Coffre, champ: str, saisie: str) -> None:
    """Cas public 20 : où qu'on l'ait écrit, et même si l'on tape un prénom qu'elle n'a pas."""
    coffre.creer_dossier({"demandeur": {champ: "Rakotomalala", "date_naissance": "1990-04-04"}}, AUTEUR)
    (trouve,) = coffre.rechercher(saisie)
    assert trouve.raisons


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(PERSONNES, SUS, SUS, st.booleans())
def test_ajouter_du_vrai_ne_la_retire_jamais(coffre: Coffre, personne: Personne, ici: Su, la: Su, plus: bool) -> None:
    """Ce que l'agent tape de vrai la trouve, quoi que le dossier sache ; ce qui s'y ajoute ne la retire pas."""
    dossier = coffre.creer_dossier(personne.document(la), AUTEUR)["id"]
    try:
        dits = [personne.saisie(ici), personne.saisie(ici.sait_au_moins(la) if plus else la.sait_au_moins(ici))]
        for saisie in dits:
            assert dossier in [un.dossier for un in coffre.rechercher(saisie, 20)], saisie
    finally:
        coffre.modifier(dossier, {"demandeur": ABSENT, "contact": ABSENT, "demande": ABSENT}, AUTEUR)


def test_un_coffre_d_avant_refait_son_index_a_l_ouverture(chemin: Path) -> None:
    """Un index qui ne gardait que les dates exactes se refait avec le schéma ; rien d'autre ne bouge."""
    coffre, _ = creer(chemin)
    coffre.creer_dossier(DIALLO, AUTEUR)
    base: Base = coffre._base
    with base.ecriture() as connexion:
        connexion.exec_driver_sql("UPDATE personne SET naissance = ''")
        connexion.exec_driver_sql("DELETE FROM frequence")
        connexion.exec_driver_sql("DROP TABLE rappel")
        connexion.exec_driver_sql("UPDATE alembic_version SET version_num = '0007'")
    assert coffre.rechercher("diallo 1980") == []
    with base.ecriture() as connexion:
        connexion.exec_driver_sql("DROP TABLE compte")
        connexion.exec_driver_sql("DROP TABLE etat_de_compte")
    coffre.fermer()
    rouvert = ouvrir(chemin)
    assert rouvert.rechercher("diallo 1980")[0].raisons == ("même nom", "même année de naissance")
    rouvert.fermer()
