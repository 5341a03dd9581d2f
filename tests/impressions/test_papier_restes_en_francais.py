"""Ce que rien ne redit dans une langue sort en français, et l'agent le lit avant que le papier ne parte."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from cas_du_guichet import CAS
from exemples_papier import MENTIONS, rendez_vous_a
from lecture_pdf import texte_plat

from impressions.depuis_bilan import donnees
from impressions.document import composer
from impressions.papier import OBSERVES_TUS, Papier, restes_en_francais
from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.chargement.manques import manques
from modele.chargement.mots_du_territoire import MotsDuTerritoire
from modele.mots.phrases import mots
from modele.mots.reperes import Observe, Observes
from modele.regles.traduction import non_redit, sans_marque

JOUR = date(2026, 11, 23)
LANGUE = "es"
SURCOUCHES = {
    "codes": ("resume", {}),
    "definitions": ("cotation", {}),
    "questions": ("resume", {}),
    "voies": ("dates", {}),
    "echeances": ("dates", {}),
    "pieces": ("pieces", {}),
    "contacts": ("audience", {}),
    "attendus": ("lieux", {}),
    "lieu": ("cotation", MotsDuTerritoire()),
}
"""Chaque surcouche, une fiche qu'elle redit, et ce qu'elle est, vide."""
OBSERVE = Observes(("Infocentre.",), (Observe("Colombe, T3", "Délais : 22 mois.", "Notes : 12."),))


DU_PAYS = ("contacts", "attendus")
"""Ce qui ne s'imprime que là où le territoire ne dit pas le sien."""
EXPULSE = next(cas["dossier"] for cas in CAS if cas["id"] == "s4-assignation")


@cache
def regles(territoire: str = "metropole-exemple") -> Regles:
    return charger_regles(territoire)


def sans(champ: str) -> Regles:
    """Les règles, où l'espagnol a perdu cette surcouche."""
    entieres = regles("clermont-auvergne-metropole") if champ in DU_PAYS else regles()
    dites = replace(entieres.langues[LANGUE], **{champ: SURCOUCHES[champ][1]})
    return replace(entieres, langues={LANGUE: dites})


def bilan(ces_regles: Regles) -> Bilan:
    return etablir(ces_regles, {"id": "x", "territoire": ces_regles.territoire.id, **EXPULSE}, JOUR)


def papier(ces_regles: Regles, fiche: str, langue: str = LANGUE, **ajouts: Any) -> Papier:
    prets = donnees(bilan(ces_regles), langue, mentions=MENTIONS, rendez_vous=rendez_vous_a(), **ajouts)
    return composer(fiche, prets, langue)


@pytest.mark.parametrize("champ", SURCOUCHES)
def test_une_surcouche_perdue_se_dit_et_ne_laisse_pas_de_marque(champ: str) -> None:
    fiche = SURCOUCHES[champ][0]
    dit = papier(sans(champ), fiche)
    assert "Ce papier dit en français ce que rien ne redit encore en espagnol : « " in dit.avertissement
    assert sans_marque(texte_plat(dit)) == (texte_plat(dit), ())
    assert papier(regles(), fiche).avertissement == ""


def test_une_langue_que_rien_ne_redit_se_dit() -> None:
    """Pas une surcouche : tout le droit sort en français, et se dit ; un autre français n'a rien à dire."""
    nues = replace(regles(), langues={})
    assert " autres. Lisez-le à voix haute." in papier(nues, "resume").avertissement
    assert nues.en("fr-falc").pieces == regles().pieces
    assert nues.en("fr") is nues


def test_une_voie_et_une_unite_neuves_se_disent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ce qu'une publication ajoute, après la traduction : une voie, l'unité d'un fait."""
    neuves = tuple(replace(voie, id=f"{voie.id}-neuve") for voie in regles().orientations)
    assert "« Convocation au tribunal" in papier(replace(regles(), orientations=neuves), "dates").avertissement
    tables = {nom: un for nom, un in mots(LANGUE).tables.items() if nom != "mesure"}
    monkeypatch.setattr(mots(LANGUE), "tables", tables)
    assert "« part des ressources" in papier(regles(), "cotation").avertissement


