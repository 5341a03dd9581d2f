"""Chaque invariant, trahi à la main, est vu par un scénario : un mutant qui survit fait échouer l'essai."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import pytest
from invariants_fusion import verifier
from msgspec import structs
from postes_d_essai import Pas, jouer, monde

from modele.dossier.chemins import ABSENT, est_element
from modele.dossier.unites import pareils
from modele.fusion import lecture, tetes
from modele.fusion.etat import Tete

MODULE: Any = __import__("modele.fusion.fusionner", fromlist=["fusionner"])
PERSONNES = "foyer.personnes"
ZOE = f"{PERSONNES}.elements.zoe"
INITIAL = {
    "demandeur": {"nom": "Fatihi", "prenoms": "Nadia"},
    "local": {"x": 1},
    "foyer": {"personnes": {"elements": {"zoe": {"nom": "Zoé", "lien": "enfant"}, "ali": {}}, "ordre": ["zoe", "ali"]}},
}


def _x(poste: str, valeur: Any) -> Pas:
    return ("poser", poste, {"local.x": valeur})


CAS: dict[str, list[Pas]] = {
    "un poste seul": [_x("A", 2), ("echanger", "A"), _x("A", 3)],
    "deux disent autrement": [_x("A", 2), _x("B", 3)],
    "trois disent autrement": [_x("A", 2), _x("B", 3), _x("C", 4), ("envoyer", "A"), ("envoyer", "C")],
    "deux disent pareil": [_x("A", 2), _x("B", 2), ("envoyer", "A"), _x("B", 3), ("envoyer", "B"), ("recevoir", "B")],
    "aller et retour": [_x("A", 2), ("echanger", "A"), _x("A", 1), ("echanger", "A"), _x("B", 3)],
    "tranché, puis une valeur tardive": [
        *(_x("A", 2), _x("B", 3), ("echanger", "A"), ("echanger", "B"), ("recevoir", "C")),
        *(("trancher", "C", 0, 1), _x("A", 5), ("echanger", "C"), ("echanger", "A")),
    ],
    "tranché en gardant": [_x("A", 2), _x("B", 3), ("echanger", "A"), ("echanger", "B"), ("trancher", "B", 0, 0)],
    "vrai et un": [("poser", "A", {"local.y": True}), ("poser", "B", {"local.y": 1})],
    "identité des deux côtés": [("poser", "A", {"demandeur.nom": "Roux"}), ("poser", "B", {"demandeur.prenoms": "N"})],
    "un groupe neuf des deux côtés": [
        *(("poser", "A", {"contact.telephone": "06"}), ("poser", "B", {"contact.telephone_sur": True})),
    ],
    "retiré seul": [("poser", "A", {ZOE: ABSENT}), ("echanger", "A")],
    "discret et non": [
        *(("poser", "A", {"protection.discret": False}), ("poser", "B", {"protection.discret": True})),
    ],
    "retiré, puis changé": [
        *(("poser", "A", {ZOE: ABSENT}), ("poser", "B", {f"{ZOE}.lien": "niece"}), ("envoyer", "A")),
    ],
    "changé, puis retiré": [
        *(("poser", "A", {ZOE: ABSENT}), ("poser", "B", {f"{ZOE}.lien": "niece"}), ("envoyer", "B")),
    ],
    "retiré, changé, retiré": [
        *(("poser", "A", {ZOE: ABSENT}), ("poser", "B", {f"{ZOE}.lien": "niece"}), ("envoyer", "A")),
        *(("envoyer", "B"), ("recevoir", "A"), ("poser", "C", {f"{ZOE}.nom": "Z"}), ("envoyer", "C")),
        *(("trancher", "A", 0, 0), ("envoyer", "A")),
    ],
    "changé, retiré, revenu": [
        *(("poser", "A", {ZOE: ABSENT}), ("poser", "B", {f"{ZOE}.lien": "niece"}), ("envoyer", "B")),
        *(("envoyer", "A"), ("poser", "B", {f"{ZOE}.lien": "enfant"})),
    ],
    "retiré, deux changements": [
        *(("poser", "A", {ZOE: ABSENT}), ("poser", "B", {f"{ZOE}.lien": "niece"})),
        *(("poser", "C", {f"{ZOE}.lien": "tante"}), ("envoyer", "B"), ("envoyer", "C")),
    ],
    "deux enfants": [
        ("poser", "A", {f"{PERSONNES}.elements.lea.nom": "L", f"{PERSONNES}.ordre": ["zoe", "ali", "lea"]}),
        ("poser", "B", {f"{PERSONNES}.elements.tom.nom": "T", f"{PERSONNES}.ordre": ["zoe", "ali", "tom"]}),
    ],
    "deux ordres et un troisième": [
        ("poser", "A", {f"{PERSONNES}.ordre": ["ali"]}),
        ("poser", "B", {f"{PERSONNES}.ordre": ["zoe", "ali", "x"]}),
        ("poser", "C", {f"{PERSONNES}.ordre": ["ali", "zoe", "y"]}),
    ],
}


def eprouver(scenario: list[Pas]) -> None:
    """Les invariants tiennent-ils ?"""
    tenu = monde("ABC", INITIAL)
    jouer(tenu, scenario)
    verifier(tenu, Random(7))


@pytest.mark.parametrize("nom", CAS)
def test_les_scenarios_sont_justes_sans_mutation(nom: str) -> None:
    eprouver(CAS[nom])


Mutation = Callable[[pytest.MonkeyPatch], None]
_ENTRER = MODULE._entrer
_NON_REMPLACEES = MODULE._non_remplacees
_DITE = MODULE._dite


def _entrer(change: Callable[[list[Tete], list[Tete], str], list[Tete]]) -> Mutation:
    """Remplace les têtes d'une unité après un changement : ``change(avant, apres, cle)``."""

    def entrer(cle: str, unites: Mapping[str, list[Tete]], *reste: Any) -> list[Tete]:
        return change(unites.get(cle, []), _ENTRER(cle, unites, *reste), cle)

    return lambda patch: patch.setattr(MODULE, "_entrer", entrer)


