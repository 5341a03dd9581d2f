"""Le second calcul du flux : des boucles Python sur le CSV du bailleur, sans rien de la pièce."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date, datetime


def jour(dit: str) -> date | None:
    return datetime.strptime(dit, "%d/%m/%Y").date() if dit else None


def categorie(une: dict[str, str]) -> str:
    type_, nom = une["type_reservataire"], une["reservataire"]
    if type_ == "AUCUN" or une.get("origine_designation") == "BAILLEUR":
        return "bailleur"
    if type_ == "COLTER":
        return "communes" if nom.startswith("Commune ") else "metropole"
    return {
        "PPRIOR": "prefet_prioritaires",
        "PFONCT": "prefet_agents",
        "COLACT": "action_logement",
        "AUTRES": "autres",
    }[type_]


def lignes_de(texte: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(texte), delimiter=";"))


def comptees(attributions: str, le: date) -> list[dict[str, str]]:
    """Les attributions qui comptent à ``le`` : celle qui a le logement, à défaut le dernier rang."""
    derniers: dict[tuple[str, ...], dict[str, str]] = {}
    for une in lignes_de(attributions):
        decidee = jour(une["date_caleol"])
        assert decidee is not None
        if une["decision"].startswith("ATTRIBUTION") and decidee <= le:
            cle = (une["siren_bailleur"], une["ref_bailleur"], une["date_caleol"], categorie(une), une["reservataire"])
            if cle not in derniers or poids(une, le) >= poids(derniers[cle], le):
                derniers[cle] = une
    return list(derniers.values())


def poids(une: dict[str, str], le: date) -> tuple[bool, bool, int]:
    acceptee = une["reponse"] == "ACCEPTEE" and (jour(une["date_reponse"]) or le) <= le
    return signee(une, le), acceptee, int(une["rang"] or 0)


def proposees(attributions: str, le: date) -> list[tuple[dict[str, str], int]]:
    """Ce qui est proposé sans être attribué, et les candidats vus : personne de retenu, ou revenu au bailleur."""
    par: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    revenues = []
    for une in lignes_de(attributions):
        decidee = jour(une["date_caleol"])
        assert decidee is not None
        if decidee <= le and une["hors_flux"] == "NON":
            cle = (une["siren_bailleur"], une["ref_bailleur"], une["date_caleol"], categorie(une), une["reservataire"])
            par[cle].append(une)
            reserve = une | {"origine_designation": ""}
            if categorie(une) != categorie(reserve):
                revenues.append((reserve, 0))
    echouees = [un for un in par.values() if not any(une["decision"].startswith("ATTRIBUTION") for une in un)]
    return [(un[0], max(int(une["nb_candidats"]) for une in un)) for un in echouees] + revenues


def signee(une: dict[str, str], le: date) -> bool:
    bail = jour(une["date_bail"])
    return bail is not None and bail <= le


def prioritaire(une: dict[str, str]) -> bool:
    dit = une["dalo"] == "OUI" or une["priorite_l441_1"] != ""
    return dit and not (categorie(une) == "action_logement" and une["emploi"] == "NON")