@pytest.mark.parametrize("champ", [nom for nom in SURCOUCHES if nom != "lieu"])
def test_ce_qui_se_dit_est_dans_la_liste_du_traducteur(champ: str) -> None:
    """Le papier et ``main.py fiches --langue`` parlent de la même chose."""
    restes = {un.francais.partition(" ; ")[0][:40] for un in manques(sans(champ), LANGUE, tout=True)}
    dit = papier(sans(champ), SURCOUCHES[champ][0]).avertissement
    assert any(reste in dit for reste in restes if len(reste) > 3)


def test_ce_que_le_systeme_a_observe_ne_se_perd_pas_sans_un_mot() -> None:
    assert OBSERVES_TUS in papier(regles(), "cotation", observes=OBSERVE).avertissement
    assert "Colombe, T3" not in texte_plat(papier(regles(), "cotation", observes=OBSERVE))
    assert papier(regles(), "resume", observes=OBSERVE).avertissement == ""
    assert papier(regles(), "cotation", observes=replace(OBSERVE, lignes=())).avertissement == ""
    francais = papier(regles(), "cotation", "fr", observes=OBSERVE)
    assert "Colombe, T3" in texte_plat(francais)
    assert francais.avertissement == ""


def test_les_mentions_de_l_exploitant_sortent_en_francais_et_se_disent() -> None:
    """Il les écrit une fois, en français ; les noms, eux, n'ont pas à se traduire."""
    dit = papier(regles(), "donnees").avertissement
    assert f"« {MENTIONS.accord} », « {MENTIONS.conservation} », « {MENTIONS.hebergement} ». " in dit
    assert papier(regles(), "donnees", "fr").avertissement == ""


@pytest.mark.parametrize(
    ("texte", "lu"),
    [("Bail", "Bail"), ("« Pièce » d'identité.", "« Pièce » d'identité."), ("05 36 49", "05 36 49"), ("", "")],
)
def test_une_marque_s_ote_et_ne_tient_qu_a_un_mot(texte: str, lu: str) -> None:
    assert sans_marque(non_redit(texte))[0] == lu
    assert bool(sans_marque(non_redit(texte))[1]) is any(lettre.isalpha() for lettre in texte)


def test_seul_ce_qui_n_est_pas_redit_se_nomme() -> None:
    """D'une phrase mêlée, la part française ; deux dans la même se nomment toutes deux."""
    phrase = f"Ingresos: 12 {non_redit('mois révolus')} · {non_redit('« Bail »')}"
    assert sans_marque(phrase) == ("Ingresos: 12 mois révolus · « Bail »", ("mois révolus · « ", "Bail »"))


def test_trois_restes_se_nomment_et_les_autres_se_comptent() -> None:
    (dit,) = restes_en_francais(["un", "deux", "trois", "x" * 80, "cinq"], "ar")
    assert dit.endswith("ne redit encore en arabe : « un », « deux », « trois » et 2 autres. Lisez-le à voix haute.")
    assert f"« {'x' * 60}… »" in next(restes_en_francais(["x" * 80], "ar"))
    assert list(restes_en_francais([], "ar")) == []


MUTANTS = {
    "le chargeur ne marque rien": ("modele.chargement.mots_du_droit.non_redit", lambda francais: francais),
    "le papier ôte la marque sans rien dire": ("impressions.atelier.sans_marque", lambda t: (sans_marque(t)[0], ())),
}


@pytest.mark.parametrize(("nom", "mutant"), MUTANTS.values(), ids=MUTANTS)
def test_mutant_un_reste_tu_se_voit(nom: str, mutant: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans l'un ou l'autre, les pièces sortiraient en français sans un mot."""
    monkeypatch.setattr(nom, mutant)
    assert papier(sans("pieces"), "pieces").avertissement == ""
