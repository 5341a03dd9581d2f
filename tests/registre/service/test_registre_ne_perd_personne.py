"""Entre guichets : savoir plus ne fait jamais perdre la personne ; année seule, nom seul, d'un côté ou des deux."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from outils_operations import Saisie
from outils_personnes import PERSONNES, SUS, Personne, Su
from outils_registre import ANNEXE, DEPART, PosteDEssai, enrole
from sqlalchemy import Engine, insert, select, update

from modele.protocole.messages import Candidat
from modele.synchro.doublons import personne_du_document
from registre.base.schema import compteur, personne, terme
from registre.service import doublons, personnes
from registre.service.doublons import chercher
from registre.service.reindexation import A_REFAIRE, refaire_ce_qui_attend

SUR_LES_DEUX = False
ANNEE = {"entre": ["1980-01-01", "1980-12-31"]}
MOIS = {"entre": ["1980-06-01", "1980-06-30"]}


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


@pytest.fixture
def annexe(moteur: Engine, saisie: Saisie) -> Saisie:
    return Saisie(enrole(moteur, PosteDEssai("Annexe", guichet=ANNEXE)), moteur)


def _chercher(saisie: Saisie, document: dict[str, Any]) -> list[Candidat]:
    """Depuis ce dossier, tel qu'un poste le demande."""
    return chercher(saisie.moteur, saisie.poste.porteur, personne_du_document(document, "agent"), DEPART)


def _demandeur(nom: str, prenoms: str, naissance: Any = None) -> dict[str, Any]:
    dits = {"nom": nom, "prenoms": prenoms, "date_naissance": naissance}
    return {"demandeur": {cle: dit for cle, dit in dits.items() if dit}}


@pytest.mark.parametrize(
    ("la", "ici", "raison"),
    [
        (ANNEE, "1980-01-01", "même année de naissance"),
        (ANNEE, "1980-06-15", "même année de naissance"),
        (ANNEE, ANNEE, "même année de naissance"),
        (ANNEE, MOIS, "même année de naissance"),
        (MOIS, ANNEE, "même année de naissance"),
        (MOIS, "1980-06-15", "même mois de naissance"),
        ("1980-01-01", ANNEE, "même année de naissance"),
        ("1980-06-15", ANNEE, "même année de naissance"),
        ("1980-06-15", "1980-01-01", "même année de naissance"),
        ("1980-06-15", None, "même nom"),
        (None, "1980-06-15", "même nom"),
        (None, ANNEE, "même nom"),
    ],
)
def test_une_naissance_a_moitie_connue_garde_le_candidat(
    saisie: Saisie, annexe: Saisie, la: Any, ici: Any, raison: str
) -> None:
    """Cas public 02, avec un prénom d'une lettre de moins : la porte du nom seul ne suffirait pas toujours."""
    dossier = annexe.nouveau(_demandeur("DIALLO", "Mamadou", la))
    (candidat,) = _chercher(saisie, _demandeur("DIALLO", "Mamadou", ici))
    assert (candidat.dossier, raison in candidat.raisons) == (dossier, True)


def test_hors_des_bornes_ce_n_est_pas_la_meme_date(saisie: Saisie, annexe: Saisie) -> None:
    annexe.nouveau(_demandeur("DIALLO", "Mamadou", ANNEE))
    dits = [raison for un in _chercher(saisie, _demandeur("DIALLO", "Mamadou", "1962-06-15")) for raison in un.raisons]
    assert not any("naissance" in raison for raison in dits)


