"""Une durée en lettres dans une fiche se déclare, avec son article ; liée à une règle, elle dit la même chose."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from modele.bilan import Bilan, charger_regles, etablir
from modele.mots.echeances import dire_delais
from modele.mots.phrases import mots
from modele.orientation.echeances import delais
from ressources import RESSOURCES

NOMBRES = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "douze": 12, "quinze": 15, "dix-huit": 18, "vingt": 20, "vingt-quatre": 24, "trente": 30,
    "trente-six": 36, "quarante-huit": 48,
}  # fmt: skip
UNITES = {"an": "mois", "mois": "mois", "semaine": "semaine", "jour": "jour", "heure": "heure"}
DUREE = re.compile(
    rf"\b({'|'.join(sorted(NOMBRES, key=len, reverse=True))}) (an|mois|semaine|jour|heure)s?\b(?! férié)", re.I
)
DECLAREES = tomllib.loads((Path(__file__).parent / "durees_des_fiches.toml").read_text(encoding="utf-8"))["duree"]


def fiches() -> Iterator[tuple[str, str]]:
    """Chaque fiche, son texte français, espaces simples."""
    for chemin in sorted((RESSOURCES / "fiches").glob("*/fr.md")):
        yield chemin.parent.name, " ".join(chemin.read_text(encoding="utf-8").split())


def non_declarees(fiche: str, texte: str) -> list[str]:
    """Les durées en lettres de ce texte qu'aucune déclaration ne couvre."""
    reste = texte
    for une in DECLAREES:
        if une["fiche"] == fiche:
            reste = reste.replace(une["dit"], " ")
    return [trouvee[0] for trouvee in DUREE.finditer(reste)]


@cache
def bilan() -> Bilan:
    return etablir(charger_regles("metropole-exemple"), {"territoire": "metropole-exemple"}, date(2026, 11, 30))


def en_mois(nombre: int, unite: str) -> tuple[int, str]:
    """« un an » est « 12 mois »."""
    return (12 * nombre if unite == "an" else nombre), UNITES[unite]


def ecart_avec_le_droit(une: dict[str, Any]) -> str:
    """Ce que la phrase dit d'autre que sa règle ou son paramètre ; vide si c'est la même durée."""
    trouvee = DUREE.search(une["dit"])
    assert trouvee is not None
    dit = en_mois(NOMBRES[trouvee[1].lower()], trouvee[2])
    if "parametre" in une:
        voulu = (int(bilan().situation.parametres[une["parametre"]].valeur), "mois")
    else:
        regles = {f"{voie.id}.{e.id}": e for voie in bilan().regles.orientations for e in voie.echeances}
        nombre, unite = dire_delais(delais(regles[une["regle"]], bilan().situation), mots()).split()
        voulu = en_mois(int(nombre), unite.removesuffix("s") if unite != "mois" else unite)
    return "" if dit == voulu else f"{dit} au lieu de {voulu}"


@pytest.mark.parametrize(("fiche", "texte"), [pytest.param(*une, id=une[0]) for une in fiches()])
def test_chaque_duree_en_lettres_se_declare(fiche: str, texte: str) -> None:
    assert non_declarees(fiche, texte) == []


@pytest.mark.parametrize("une", DECLAREES, ids=lambda une: f"{une['fiche']}-{une['dit'][:20]}")
def test_chaque_declaration_sert_et_dit_d_ou_elle_vient(une: dict[str, Any]) -> None:
    assert une["dit"] in dict(fiches())[une["fiche"]]
    assert une["article"].strip()
    assert DUREE.search(une["dit"])


@pytest.mark.parametrize(
    "une", [une for une in DECLAREES if {"regle", "parametre"} & set(une)], ids=lambda une: une["dit"][:30]
)
def test_une_duree_liee_dit_ce_que_dit_la_regle(une: dict[str, Any]) -> None:
    assert ecart_avec_le_droit(une) == ""


def test_mutant_une_duree_qui_change_sans_sa_phrase_se_voit() -> None:
    liee = next(une for une in DECLAREES if une.get("regle") == "conge.acheter")
    assert ecart_avec_le_droit(liee | {"dit": "acheter le premier, pendant trois mois"})
    assert non_declarees("conge", "La lettre arrive huit mois avant.") == ["huit mois"]
