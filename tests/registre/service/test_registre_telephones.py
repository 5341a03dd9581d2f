"""Entre guichets, chaque téléphone d'un dossier sert à le retrouver : le premier, l'autre, celui de qui aide."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from outils_operations import Saisie
from outils_registre import ANNEXE, DEPART, PosteDEssai, enrole
from sqlalchemy import Engine

from modele.protocole.messages import Candidat, PersonneCherchee
from modele.synchro.doublons import personne_du_document
from registre.service import doublons
from registre.service.doublons import chercher

SUR_LES_DEUX = False
SIENS = ("telephone", "telephone_autre")
AIDANT = "tiers_telephone"
NUMERO = "+262692123456"
ECRITURES = ("0692 12 34 56", "+262692123456", "00 262 692 12 34 56")


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


@pytest.fixture
def annexe(moteur: Engine, saisie: Saisie) -> Saisie:
    return Saisie(enrole(moteur, PosteDEssai("Annexe", guichet=ANNEXE)), moteur)


def _taper(saisie: Saisie, **cherche: str) -> list[Candidat]:
    """Avant tout dossier : ce que l'agent tape."""
    personne = PersonneCherchee(**{"noms": "", "prenoms": ""} | cherche)
    return chercher(saisie.moteur, saisie.poste.porteur, personne, DEPART)


def _depuis(saisie: Saisie, document: dict[str, Any]) -> list[Candidat]:
    """Depuis un dossier, tel qu'un poste le demande."""
    ici = saisie.nouveau(document)
    personne = personne_du_document({**document, "id": ici}, "agent")
    return chercher(saisie.moteur, saisie.poste.porteur, personne, DEPART)


def _dossier(nom: str, prenoms: str, **contact: str) -> dict[str, Any]:
    return {"demandeur": {"nom": nom, "prenoms": prenoms}, "contact": contact}


@pytest.mark.parametrize(("ici", "la"), list(product(SIENS, SIENS)))
def test_le_meme_telephone_rapproche_ou_qu_on_l_ait_note(saisie: Saisie, annexe: Saisie, ici: str, la: str) -> None:
    """Le premier d'un guichet est l'autre d'un autre ; un nom que l'autre n'avait pas n'y change rien."""
    dossier = annexe.nouveau(_dossier("Payet", "Marie", **{"telephone": "0639980101", la: NUMERO}))
    trouves = _depuis(saisie, _dossier("Hoarau", "Lise", **{"telephone": "0639980102", ici: "0692 12 34 56"}))
    assert [(un.dossier, un.raisons) for un in trouves] == [(dossier, ("même téléphone",))]


@pytest.mark.parametrize(("ici", "la"), list(product(SIENS, SIENS)))
def test_le_nom_et_l_autre_telephone_se_disent_ensemble(saisie: Saisie, annexe: Saisie, ici: str, la: str) -> None:
    """Deux accords rangent plus haut qu'un seul : il passe devant qui n'a que son nom."""
    homonyme = annexe.nouveau(_dossier("Payet", "Marie"))
    dossier = annexe.nouveau(_dossier("Payet", "Marie", **{la: NUMERO}))
    trouves = _depuis(saisie, _dossier("Payet", "Marie", **{ici: "0692 12 34 56"}))
    assert [(un.dossier, un.raisons) for un in trouves] == [
        (dossier, ("même nom", "même téléphone")),
        (homonyme, ("même nom",)),
    ]


@pytest.mark.parametrize("tape", ECRITURES)
def test_le_telephone_de_qui_aide_se_cherche_et_se_dit(saisie: Saisie, annexe: Saisie, tape: str) -> None:
    """Elle ne sait que le numéro de sa fille : tapé avant tout dossier, il trouve, et dit de qui il est."""
    dossier = annexe.nouveau(_dossier("Payet", "Marie", **{AIDANT: NUMERO}))
    trouves = _taper(saisie, telephone=tape)
    assert [(un.dossier, un.raisons) for un in trouves] == [(dossier, ("même téléphone", "aidant"))]


def test_il_ne_se_cherche_plus_quand_il_part(saisie: Saisie, annexe: Saisie) -> None:
    """L'index suit le champ."""
    dossier = annexe.nouveau(_dossier("Payet", "Marie"))
    annexe.recu(annexe.poser(dossier, {f"contact.{AIDANT}": NUMERO}))
    assert [un.dossier for un in _taper(saisie, telephone=NUMERO)] == [dossier]
    annexe.lire()
    annexe.recu(annexe.poser(dossier, {f"contact.{AIDANT}": ""}))
    assert _taper(saisie, telephone=NUMERO) == []


@pytest.mark.parametrize(("ici", "la"), [(AIDANT, AIDANT), (AIDANT, "telephone"), ("telephone", AIDANT)])
def test_qui_aide_deux_personnes_n_en_fait_pas_une(saisie: Saisie, annexe: Saisie, ici: str, la: str) -> None:
    """Depuis un dossier, le téléphone d'une association, d'une fille, d'un voisin n'est celui de personne d'autre."""
    annexe.nouveau(_dossier("Payet", "Marie", **{la: NUMERO}))
    assert _depuis(saisie, _dossier("Hoarau", "Lise", **{ici: NUMERO})) == []


@pytest.mark.parametrize(("ici", "la"), [(AIDANT, AIDANT), (AIDANT, "telephone"), ("telephone", AIDANT)])
def test_il_ouvre_une_porte_a_un_nom_qui_ressemble(saisie: Saisie, annexe: Saisie, ici: str, la: str) -> None:
    """Un nom trop mal écrit pour s'entendre pareil : le téléphone y mène, le nom décide, et lui seul se dit."""
    dossier = annexe.nouveau(_dossier("Ramanantsoa", "", **{la: NUMERO}))
    trouves = _depuis(saisie, _dossier("Ramananzoa", "", **{ici: NUMERO}))
    assert [(un.dossier, un.raisons) for un in trouves] == [(dossier, ("nom proche",))]


def test_le_telephone_d_un_discret_ne_mene_a_rien(saisie: Saisie, annexe: Saisie) -> None:
    """Aucun de ses numéros, pas même celui de qui l'aide."""
    contact = dict(zip((*SIENS, AIDANT), ("0692000001", "0692000002", "0692000003"), strict=True))
    annexe.nouveau({**_dossier("Payet", "Marie", **contact), "protection": {"discret": True}})
    assert [_taper(saisie, telephone=un) for un in contact.values()] == [[], [], []]
    assert _depuis(saisie, _dossier("Payet", "Marie", **contact)) == []


def test_mutant_le_seul_premier_telephone(saisie: Saisie, annexe: Saisie, monkeypatch: pytest.MonkeyPatch) -> None:
    """Si seul le premier téléphone partait, l'autre ne mènerait à rien."""
    annexe.nouveau(_dossier("Payet", "Marie", telephone=NUMERO))
    monkeypatch.setattr(doublons, "_siens", lambda cherchee: [doublons.cle(cherchee.telephone)])
    assert _depuis(saisie, _dossier("Hoarau", "Lise", telephone_autre=NUMERO)) == []
