"""Chaque fiche dans chaque langue : pour un cas à chaque essai, pour les vingt-huit et les exemples en campagne."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Any

import pytest
from cas_du_guichet import CAS
from epreuve_du_papier import REFUS, Epreuve, refus_attendus
from exemples_papier import MENTIONS

from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.mots.phrases import LANGUES
from modele.regles.langues import FRANCAIS, langues
from ressources import RESSOURCES

JOUR = date(2026, 11, 29)
REFERENCE = "01900000-0000-7000-8000-00003f2a91bc"
SANS_GRILLE = "clermont-auvergne-metropole"
UN_CAS = "exemple-0"


@cache
def regles(territoire: str = "metropole-exemple") -> Regles:
    return charger_regles(territoire)


def _cas() -> Iterator[tuple[str, dict[str, Any]]]:
    exemples = json.loads((RESSOURCES / "exemples" / "dossiers.json").read_text(encoding="utf-8"))
    depot = {"date_depot": "2026-11-20", "heure_depot": "10:30"}
    for rang, un in enumerate(exemples):
        # Le premier a de quoi s'imprimer partout : sa demande est déposée.
        yield f"exemple-{rang}", un | {"demande": un["demande"] | depot} if rang == 0 else un
    for un in CAS:
        yield un["id"], {"id": REFERENCE, **un["dossier"]}


DOSSIERS = dict(_cas())


@cache
def bilan(cas: str, territoire: str = "metropole-exemple") -> Bilan:
    return etablir(regles(territoire), DOSSIERS[cas] | {"territoire": territoire}, JOUR)


@lru_cache(maxsize=1)
def epreuves(cas: str) -> tuple[Epreuve, Epreuve]:
    """Celle du territoire d'exemple, et celle d'un territoire sans grille, sans mentions inscrites."""
    return Epreuve(bilan(cas)), Epreuve(bilan(cas, SANS_GRILLE), None)


def fautes(cas: str, langue: str) -> dict[str, list[str]]:
    """Les fautes de chaque fiche ; sans grille ni mentions inscrites, celles qui en exigent se refusent."""
    ici, sans = epreuves(cas)
    trouvees = {fiche: ici.fautes(fiche, langue) for fiche in regles().fiches.servies}
    trouvees |= {f"{fiche}, sans grille ni mentions": sans.fautes(fiche, langue) for fiche in ("cotation", "donnees")}
    return {nom: unes for nom, unes in trouvees.items() if unes}


@pytest.mark.parametrize("langue", langues())
def test_un_cas_s_imprime_ou_se_refuse_comme_attendu(langue: str) -> None:
    """Un PDF, ou la phrase attendue : jamais une trace, jamais du français à la place, jamais un nombre en moins."""
    assert fautes(UN_CAS, langue) == {}


@pytest.mark.campagne
@pytest.mark.parametrize("langue", langues())
@pytest.mark.parametrize("cas", DOSSIERS)
def test_chaque_cas_s_imprime_ou_se_refuse_comme_attendu(cas: str, langue: str) -> None:
    assert fautes(cas, langue) == {}


def test_chaque_refus_se_voit_et_chaque_fiche_s_imprime() -> None:
    """Sinon l'épreuve ne prouverait rien : un refus jamais attendu, une fiche toujours refusée."""
    vus: set[str] = set()
    imprimees: set[tuple[str, str]] = set()
    ecrites = [nom for nom in langues() if nom == FRANCAIS or (LANGUES / nom / "mots.toml").is_file()]
    for cas in DOSSIERS:
        for fiche in regles().fiches.servies:
            for langue in ecrites:
                raisons = refus_attendus(fiche, langue, bilan(cas), MENTIONS)
                vus |= raisons
                imprimees |= set() if raisons else {(fiche, langue)}
            vus |= refus_attendus(fiche, FRANCAIS, bilan(cas, SANS_GRILLE), None)
    assert vus == set(REFUS)
    assert {fiche for fiche, langue in imprimees if langue == FRANCAIS} == set(regles().fiches.servies)
    assert {langue for _, langue in imprimees} == set(ecrites)
