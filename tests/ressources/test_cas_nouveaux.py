"""Quinze situations écrites d'après les textes : exactement ces voies, ces dates, ces lettres, ces motifs."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from impressions.offres import offres
from modele.bilan import Bilan, etablir
from modele.chargement import Regles, charger_regles
from modele.orientation.dalo import examiner_recours
from modele.orientation.publics import examiner_publics
from ui.console.voies import dire_voies, orienter_dossier

JOUR = date(2026, 11, 29)
CAS = tomllib.loads((Path(__file__).parent / "cas" / "nouveaux.toml").read_text(encoding="utf-8"))["cas"]


@cache
def regles() -> Regles:
    return charger_regles("metropole-exemple")


def bilan(cas: dict[str, Any]) -> Bilan:
    document = {"id": "x", "territoire": "metropole-exemple", **json.loads(cas["dossier"])}
    return etablir(regles(), document, JOUR)


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas["id"])
def test_exactement_ces_voies(cas: dict[str, Any]) -> None:
    """Rien de dangereux ne manque, rien d'absurde ne s'ajoute."""
    assert sorted(voie.id for voie in bilan(cas).voies_retenues) == sorted(cas["retenues"])


@pytest.mark.parametrize("cas", [cas for cas in CAS if "echeances" in cas], ids=lambda cas: cas["id"])
def test_exactement_ces_dates(cas: dict[str, Any]) -> None:
    """« Agissez avant », puis, si le texte la dit, la fin possible."""
    dites = {e.id: [e.le, e.fin_possible] for voie in bilan(cas).voies_retenues for e in voie.echeances}
    for nom, attendues in cas["echeances"].items():
        assert [str(une) for une in dites[nom]][: len(attendues)] == attendues


@pytest.mark.parametrize("cas", [cas for cas in CAS if "lettres" in cas or "motifs" in cas], ids=lambda cas: cas["id"])
def test_ces_lettres_et_ces_motifs(cas: dict[str, Any]) -> None:
    """Rempli, à établir, ou rien ne l'indique : jamais « non »."""
    situation = bilan(cas).situation
    lettres = {un.regle.code: un.examen.verdict.value for un in examiner_publics(regles().publics, situation)}
    motifs = {un.regle.id: un.examen.verdict.value for un in examiner_recours(regles().recours, situation)}
    assert {code: lettres[code] for code in cas.get("lettres", {})} == cas.get("lettres", {})
    assert {nom: motifs[nom] for nom in cas.get("motifs", {})} == cas.get("motifs", {})


def test_la_fiche_115_se_ferme_au_mineur_seul_et_a_lui_seul() -> None:
    """Refusée seulement si les trois sont dits, et jamais à une mineure enceinte ni à qui accompagne ses parents."""
    par_id = {cas["id"]: cas for cas in CAS}
    offertes = {nom: {offre.id for offre in offres(bilan(cas))} for nom, cas in par_id.items()}
    assert "115" not in offertes["mineur-seul"]
    assert {"115"} <= offertes["mineure-enceinte"] & offertes["mineur-avec-ses-parents"] & offertes["suicide"]


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas["id"])
def test_six_voies_au_plus_en_avant(cas: dict[str, Any]) -> None:
    """La commande ne met en avant que cela ; le reste tient en une ligne chacun."""
    rendu = orienter_dossier(json.loads(cas["dossier"]), "metropole-exemple", JOUR)
    assert len(rendu.json["en_avant"]) <= 6
    menees = {voie.id for voie in rendu.bilan.voies if voie.menee}
    assert menees.issuperset(rendu.json["en_avant"])
    assert dire_voies(rendu)


@pytest.mark.parametrize("voie", regles().orientations, ids=lambda voie: voie.id)
def test_le_premier_geste_tient_en_douze_mots(voie: Any) -> None:
    """Il se lit d'un coup d'œil, en haut de la page."""
    mots = [mot for mot in voie.gestes[0].split() if any(signe.isalnum() for signe in mot)]
    assert len(mots) <= 12
