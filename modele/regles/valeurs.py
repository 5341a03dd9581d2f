"""Une valeur telle qu'elle est dite : la ramener au type de son fait, ou dire ce qui ne va pas."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from modele.regles.etats import (
    INCONNU,
    REFUSE,
    SANS_OBJET,
    Enumere,
    Etat,
    Intervalle,
    Parties,
    connu,
    partiel,
)
from modele.regles.faits import ORDONNES, Fait, TypeFait, Valeur
from modele.regles.lecture import decimal, est_date, est_nombre, vouliez_vous


class ValeurFautive(ValueError):
    """Une valeur que le fait n'admet pas ; le message dit ce qui est attendu."""


def valeur(fait: Fait, brut: Any) -> Valeur:
    """``brut`` (JSON ou TOML) au type de ``fait``, arrondi à ses décimales. Lève ``ValeurFautive``."""
    lue = _LECTEURS[fait.type](fait, brut)
    if fait.type in ORDONNES:
        _verifier_bornes(fait, lue)
    return lue


def etat(fait: Fait, brut: Any) -> Etat:
    """L'état écrit : ``None`` (inconnu), valeur, ``{"refus": true}``, ``{"parmi": […]}`` ou ``{"entre": […]}``."""
    if brut is None:
        return INCONNU
    if isinstance(brut, Mapping):
        return _etat_incertain(fait, brut)
    return connu(valeur(fait, brut))


def _etat_incertain(fait: Fait, brut: Mapping[str, Any]) -> Etat:
    if set(brut) == {"refus"} and brut["refus"] is True:
        return REFUSE
    if set(brut) == {"sans_objet"} and brut["sans_objet"] is True:
        return SANS_OBJET
    if set(brut) == {"parmi"}:
        return _parmi(fait, brut["parmi"])
    if set(brut) == {"entre"} and fait.type in ORDONNES:
        return _entre(fait, brut["entre"])
    attendu = 'une valeur, {"parmi": […]}, {"entre": [a, b]} (nombre ou date) ou {"refus": true}'
    raise ValeurFautive(f"attendu : {attendu}")


def _parmi(fait: Fait, brut: Any) -> Etat:
    if not isinstance(brut, list) or not brut:
        raise ValeurFautive("« parmi » attend une liste d'au moins une valeur")
    if fait.type is TypeFait.ENSEMBLE and not all(isinstance(v, list) for v in brut):
        codes = valeur(fait, brut)
        assert isinstance(codes, frozenset)
        return partiel(Parties(frozenset(), codes))
    valeurs = tuple(dict.fromkeys(valeur(fait, v) for v in brut))
    return connu(valeurs[0]) if len(valeurs) == 1 else partiel(Enumere(valeurs))


def _entre(fait: Fait, brut: Any) -> Etat:
    if not isinstance(brut, list | tuple) or len(brut) != 2:
        raise ValeurFautive("« entre » attend deux valeurs : [la plus petite, la plus grande]")
    bas, haut = valeur(fait, brut[0]), valeur(fait, brut[1])
    if bas > haut:  # type: ignore[operator]
        raise ValeurFautive("« entre » attend la plus petite valeur d'abord")
    return connu(bas) if bas == haut else partiel(Intervalle(bas, haut))  # type: ignore[arg-type]


def _booleen(_: Fait, brut: Any) -> Valeur:
    if isinstance(brut, bool):
        return brut
    raise ValeurFautive("attendu : true ou false")


def _entier(_: Fait, brut: Any) -> Valeur:
    if est_nombre(brut) and brut == int(brut):
        return int(brut)
    raise ValeurFautive("attendu : un nombre entier")


def _decimal(fait: Fait, brut: Any) -> Valeur:
    if isinstance(brut, str):
        brut = decimal(brut)
    if not est_nombre(brut):
        raise ValeurFautive("attendu : un nombre, avec un point pour les décimales")
    exact = Decimal(brut)
    return exact if fait.decimales is None else arrondir(exact, fait.decimales)


# Assez de chiffres pour tout nombre qu'admet ``est_nombre``.
_LARGE = Context(prec=100)


def arrondir(nombre: Decimal, decimales: int) -> Decimal:
    """Arrondi au pair, à ``decimales`` chiffres après la virgule."""
    return nombre.quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_EVEN, _LARGE)


# « 2026-W01-1 » est une date ISO, mais personne ne l'écrit exprès.
_JOUR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _date(_: Fait, brut: Any) -> Valeur:
    if est_date(brut):
        return brut  # type: ignore[no-any-return]
    try:
        if isinstance(brut, str) and _JOUR.fullmatch(brut):
            return date.fromisoformat(brut)
    except ValueError:
        pass
    raise ValeurFautive("attendu : une date AAAA-MM-JJ qui existe")


def _choix(fait: Fait, brut: Any) -> Valeur:
    if isinstance(brut, str) and brut in fait.codes:
        return brut
    voisin = vouliez_vous(brut, fait.codes) if isinstance(brut, str) else ""
    raise ValeurFautive(f"attendu : un code de la liste ({', '.join(fait.codes)}){voisin}")


def _ensemble(fait: Fait, brut: Any) -> Valeur:
    if isinstance(brut, list):
        return frozenset(str(_choix(fait, code)) for code in brut)
    raise ValeurFautive("attendu : une liste de codes")


_LECTEURS: dict[TypeFait, Callable[[Fait, Any], Valeur]] = {
    TypeFait.BOOLEEN: _booleen,
    TypeFait.ENTIER: _entier,
    TypeFait.DECIMAL: _decimal,
    TypeFait.DATE: _date,
    TypeFait.CHOIX: _choix,
    TypeFait.ENSEMBLE: _ensemble,
}


def _verifier_bornes(fait: Fait, lue: Valeur) -> None:
    if fait.minimum is not None and lue < fait.minimum:  # type: ignore[operator]
        raise ValeurFautive(f"hors bornes : au moins {fait.minimum}")
    if fait.maximum is not None and lue > fait.maximum:  # type: ignore[operator]
        raise ValeurFautive(f"hors bornes : au plus {fait.maximum}")