@pytest.mark.parametrize(
    ("la", "ici"),
    [
        (("Rakotomalala", "", "1990-04-04"), ("Rakotomalala", "", None)),
        (("Rakotomalala", "", "1990-04-04"), ("", "Rakotomalala", None)),
        (("Rakotomalala", "", "1990-04-04"), ("Rakotomalala", "", "1990-04-04")),
        (("Rakotomalala", "", None), ("Rakotomalala", "Hery", None)),
        (("Rakotomalala", "Hery", None), ("Rakotomalala", "", None)),
        (("", "Rakotomalala", None), ("Rakotomalala", "", None)),
        (("Rakotomalala", "", None), ("Rakotomalalla", "", None)),
        (("Ly", "", None), ("Ly", "", None)),
        (("Ben Ali", "", None), ("Ben Ali", "", None)),
    ],
)
def test_qui_n_a_qu_un_nom_est_candidat(
    saisie: Saisie, annexe: Saisie, la: tuple[str, str, Any], ici: tuple[str, str, Any]
) -> None:
    """Cas public 20 : sur son nom seul, où que chacun l'ait écrit, et quand un prénom s'ajoute."""
    dossier = annexe.nouveau(_demandeur(*la))
    assert [un.dossier for un in _chercher(saisie, _demandeur(*ici))] == [dossier]


def test_mutant_les_cles_croisent_toujours_un_nom_et_un_prenom(
    saisie: Saisie, annexe: Saisie, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sans clé d'un seul mot, qui n'a qu'un nom et pas de date n'aurait aucune porte."""
    annexe.nouveau(_demandeur("Rakotomalala", ""))
    monkeypatch.setattr(doublons, "cles_cherchees", lambda noms, prenoms: (list(personnes.paires(noms, prenoms)), []))
    assert _chercher(saisie, _demandeur("Rakotomalala", "")) == []


def test_ce_qui_se_tape_avant_un_dossier_croise_ses_mots(saisie: Saisie, annexe: Saisie) -> None:
    """Rien ne dit ce qui est nom, ce qui est prénom : « awa traoré » trouve TRAORÉ Awa, et pas toutes les Awa."""
    dossier = annexe.nouveau(_demandeur("TRAORE", "Awa"))
    annexe.nouveau(_demandeur("KEITA", "Awa"))
    assert [un.dossier for un in _chercher(saisie, _demandeur("awa traoré", ""))] == [dossier]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(PERSONNES, SUS, SUS)
def test_ajouter_du_vrai_ne_retire_jamais_le_candidat(
    saisie: Saisie, annexe: Saisie, personne: Personne, ici: Su, la: Su
) -> None:
    """Quoi que sache chaque guichet de la même personne, chacun retrouve l'autre dossier."""
    dossier = annexe.nouveau(personne.document(la))
    trouves = [un.dossier for un in _chercher(saisie, personne.document(ici))]
    annexe.recu(annexe.poser(dossier, {"demandeur.nom": "", "demandeur.prenoms": "", "demandeur.nom_usage": ""}))
    assert dossier in trouves or len(trouves) == doublons.CANDIDATS_AU_PLUS


def test_une_base_d_avant_refait_son_index_au_demarrage(saisie: Saisie, annexe: Saisie) -> None:
    """Une fois, par pages ; ce qui est discret n'y entre pas ; la seconde fois, rien n'attend."""
    dossier = annexe.nouveau(_demandeur("DIALLO", "Mamadou", ANNEE))
    annexe.nouveau({**_demandeur("SOW", "Fatou", ANNEE), "protection": {"discret": True}})
    with saisie.moteur.begin() as connexion:
        connexion.execute(update(personne).values(naissance=""))
        connexion.execute(terme.delete())
        attend = {"territoire": saisie.poste.territoire, "nom": A_REFAIRE, "valeur": 1}
        connexion.execute(insert(compteur).values(attend))
    assert _chercher(saisie, _demandeur("DIALLO", "Mamadou", "1980-06-15")) == []
    assert refaire_ce_qui_attend(saisie.moteur) == 2
    (candidat,) = _chercher(saisie, _demandeur("DIALLO", "Mamadou", "1980-06-15"))
    assert (candidat.dossier, candidat.raisons) == (dossier, ("même nom", "même année de naissance"))
    with saisie.moteur.connect() as connexion:
        assert connexion.execute(select(personne.c.naissance)).scalars().all() == ["1980"]
    assert refaire_ce_qui_attend(saisie.moteur) == 0
