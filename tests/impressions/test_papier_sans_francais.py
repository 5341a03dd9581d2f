"""Aucun paragraphe d'une page d'une autre langue n'est français, sauf un nom ou un mot à montrer à un bureau."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import pytest
from detecteur_langue import en_francais, noms_propres, paragraphes
from exemples_papier import MENTIONS, rendez_vous_a

from impressions.depuis_bilan import donnees
from modele.bilan import Bilan, charger_regles, etablir
from modele.chargement import Regles
from modele.fiches.mesure import mesurer
from modele.mots.phrases import LANGUES, mots
from modele.regles.langues import FRANCAIS, langues
from ressources import RESSOURCES

JOUR = date(2026, 11, 23)
TRADUITES = sorted(
    nom for nom, une in langues().items() if not une.francaise and (LANGUES / nom / "mots.toml").is_file()
)
PERMIS_AU_PLUS = 60


@cache
def regles() -> Regles:
    return charger_regles("metropole-exemple")


@cache
def dossiers() -> dict[str, dict[str, Any]]:
    """Des dossiers d'exemple, du territoire d'exemple, qui ne sont pas discrets."""
    lus = json.loads((RESSOURCES / "exemples" / "dossiers.json").read_text(encoding="utf-8"))
    tous = {str(rang): un | {"territoire": "metropole-exemple"} for rang, un in enumerate(_documents(lus))}
    return {nom: un for nom, un in tous.items() if not etablir(regles(), un, JOUR).a_taire}


@cache
def bilans() -> tuple[Bilan, ...]:
    """Ce que Perron en dit en français, d'où part chaque langue."""
    return tuple(etablir(regles(), document, JOUR) for document in dossiers().values())


def _documents(lus: Any) -> list[dict[str, Any]]:
    liste = lus if isinstance(lus, list) else lus.get("dossiers", list(lus.values()))
    return [un.get("document", un) for un in liste if isinstance(un, dict)]


def offertes(langue: str) -> list[str]:
    return [fiche.id for fiche in regles().fiches.disponibles() if langue in fiche.langues]


@pytest.mark.parametrize("langue", TRADUITES)
def test_aucun_paragraphe_n_est_reste_en_francais(langue: str) -> None:
    restes = set()
    for bilan in bilans():
        prets = donnees(bilan, langue, mentions=MENTIONS, rendez_vous=rendez_vous_a())
        noms = noms_propres(bilan.document, prets) | {str(getattr(MENTIONS, un)) for un in MENTIONS.__slots__}
        for fiche in offertes(langue):
            restes |= {un for un in paragraphes(fiche, prets, langue) if en_francais(un, langue, noms)}
    assert restes == set()


@pytest.mark.parametrize("langue", TRADUITES)
def test_ce_qui_est_permis_est_court_et_justifie(langue: str) -> None:
    permis = mots(langue).tables.get("permis", {})
    assert len(permis) <= PERMIS_AU_PLUS
    assert all(isinstance(raison, str) and raison.strip() for raison in permis.values())


@pytest.mark.parametrize("langue", TRADUITES)
def test_une_langue_a_les_memes_phrases_que_le_francais(langue: str) -> None:
    """Les mêmes clés et les mêmes emplacements : une phrase absente se dirait au moment d'imprimer."""
    dites, francais = mots(langue).tables, mots(FRANCAIS).tables
    assert {(s, c) for s, t in francais.items() for c in t} - {(s, c) for s, t in dites.items() for c in t} == set()
    for section, phrases in francais.items():
        for cle, phrase in phrases.items():
            dite = dites[section][cle]
            for forme in (dite,) if isinstance(dite, str) else dite.values():
                assert _blancs(forme) <= _blancs(phrase), f"{section}.{cle}"


def _blancs(phrase: Any) -> set[str]:
    from string import Formatter

    formes = (phrase,) if isinstance(phrase, str) else phrase.values()
    return {nom for forme in formes for _, nom, _, _ in Formatter().parse(forme) if nom}


@pytest.mark.parametrize("langue", TRADUITES)
def test_une_fiche_traduite_l_est_entiere(langue: str) -> None:
    """Rien d'égal au français, une longueur raisonnable, et jamais une fiche refusée à son chargement."""
    permis = {mot.casefold() for mot in mots(langue).tables.get("permis", {})}
    for fiche in regles().fiches.servies.values():
        mesure = mesurer(fiche, langues()[langue], permis)
        assert mesure.etat != "refusee", mesure.raison
        if mesure.offerte:
            assert mesure.non_traduits == 0, fiche.id
            assert mesure.rapport_longueur is not None
            assert 0.6 <= mesure.rapport_longueur <= 1.8, fiche.id


def test_les_surcouches_livrees_se_lisent() -> None:
    """Elles ne se lisent qu'à la demande : leurs fautes se disent ici."""
    for langue in regles().langues:
        assert regles().langues[langue].id == langue


@pytest.mark.parametrize(
    ("phrase", "francaise"),
    [
        ("Votre demande de logement social est examinée par une commission qui reste libre de son choix.", True),
        ("Reçue le 10/11/2025", True),
        ("Order to pay (commandement de payer)", False),
        ("The committee stays free to choose between the applications it has received.", False),
        ("CCH R.441-2-10", False),
    ],
)
def test_le_detecteur_voit_le_francais(phrase: str, francaise: bool) -> None:
    assert en_francais(phrase, "en") is francaise


def test_mutant_une_surcouche_perdue_se_voit() -> None:
    """Sans la surcouche des pièces, leur libellé français reparaît, et le détecteur le dit."""
    from dataclasses import replace

    dites = replace(regles().langues["en"], pieces={})
    document = next(iter(dossiers().values()))
    sans = replace(regles(), langues={"en": dites})
    prets = donnees(etablir(sans, document, JOUR), "en", mentions=MENTIONS)
    restes = [un for un in paragraphes("pieces", prets, "en") if en_francais(un, "en", noms_propres(document, prets))]
    assert restes