def _neuve(avant: list[Tete], apres: list[Tete]) -> Tete:
    return next(tete for tete in apres if tete.operation and tete.operation not in {une.operation for une in avant})


def _dernier_ecrit(avant: list[Tete], apres: list[Tete], cle: str) -> list[Tete]:
    return [_neuve(avant, apres)]


def _premier_ecrit(avant: list[Tete], apres: list[Tete], cle: str) -> list[Tete]:
    return apres if apres[0] is _neuve(avant, apres) else [tete for tete in apres if tete is not _neuve(avant, apres)]


def _neuve_en_vigueur(avant: list[Tete], apres: list[Tete], cle: str) -> list[Tete]:
    neuve = _neuve(avant, apres)
    return apres if est_element(cle) else [neuve, *(tete for tete in apres if tete is not neuve)]


def _egales_oubliees(avant: list[Tete], apres: list[Tete], cle: str) -> list[Tete]:
    neuve = _neuve(avant, apres)
    pareille = any(pareils(tete.valeurs, neuve.valeurs) for tete in apres if tete is not neuve)
    return [tete for tete in apres if tete is not neuve] if pareille else apres


def _deux_au_plus(avant: list[Tete], apres: list[Tete], cle: str) -> list[Tete]:
    return apres[:2]


def _resurrection(avant: list[Tete], apres: list[Tete], cle: str) -> list[Tete]:
    rang = next((rang for rang, tete in enumerate(apres) if tete.valeurs), None)
    retrait = est_element(cle) and not _neuve(avant, apres).valeurs
    return [Tete("", {cle: {}}), *apres] if retrait and avant and rang is None else apres


def _par_la_valeur(les_tetes: list[Tete], champs: Mapping[str, Any], entete: Any) -> list[Tete]:
    vus = {chemin: champ.avant for chemin, champ in champs.items()}
    return [tete for tete in _NON_REMPLACEES(les_tetes, champs, entete) if not pareils(tete.valeurs, vus)]


