"""Les cas du guichet et seize situations, écrits d'après les textes : exactement ces voies, dates, lettres, motifs."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest
from cas_du_guichet import CAS

from impressions.offres import offres
from modele.bilan import Bilan, etablir
from modele.chargement import Regles, charger_regles
from modele.dossier.formes import Gravite
from modele.dossier.validation import valider
from ui.console.voies import dire_voies, orienter_dossier

JOUR = date(2026, 11, 29)


@cache
def regles() -> Regles:
    return charger_regles("metropole-exemple")


def bilan(cas: dict[str, Any]) -> Bilan:
    document = {"id": "x", "territoire": "metropole-exemple", **cas["dossier"]}
    return etablir(regles(), document, JOUR)


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas["id"])
def test_le_dossier_est_un_vrai_dossier(cas: dict[str, Any]) -> None:
    """Un champ mal écrit serait ignoré, et le cas n'éprouverait plus rien."""
    assert [constat for constat in valider(cas["dossier"], JOUR) if constat.gravite is Gravite.ERREUR] == []


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas["id"])
def test_exactement_ces_voies(cas: dict[str, Any]) -> None:
    """Rien de dangereux ne manque, rien d'absurde ne s'ajoute."""
    assert sorted(voie.id for voie in bilan(cas).voies_retenues) == sorted(cas["retenues"])


@pytest.mark.parametrize("cas", [cas for cas in CAS if "ouvertes" in cas], ids=lambda cas: cas["id"])
def test_ces_voies_ne_se_taisent_pas(cas: dict[str, Any]) -> None:
    """Ce qu'une réponse floue laisse ouvert reste retenu ou possible."""
    assert set(cas["ouvertes"]) <= {voie.id for voie in bilan(cas).voies}


@pytest.mark.parametrize(
    "cas", [cas for cas in CAS if "echeances" in cas or cas.get("exactes")], ids=lambda cas: cas["id"]
)
def test_exactement_ces_dates(cas: dict[str, Any]) -> None:
    """« Agissez avant », puis, si le cas la dit, la fin possible ; `exactes` : nulle autre date."""
    dites = {
        e.id: [str(e.le), str(e.fin_possible)] for voie in bilan(cas).voies_retenues for e in voie.echeances if e.le
    }
    attendues = cas.get("echeances", {})
    assert {nom: dites[nom][: len(dates)] for nom, dates in attendues.items()} == attendues
    assert not cas.get("exactes") or set(dites) == set(attendues)


def lues(cas: dict[str, Any], quoi: str) -> dict[str, str]:
    """Les lettres, ou les motifs, et leur verdict : tout ce qui n'est pas silencieux, et ce que le cas nomme."""
    examines = bilan(cas)
    motifs = {motif.id for motif in regles().recours.motifs}
    dites: dict[str, dict[str, str]] = {
        "lettres": {un.regle.code: un.examen.verdict.value for un in examines.publics},
        "motifs": {un.regle.id: un.examen.verdict.value for un in examines.recours if un.regle.id in motifs},
    }
    tout = cas.get("exactes", False)
    return {nom: dit for nom, dit in dites[quoi].items() if nom in cas[quoi] or (tout and dit != "rien_ne_l_indique")}


@pytest.mark.parametrize(
    ("cas", "quoi"),
    [pytest.param(cas, quoi, id=f"{cas['id']}-{quoi}") for cas in CAS for quoi in ("lettres", "motifs") if quoi in cas],
)
def test_ces_lettres_et_ces_motifs(cas: dict[str, Any], quoi: str) -> None:
    """Rempli, à établir, ou rien ne l'indique, jamais « non » ; `exactes` : et rien d'autre."""
    assert lues(cas, quoi) == cas[quoi]


@pytest.mark.parametrize("cas", [cas for cas in CAS if cas.get("exactes")], ids=lambda cas: cas["id"])
def test_un_motif_dalo_rempli_ouvre_toujours_sa_preparation(cas: dict[str, Any]) -> None:
    """Tous les motifs de L441-2-3 II, pas seulement l'absence de toit (S5 : suroccupation, handicap)."""
    remplis = {nom for nom, dit in lues(cas | {"motifs": {}}, "motifs").items() if dit == "rempli" and nom != "daho"}
    assert ("preparer-dalo" in {voie.id for voie in bilan(cas).voies_retenues}) == bool(remplis)


def test_la_fiche_115_se_ferme_au_mineur_seul_et_a_lui_seul() -> None:
    """Refusée seulement si les trois sont dits, et jamais à une mineure enceinte ni à qui accompagne ses parents."""
    par_id = {cas["id"]: cas for cas in CAS}
    offertes = {nom: {offre.id for offre in offres(bilan(cas))} for nom, cas in par_id.items()}
    assert "115" not in offertes["mineur-seul"]
    assert {"115"} <= offertes["mineure-enceinte"] & offertes["mineur-avec-ses-parents"] & offertes["suicide"]


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas["id"])
def test_six_voies_au_plus_en_avant(cas: dict[str, Any]) -> None:
    """La commande ne met en avant que cela ; le reste tient en une ligne chacun."""
    rendu = orienter_dossier(cas["dossier"], "metropole-exemple", JOUR)
    assert len(rendu.json["en_avant"]) <= 6
    menees = {voie.id for voie in rendu.bilan.voies if voie.menee}
    assert menees.issuperset(rendu.json["en_avant"])
    assert dire_voies(rendu)


@pytest.mark.parametrize("voie", regles().orientations, ids=lambda voie: voie.id)
def test_le_premier_geste_tient_en_douze_mots(voie: Any) -> None:
    """Il se lit d'un coup d'œil, en haut de la page."""
    mots = [mot for mot in voie.gestes[0].split() if any(signe.isalnum() for signe in mot)]
    assert len(mots) <= 12
