"""Chaque cas, chaque dossier d'exemple : conditions, motifs, lettres et calendrier, contre ce qu'en disent les textes.

Les attendus (`cas/recours.toml`, et `motifs`, `lettres` de `guichet.toml`) ont été écrits à la main avant de lancer.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from test_cas_du_guichet import CAS as GUICHET
from test_cas_du_guichet import JOUR, bilan

from modele.bilan import Bilan
from modele.dossier.chemins import poser
from ressources import RESSOURCES
from ui.console.dalo import dire_dalo, examiner_dalo
from ui.mots.priorites import Sorte, lignes

ATTENDUS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cas" / "recours.toml").read_text("utf-8"))[
    "cas"
]
EXEMPLES = json.loads((RESSOURCES / "exemples" / "dossiers.json").read_text("utf-8"))
DOSSIERS = {cas["id"]: cas for cas in GUICHET} | {un["demandeur"]["nom"]: {"dossier": un} for un in EXEMPLES}
SORTES = {"motifs": Sorte.MOTIF, "conditions": Sorte.CONDITION, "lettres": Sorte.LETTRE}


def table(examine: Bilan, sorte: Sorte) -> dict[str, str]:
    return {ligne.id: ligne.verdict.value for ligne in lignes(examine) if ligne.sorte is sorte}


def attendue(dit: dict[str, list[str]], noms: dict[str, str]) -> dict[str, str]:
    """Ce qui n'est dit ni rempli ni « rien » est à établir."""
    assert not {*dit["remplis"], *dit["rien"]} - set(noms), "un nom mal écrit n'éprouverait rien"
    verdicts = dict.fromkeys(noms, "a_etablir")
    return verdicts | dict.fromkeys(dit["remplis"], "rempli") | dict.fromkeys(dit["rien"], "rien_ne_l_indique")


def test_aucun_cas_n_est_oublie() -> None:
    """Les cas du guichet, les situations d'accueil et les douze exemples."""
    assert [cas["id"] for cas in ATTENDUS] == list(DOSSIERS)
    sans = {cas["id"] for cas in ATTENDUS if "motifs" not in cas}
    assert sans == {cas["id"] for cas in GUICHET if cas.get("exactes")}


@pytest.mark.parametrize("quoi", SORTES)
@pytest.mark.parametrize("cas", ATTENDUS, ids=lambda cas: cas["id"])
def test_la_table_dit_ce_que_disent_les_textes(cas: dict[str, Any], quoi: str) -> None:
    if quoi in cas:
        dite = table(bilan(DOSSIERS[cas["id"]]), SORTES[quoi])
        assert dite == attendue(cas[quoi], dite)


@pytest.mark.parametrize("cas", ATTENDUS, ids=lambda cas: cas["id"])
def test_le_calendrier_part_de_l_accuse_de_reception_ou_de_la_decision(cas: dict[str, Any]) -> None:
    """Chaque date, et chaque étape que le fait qui manque ne permet pas de dater ; rien d'autre."""
    etapes = bilan(DOSSIERS[cas["id"]]).calendrier
    dites = {e.regle.id: [str(e.echeance.le), str(e.echeance.fin_possible)] for e in etapes if e.datee and e.echeance}
    assert dites == cas.get("dates", {})
    assert [e.regle.id for e in etapes if e.fait is not None] == cas["a_dater"]


# Jamais fermé parce que la personne est déjà en logement social.


@pytest.mark.parametrize("cas", ATTENDUS, ids=lambda cas: cas["id"])
def test_etre_deja_en_logement_social_ne_ferme_rien(cas: dict[str, Any]) -> None:
    """L441-2-3 II ne distingue pas le bailleur : le même dossier, locataire d'un HLM ou du privé, a la même table."""
    tables = []
    for statut in ("locataire_prive", "locataire_hlm"):
        document = poser(DOSSIERS[cas["id"]]["dossier"], "logement_actuel.statut", statut)
        tables.append(table(bilan({"dossier": document}), Sorte.MOTIF))
    assert tables[0] == tables[1]


@pytest.mark.parametrize("cas", ATTENDUS, ids=lambda cas: cas["id"])
def test_la_commande_dit_la_meme_chose_et_jamais_non(cas: dict[str, Any]) -> None:
    rendu = examiner_dalo(DOSSIERS[cas["id"]]["dossier"], "metropole-exemple", JOUR)
    for cle, sorte in (("motifs", Sorte.MOTIF), ("conditions_generales", Sorte.CONDITION), ("lettres", Sorte.LETTRE)):
        assert {un["id"]: un["verdict"] for un in rendu.json[cle]} == table(rendu.bilan, sorte)
        assert all(un["raison"] and un["article"] for un in rendu.json[cle])
    texte = dire_dalo(rendu)
    assert max(map(len, texte.splitlines())) <= 80
    assert not [ligne for ligne in texte.lower().splitlines() if ligne.strip(" -.") == "non"]
