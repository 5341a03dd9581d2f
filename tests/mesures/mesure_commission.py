"""Classer un logement parmi 42 000 demandes : moins d'une seconde, et trois fois polars nu dans la même course au plus.

Les colonnes sont tenues d'avance, comme au coffre ; les raisons des cinquante premières comprises dans le temps. Polars
nu filtre les mêmes lignes par les mêmes conditions, écrites à la main, et les trie par les mêmes clés.
"""

from __future__ import annotations

import random
import tempfile
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import polars as pl
from mesure import Mesure, centile, mediane
from sqlalchemy import insert

from modele.attributions.classement.classer import classer
from modele.attributions.classement.regles import regles
from modele.attributions.classement.serree import desserrer, serrer
from modele.attributions.classement.tenue import AILLEURS, Ligne, en_table
from modele.coffre import Coffre, schema
from modele.coffre.candidats import Logement
from modele.droits import Auteur
from modele.regles.faits import TypeFait

DEMANDES: Final = 42_000
TIRS: Final = 15
DOCUMENT: Final = '{"notes": "' + "x" * 4000 + '"}'
"""Le poids d'un dossier rempli : ce qui le ferait déchiffrer se verrait."""
SECONDES: Final = 1.0
BUT: Final = 3.0
COMMUNES: Final = tuple(f"99{rang:03d}" for rang in range(37))
LOGEMENT: Final[dict[str, Any]] = {
    "ref_bailleur": "M-1",
    "code_insee": COMMUNES[3],
    "typologie": "T3",
    "surface_habitable": 61.0,
    "financement": "PLUS",
    "accessibilite": "AUCUNE",
}


@cache
def tenues() -> pl.DataFrame:
    """Les colonnes de 42 000 demandes inventées, avec ce qu'elles ont d'inconnu."""
    return en_table(_lignes())


def _lignes() -> list[Ligne]:
    hasard = random.Random(28)
    return [_ligne(hasard, rang) for rang in range(DEMANDES)]


def _ligne(hasard: random.Random, rang: int) -> Ligne:
    points = float(hasard.randint(0, 300))
    personnes = hasard.choice([1, 1, 1, 2, 2, 3, 4, 5])
    demandees = set(hasard.sample(COMMUNES, hasard.randint(1, 5)))
    elargie = hasard.choice([True, True, False, None])
    booleens = [nom for nom, fait in regles().demande.items() if fait.type is TypeFait.BOOLEEN]
    return Ligne(
        dossier=f"{hasard.randrange(16**12):012x}-{rang:05d}",
        points=points,
        minimum=max(0.0, points - 40),
        maximum=points + hasard.randint(0, 90),
        recue=date(2026, 11, 30) - timedelta(days=hasard.randint(0, 3000)),
        faits={nom: hasard.choice([True] * 6 + [False, None]) for nom in booleens} | {"demande.radiee": False},
        nombres={"nombre_personnes": (personnes, personnes)},
        secteurs={AILLEURS: elargie} | {une: True if une in demandees else elargie for une in COMMUNES},
        raisons=tuple(f"Rubrique {une} : {hasard.randint(0, 60)} points." for une in range(8)),
    )


def classer_tout() -> Any:
    """Le classement, et les raisons des cinquante premières."""
    return classer(tenues(), LOGEMENT).dire()


def polars_nu() -> pl.DataFrame:
    """Le même filtre et le même tri, sans règle, sans rang, sans raison."""
    secteur, sous = pl.col(f"secteur:{LOGEMENT['code_insee']}"), pl.col("sous_plafond_plus")
    hors = ~pl.col("numero_unique") | pl.col("demande.radiee") | ~secteur | ~sous
    return (
        tenues()
        .lazy()
        .filter(~hors.fill_null(value=False))
        .select("dossier", "points", "points.min", "points.max", "recue")
        .sort("points", "recue", "dossier", descending=[True, False, False], nulls_last=True)
        .collect()
    )


def du_coffre(ici: Path) -> Mesure:
    """Lire les lignes gardées d'un coffre chiffré, classer, dire les cinquante premières : tout est compté."""
    coffre, _ = Coffre.creer(ici / "m.perron", "Nora Petit", "quatre mots sans lien", "metropole-exemple", "poste-1")
    try:
        _garnir(coffre)
        logement, auteur = Logement(LOGEMENT["ref_bailleur"]), Auteur("Nora Petit")

        def tout() -> Any:
            lues = coffre.candidats.lire("regles", logement, auteur)
            return classer(desserrer(lues.lignes, LOGEMENT["code_insee"]), LOGEMENT, lues.rouvertes).dire()

        assert tout() == classer_tout()
        duree = mediane(tout, TIRS)
    finally:
        coffre.fermer()
    budget = f"commission : un logement parmi {DEMANDES} demandes, lues au coffre"
    return Mesure(
        budget,
        duree,
        "ms",
        SECONDES * 1000,
        duree / (SECONDES * 1000),
        f"moins de {SECONDES:g} s",
        duree < SECONDES * 1000,
    )


def _garnir(coffre: Coffre) -> None:
    """Les mêmes lignes, chacune avec son dossier."""
    lignes = [serrer(une) for une in _lignes()]
    vide = dict.fromkeys(("titre", "detail", "reference", "cree_le", "modifie_le", "agent", "creation"), "")
    neufs = [
        {"id": une["dossier"], "document": DOCUMENT, "etat": "ouvert", "genre": "dossier", "discret": False, **vide}
        for une in lignes
    ]
    with coffre._base.ecriture() as connexion:
        connexion.execute(insert(schema.dossier), neufs)
        connexion.execute(
            insert(schema.candidature), [{"sous": "regles", "lue_le": "2026-11-30", **une} for une in lignes]
        )


def mesurer() -> list[Mesure]:
    """Les deux, un tir de chacun à tour de rôle : ce qui ralentit la machine les ralentit ensemble."""
    durees = [(mediane(classer_tout, 1), mediane(polars_nu, 1)) for _ in range(TIRS)]
    classe, nu = (centile(list(unes), 0.5) for unes in zip(*durees, strict=True))
    budget = f"commission : un logement parmi {DEMANDES} demandes, raisons des cinquante premières"
    tenu = classe < SECONDES * 1000 and classe / nu <= BUT
    but = f"moins de {SECONDES:g} s et au plus {BUT:g} fois polars qui filtre et trie les mêmes lignes"
    with tempfile.TemporaryDirectory() as ici:
        garde = du_coffre(Path(ici))
    return [Mesure(budget, classe, "ms", nu, classe / nu, but, tenu), garde]


if __name__ == "__main__":
    for une in mesurer():
        print(une)
