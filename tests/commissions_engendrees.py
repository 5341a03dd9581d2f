"""Des commissions tirées d'une graine, et un classement simple, écrit sans polars, qui doit dire la même chose."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from modele.attributions.classement.classer import Rouverture, etats_du_logement
from modele.attributions.classement.regles import SECTEUR, Regle, regles
from modele.attributions.classement.tenue import AILLEURS, Ligne
from modele.regles.etats import INCONNU, Etat, Intervalle, Situation, connu, partiel
from modele.regles.faits import TypeFait
from modele.regles.kleene import evaluer

COMMUNES: Final = ("99901", "99902", "99903")
JOUR: Final = date(2026, 11, 30)
_TROIS: Final = (True, False, None)


def lignes(hasard: random.Random, combien: int) -> list[Ligne]:
    """Des demandes : beaucoup d'égalités, beaucoup d'inconnus."""
    return [_ligne(hasard, rang) for rang in range(combien)]


def _ligne(hasard: random.Random, rang: int) -> Ligne:
    points = hasard.choice([None, *(float(p) for p in range(0, 60, 7)), 12.5])
    bas = hasard.choice([None, hasard.randint(1, 6)])
    return Ligne(
        dossier=f"{hasard.randrange(10**9):09d}-{rang:05d}",
        points=points,
        minimum=points,
        maximum=None if points is None else points + hasard.randint(0, 9),
        recue=hasard.choice([None, JOUR - timedelta(days=hasard.randint(0, 9))]),
        faits={nom: hasard.choice(_TROIS) for nom, f in regles().demande.items() if f.type is TypeFait.BOOLEEN},
        nombres={"nombre_personnes": (bas, hasard.choice([None, (bas or 0) + hasard.randint(0, 2)]))},
        secteurs={AILLEURS: hasard.choice(_TROIS)} | {une: hasard.choice(_TROIS) for une in COMMUNES},
        raisons=("grille",),
    )


def logement(hasard: random.Random) -> dict[str, Any]:
    """Un logement, des cases vides et des codes étrangers compris."""
    dit: dict[str, Any] = {
        nom: hasard.choice([None, "AUTRE", *fait.codes]) if fait.codes else hasard.choice([None, 20.5, 61.0, 90.0])
        for nom, fait in regles().logement.items()
    }
    return dit | {"code_insee": hasard.choice([*COMMUNES, "99999"])}


def rouvertes(hasard: random.Random, demandes: Sequence[Ligne]) -> list[Rouverture]:
    """Une demande sur quatre, rouverte pour une règle."""
    ecartent = [une.id for une in regles().regles if une.ecarte]
    return [
        Rouverture(dossier=une.dossier, regle=hasard.choice(ecartent), par="A. Martin", motif="Vu.", le=JOUR)
        for une in demandes
        if hasard.random() < 0.25
    ]


def verdict(regle: Regle, demande: Ligne, offert: dict[str, Any]) -> bool | None:
    """La règle, évaluée par ``kleene`` sur cette seule demande."""
    etats = dict(etats_du_logement(offert).faits)
    etats |= {nom: _trois(dit) for nom, dit in demande.faits.items()}
    etats[SECTEUR] = _trois(demande.secteurs.get(offert["code_insee"], demande.secteurs[AILLEURS]))
    for nom, (bas, haut) in demande.nombres.items():
        etats[nom] = INCONNU if bas is haut is None else partiel(Intervalle(bas, haut))
    return evaluer(regle.si, Situation(etats))


def _trois(dit: bool | None) -> Etat:
    return INCONNU if dit is None else connu(dit)


def simple(
    demandes: Sequence[Ligne], offert: dict[str, Any], ouvertes: Sequence[Rouverture] = ()
) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Le rang de chaque candidat ; les règles qui écartent chaque autre. Un par un, sans rien de ce qui est éprouvé."""
    fermees = {une.id for une in regles().regles if une.fermee}
    permis = {(une.dossier, une.regle) for une in ouvertes if une.regle not in fermees}
    ecartees: dict[str, list[str]] = {}
    for une in demandes:
        vraies = [
            r.id
            for r in regles().regles
            if r.ecarte and verdict(r, une, offert) is True and (une.dossier, r.id) not in permis
        ]
        if vraies:
            ecartees[une.dossier] = vraies
    restent = [une for une in demandes if une.dossier not in ecartees]
    return {une.dossier: 1 + sum(_devant(autre, une) for autre in restent) for une in restent}, ecartees


def _devant(autre: Ligne, une: Ligne) -> bool:
    """Vrai si l'autre passe devant : plus de points, ou autant et reçue avant."""
    if autre.points != une.points:
        return une.points is None or (autre.points is not None and autre.points > une.points)
    return autre.recue is not None and (une.recue is None or autre.recue < une.recue)
