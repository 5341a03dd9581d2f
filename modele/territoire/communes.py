"""Les communes : celles de France (code officiel géographique 2026), celles d'un territoire. Clé : le code INSEE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from modele.regles.faits import proche
from modele.regles.fautes import ErreurUtilisateur
from modele.territoire.tables import NATIONAL, lire_csv

COLONNES = ("code_insee", "nom", "codes_postaux", "departement", "region", "nom_epci")


@dataclass(frozen=True, slots=True)
class Commune:
    """Une commune. Un code postal en couvre plusieurs, et une commune en a plusieurs : ``code`` est le code INSEE."""

    code: str
    nom: str
    codes_postaux: tuple[str, ...]
    departement: str
    region: str
    epci: str = ""


def lire_communes(chemin: Path) -> dict[str, Commune]:
    """Les communes d'une table, par code INSEE. Lève ``FichierFautif``."""
    return {
        ligne["code_insee"]: Commune(
            ligne["code_insee"],
            ligne["nom"],
            tuple(code for code in ligne["codes_postaux"].split("|") if code),
            ligne["departement"],
            ligne["region"],
            ligne["nom_epci"],
        )
        for ligne in lire_csv(chemin, COLONNES)
    }


@cache
def communes_de_france() -> Mapping[str, Commune]:
    """Toutes les communes de France au 1er janvier 2026, par code INSEE. Lu une fois, à la demande."""
    return lire_communes(NATIONAL / "communes_france_2026.csv")


def commune(code: str) -> Commune:
    """La commune de ce code INSEE. Lève ``ErreurUtilisateur``, avec une proposition, si elle n'existe pas."""
    connues = communes_de_france()
    if code in connues:
        return connues[code]
    raise ErreurUtilisateur(f"« {code} » n'est pas le code INSEE d'une commune en 2026.{_proposer(code)}")


def _proposer(code: str) -> str:
    """Un code postal, un nom ou un code voisin disent souvent ce que l'agent voulait."""
    connues = communes_de_france()
    par_postal = [c for c in connues.values() if code in c.codes_postaux]
    if par_postal:
        listees = ", ".join(f"{c.code} ({c.nom})" for c in par_postal[:5])
        return f" C'est un code postal ; donnez le code INSEE : {listees}."
    par_nom = [c for c in connues.values() if c.nom.casefold() == code.casefold()]
    if par_nom:
        return f" Donnez son code INSEE : {', '.join(c.code for c in par_nom[:5])}."
    voisin = proche(code, connues)
    return f" Vouliez-vous {voisin} ({connues[voisin].nom}) ?" if voisin else " Donnez les cinq caractères du code."