def _sans_tranche(les_tetes: list[Tete], champs: Mapping[str, Any], entete: Any) -> list[Tete]:
    nus = {chemin: structs.replace(champ, tranche=()) for chemin, champ in champs.items()}
    return _NON_REMPLACEES(les_tetes, nus, entete)  # type: ignore[no-any-return]


def _champ_par_champ(les_tetes: list[Tete], champs: Mapping[str, Any], entete: Any) -> Tete:
    """Chaque champ d'un groupe garde ce que l'autre poste en a dit."""
    return _DITE(les_tetes, champs, structs.replace(entete, format=1))  # type: ignore[no-any-return]


def _patch(nom: str, remplacant: Any, *modules: Any) -> Mutation:
    def muter(patch: pytest.MonkeyPatch) -> None:
        for module in modules:
            patch.setattr(module, nom, remplacant)

    return muter


def _contre_la_premiere(unites: Mapping[str, list[Tete]], cle: str) -> bool:
    les_tetes = [tete for tete in unites.get(cle, []) if tete.operation]
    if any(not tetes.memes(cle, les_tetes[0].valeurs, tete.valeurs) for tete in les_tetes[1:]):
        return True
    return est_element(cle) and bool(tetes.ignorees(unites, cle))  # type: ignore[arg-type]


def _chacun_la_sienne(genre: str, chemin: str) -> str:
    return "" if chemin.partition(".")[0] in MODULE._ENTETE else chemin


_TROIS = (tetes, MODULE, lecture)
MUTANTS: dict[str, Mutation] = {
    "le dernier écrit gagne": _entrer(_dernier_ecrit),
    "le premier écrit gagne, la divergence est oubliée": _entrer(_premier_ecrit),
    "la nouvelle valeur prend la place de celle en vigueur": _entrer(_neuve_en_vigueur),
    "une valeur déjà dite est oubliée": _entrer(_egales_oubliees),
    "pas plus de deux propositions": _entrer(_deux_au_plus),
    "un second retrait fait revenir": _entrer(_resurrection),
    "on compare les valeurs, pas les opérations": _patch("_non_remplacees", _par_la_valeur, MODULE),
    "tranché est ignoré": _patch("_non_remplacees", _sans_tranche, MODULE),
    "un groupe se fond champ par champ": _patch("_unite_gardee", _chacun_la_sienne, MODULE),
    "un groupe prend à l'autre ce qu'il ne dit pas": _patch("_dite", _champ_par_champ, MODULE),
    "un retrait ne regarde pas ce qu'il ignorait": _patch("ignorees", lambda unites, element: [], *_TROIS),
    "un retrait ne couvre rien": _patch("_couvre", lambda retrait, tete: False, tetes),
    "aucune divergence ne se voit": _patch("diverge", lambda unites, cle: False, MODULE, lecture),
    "seule la tête en vigueur se compare": _patch("diverge", _contre_la_premiere, MODULE, lecture),
    "vrai est un": _patch("pareils", lambda une, autre: une == autre, tetes),
    "deux ajouts divergent": _patch("memes", lambda cle, une, autre: pareils(une, autre), tetes),
    "un retrait proposé ne vaut jamais": _patch(
        "retire",
        lambda unites, element: bool(unites.get(element)) and not unites[element][0].valeurs,
        *_TROIS,
    ),
    "discret attend son tour": _patch("en_vigueur", lambda cle, les_tetes: les_tetes[0], lecture),
}


@pytest.mark.parametrize("nom", MUTANTS)
def test_le_mutant_est_vu(nom: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[nom](monkeypatch)
    assert any(_trahit(scenario) for scenario in CAS.values()), f"le mutant « {nom} » survit"


def _trahit(scenario: list[Pas]) -> bool:
    try:
        eprouver(scenario)
    except AssertionError:
        return True
    return False
