"""Des séances tirées d'une graine, du classement aux réponses : ce qu'une personne y écrirait, et un compte simple."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from seance_exemple import MEMBRES, REGLEMENT

_TENUE: Final = date(2026, 12, 3)


def seance_de(hasard: random.Random, rangs: Mapping[str, int], ecartees: Mapping[str, Any]) -> dict[str, Any] | None:
    """Une séance qui peut se tenir, d'un classement quelconque ; rien si nul n'est candidat."""
    if not rangs:
        return None
    nombre = min(len(rangs), hasard.randint(1, 6))
    proposes = [_propose(hasard, nom) for nom in hasard.sample(sorted(rangs), nombre)]
    proposes += [
        _du_prefet(nom) for nom, regles in ecartees.items() if list(regles) == ["secteur"] and hasard.random() < 0.1
    ]
    restent = [un for un in proposes if "retrait" not in un] or [proposes[0]]
    if restent == [proposes[0]]:
        proposes[0].pop("retrait", None)
    ecrite: dict[str, Any] = {
        "commission": hasard.choice(["Commission nord", "Commission sud"]),
        "bailleur": "Bailleur d'essai",
        "tenue_le": _TENUE.isoformat(),
        "membres": MEMBRES,
        "reglement": hasard.choice([{}, REGLEMENT]),
        "candidats": proposes,
        "decisions": _decisions(hasard, [un["dossier"] for un in restent]),
    }
    if len(restent) < 3:
        ecrite["dispense"] = {"genre": hasard.choice(["insuffisance", "subvention"]), "motif": "Vu ce jour."}
    return ecrite | {"reponses": _reponses(hasard, ecrite["decisions"], delai=bool(ecrite["reglement"]))}


def _propose(hasard: random.Random, dossier: str) -> dict[str, Any]:
    dit: dict[str, Any] = {"dossier": dossier, "designe_par": "Réservataire", "motif": "Public de la convention."}
    if hasard.random() < 0.2:
        dit["retrait"] = {"le": "2026-12-01", "motif": "N'est plus candidat."}
    if hasard.random() < 0.3:
        dit["priorite"] = {"par": "Service instructeur", "le": "2026-11-20"}
    if hasard.random() < 0.2:
        dit["prefet_le"] = "2026-11-02"
    return dit


def _du_prefet(dossier: str) -> dict[str, Any]:
    vu = {"par": "A. Martin", "le": "2026-11-28"}
    return {"dossier": dossier, "designe_par": "Préfet", "prefet_le": "2026-11-02", "accord": vu}


def _decisions(hasard: random.Random, examines: list[str]) -> list[dict[str, Any]]:
    ordre = hasard.sample(examines, len(examines))
    gagnants = ordre[: hasard.randint(0, len(ordre))]
    lues = [_decision(hasard, nom, hasard.choice(["non_attribution", "irrecevabilite"])) for nom in ordre]
    for rang, nom in enumerate(gagnants, 1):
        genre = "attribution_rang" if len(gagnants) > 1 else hasard.choice(["attribution", "attribution_condition"])
        dite = _decision(hasard, nom, genre)
        if genre == "attribution_rang":
            dite["rang"] = rang
        if genre == "attribution_condition":
            dite |= {"piece": "Avis d'imposition", "piece_le": "2026-12-20"}
        lues[ordre.index(nom)] = dite
    return lues


def _decision(hasard: random.Random, dossier: str, genre: str) -> dict[str, Any]:
    return {"dossier": dossier, "genre": genre, "motif": "Vu la demande.", "hors_ordre": "Besoin écrit au dossier."}


def _reponses(hasard: random.Random, decisions: list[dict[str, Any]], *, delai: bool) -> list[dict[str, Any]]:
    """Les premiers répondent, l'un après l'autre, jusqu'à ce que l'un accepte."""
    offres = sorted(
        (une for une in decisions if une["genre"].startswith("attribution")), key=lambda u: u.get("rang", 1)
    )
    lues: list[dict[str, Any]] = []
    remise = _TENUE
    for une in offres[: hasard.randint(0, len(offres))]:
        reponse = hasard.choice(["acceptee", "refusee", *(["sans_reponse"] if delai else [])])
        le = remise + timedelta(days=13 if reponse == "sans_reponse" else 1)
        lues.append(
            {"dossier": une["dossier"], "reponse": reponse, "le": le.isoformat(), "remise_le": remise.isoformat()}
        )
        remise = le
        if reponse == "acceptee":
            break
    return lues


def hors_ordre_simple(ecrite: Mapping[str, Any], rangs: Mapping[str, int]) -> tuple[int, int]:
    """Combien de désignations et de décisions quittent l'ordre, comptées paire par paire, sans rien du moteur."""
    proposes = {un["dossier"]: un for un in ecrite["candidats"]}
    designations = sum(
        "prefet_le" not in un and any(rangs[autre] < rangs[nom] for autre in rangs if autre not in proposes)
        for nom, un in proposes.items()
        if nom in rangs
    )
    places = {une["dossier"]: _place(une) for une in ecrite["decisions"]}
    decisions = 0
    for nom, place in places.items():
        if place == 99 or place == -1 or nom not in rangs or "prefet_le" in proposes[nom]:
            continue
        decisions += any(
            autre in rangs and rangs[autre] < rangs[nom] and sienne > place for autre, sienne in places.items()
        )
    return designations, decisions


def _place(une: Mapping[str, Any]) -> int:
    """99 : il n'a rien ; −1 : sa demande est irrecevable, nul ne passe devant lui."""
    if une["genre"] == "irrecevabilite":
        return -1
    return int(une.get("rang", 1)) if une["genre"].startswith("attribution") else 99
