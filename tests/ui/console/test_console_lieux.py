"""« lieux » : ouvert à l'instant demandé, le plus proche d'abord ; rien d'inventé, rien de confidentiel."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from outils_console import lancer, rendre

from modele.chargement import charger_regles
from modele.lieux.modele import Lieu
from modele.regles.provenance import Provenance
from modele.territoire.annuaire import Voulu
from ui.console.lieux import LieuxTrouves, lire_instant

COLOMBE = ("--commune", "99X01")
MARDI_10_H = ("--le", "2026-12-01T10:00")


def lieux(*arguments: str) -> list[dict[str, Any]]:
    return list(rendre("lieux", *arguments, "--json")["lieux"])


def test_ouvert_d_abord_et_le_plus_proche() -> None:
    rendus = lieux(*COLOMBE, *MARDI_10_H)
    assert [un["id"] for un in rendus] == [
        "accueil-logement", "ccas-colombe", "maison-solidarite-vieux-pont", "mairie-port-clair",
        "numerique-sources-le-bois",
    ]  # fmt: skip
    assert [un["ouvert"] for un in rendus] == [True, True, True, None, False]
    ccas = rendus[1]
    assert (ccas["jusqu_a"], ccas["distance_km"], ccas["niveau"], ccas["fictif"]) == ("2026-12-01T12:00", 0, 2, True)
    assert "source" not in ccas
    assert rendus[4]["prochaine"] == "2026-12-02T10:00"
    assert rendus[4]["distance_km"] is None
    assert not rendus[2]["dessert_la_commune"]


def test_un_jour_entier_et_non_un_instant() -> None:
    noel = {un["id"]: un for un in lieux(*COLOMBE, "--le", "2026-12-25")}
    assert (noel["ccas-colombe"]["ouvert"], noel["numerique-sources-le-bois"]["ouvert"]) == (False, None)
    assert noel["ccas-colombe"]["jusqu_a"] is noel["ccas-colombe"]["prochaine"] is None


def test_un_lieu_confidentiel_n_y_est_jamais() -> None:
    """Ni son nom, ni son téléphone, ni qu'il existe."""
    for arguments in ((), ("--json",)):
        dit = lancer("lieux", *COLOMBE, *MARDI_10_H, *arguments).stdout
        assert "ébergement" not in dit
        assert "49 00 66" not in dit


def test_par_besoin_et_par_langue() -> None:
    assert [un["id"] for un in lieux(*COLOMBE, *MARDI_10_H, "--besoin", "domiciliation")] == ["ccas-colombe"]
    assert [un["id"] for un in lieux(*COLOMBE, *MARDI_10_H, "--langue", "uk")] == ["accueil-logement"]


def test_d_un_territoire_reel_le_manque_se_voit() -> None:
    rendu = rendre("lieux", "--commune", "63113", "--le", "2026-12-01", "--json")
    assert (rendu["territoire"], rendu["lieux"]) == ("clermont-auvergne-metropole", [])
    assert "Clermont Auvergne Métropole" in rendu["manque"]
    dit = lancer("lieux", "--commune", "31555", "--le", "2026-12-01", "--territoire", "toulouse-metropole")
    assert dit.returncode == 0
    assert "Aucun lieu n'est inscrit" in dit.stdout


def test_se_lit_en_80_colonnes_et_dit_a_faire_valider() -> None:
    dit = lancer("lieux", *COLOMBE, *MARDI_10_H).stdout
    assert max(map(len, dit.splitlines())) <= 80
    serre = " ".join(dit.split())
    assert "ouvert jusqu'à 12 h · dans la commune" in serre
    assert "Niveau 2 : Enregistrement, mise à jour, pièces, état du dossier (à faire valider)" in serre
    assert "ouvre ce jour-là" in lancer("lieux", *COLOMBE, "--le", "2026-12-01").stdout
    sans = lancer("lieux", *COLOMBE, "--le", "2026-12-01", "--langue", "ka")
    assert "Aucun lieu ne répond" in sans.stdout


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (("--commune", "75056"), "n'est dans aucun territoire livré"),
        (("--commune", "99999"), "n'est dans aucun territoire livré"),
        (("--commune", "63000", "--territoire", "metropole-exemple"), "C'est un code postal"),
        (("--commune", "99X01", "--territoire", "metropole-exempl"), "vouliez-vous « metropole-exemple »"),
        ((*COLOMBE, "--le", "2026-02-30"), "cette date n'existe pas"),
        ((*COLOMBE, "--le", "demain"), "cette date n'existe pas"),
        ((*COLOMBE, "--le", "2026-12-01T25:00"), "cette date n'existe pas"),
        ((*COLOMBE, "--le", "9999-12-31"), "cette date n'existe pas"),
        ((*COLOMBE, "--besoin", "papier"), "--besoin papier : inconnu"),
        ((*COLOMBE, "--langue", "klingon"), "--langue klingon : inconnu"),
    ],
)
def test_une_faute_se_dit_en_une_phrase(arguments: tuple[str, ...], phrase: str) -> None:
    rendu = lancer("lieux", *arguments)
    assert (rendu.returncode, rendu.stdout) == (2, "")
    assert phrase in rendu.stderr
    assert "Traceback" not in rendu.stderr


def test_un_lieu_reel_dit_sa_source_et_son_age() -> None:
    regles = charger_regles("clermont-auvergne-metropole")
    provenance = Provenance(source="essai", verifie_le=lire_instant("2026-01-01")[0].date())
    reel = Lieu("x", "X", "CCAS", commune="63113", provenance=provenance)
    regles = replace(regles, territoire=replace(regles.territoire, lieux=(reel,)))
    voulu = Voulu(lire_instant("2026-12-01T10:00")[0], "63113")
    (dit,) = LieuxTrouves(regles, voulu, tuple(regles.annuaire.chercher(voulu))).json["lieux"]
    assert (dit["source"], dit["a_confirmer"], dit["niveau"], dit["horaires"]) == ("essai", True, None, None)
    assert "fictif" not in dit
    assert json.dumps(dit, default=str)
