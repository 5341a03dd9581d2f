"""Une page en français simple : elle dit n'être pas relue, et ne porte nulle part le nom de ce qui l'est."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from typing import Any, Final

import pytest
from exemples_papier import MENTIONS, rendez_vous_a
from lecture_pdf import metadonnees, octets, texte, texte_plat

from impressions import bilingue
from impressions.depuis_bilan import donnees
from impressions.document import composer, nom_de_fichier, titre_de_travail
from modele.bilan import Bilan, charger_regles, etablir
from modele.chargement import Regles
from modele.mots.phrases import mots
from ressources import RESSOURCES

SIMPLE: Final = "fr-falc"
JOUR: Final = date(2026, 11, 23)
NOM_RESERVE: Final = re.compile(r"FALC|faciles? à lire|easy.to.read", re.IGNORECASE)
PAS_RELU: Final = "français simple, pas encore relu par des personnes concernées"


@cache
def regles() -> Regles:
    return charger_regles("metropole-exemple")


@cache
def bilan() -> Bilan:
    lus: Any = json.loads((RESSOURCES / "exemples" / "dossiers.json").read_text(encoding="utf-8"))
    liste = lus if isinstance(lus, list) else lus.get("dossiers", list(lus.values()))
    tous = [un.get("document", un) | {"territoire": "metropole-exemple"} for un in liste if isinstance(un, dict)]
    document = next(un for un in tous if not etablir(regles(), un, JOUR).a_taire)
    return etablir(regles(), document | {"demande": document["demande"] | {"date_depot": "2026-11-20"}}, JOUR)


@pytest.mark.parametrize("fiche", [un.id for un in regles().fiches.disponibles() if SIMPLE in un.langues])
def test_chaque_page_dit_qu_elle_n_est_pas_relue_et_rien_n_y_porte_le_nom_reserve(fiche: str) -> None:
    prets = donnees(bilan(), SIMPLE, mentions=MENTIONS, rendez_vous=rendez_vous_a())
    pdf = composer(fiche, prets, SIMPLE)
    for page in texte(pdf).split("\f"):
        dit = " ".join(page.replace("\u00a0", " ").split())
        assert PAS_RELU in dit
        assert "traduction non relue" not in dit  # ce n'est pas une traduction
    apparent = f"{texte_plat(pdf)} {metadonnees(pdf)} {nom_de_fichier(fiche, prets, SIMPLE)}"
    assert not NOM_RESERVE.search(f"{apparent} {titre_de_travail(fiche, prets, SIMPLE)}")
    assert not re.search(rb"falc", octets(pdf), re.IGNORECASE)


def test_ses_mots_a_elle_disent_la_note_et_sa_mention() -> None:
    dit = texte_plat(composer("cotation", donnees(bilan(), SIMPLE, mentions=MENTIONS), SIMPLE))
    assert "Note à peu près, que personne n’est obligé de suivre" in dit.replace("'", "’")
    assert "non opposable" not in dit


def test_mutant_la_mention_d_une_traduction_s_y_ajouterait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bilingue, "langue_de", lambda _: type("Sans", (), {"socle": ""}))
    dit = texte_plat(composer("pieces", donnees(bilan(), SIMPLE, mentions=MENTIONS), SIMPLE))
    assert mots()("page.pas_relu") in dit
