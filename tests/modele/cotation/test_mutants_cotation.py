"""Chaque invariant, trahi à la main, est vu par l'oracle : un mutant qui survit fait échouer l'essai."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from oracle_cotation import SANS, Incertain, exact, verite
from tirages_cotation import JOUR, lire

from modele.cotation import calcul, exactitude, inconnus, lectures, note, surete
from modele.cotation.grille import Bornes, Cumul
from modele.cotation.note import noter
from modele.regles import cellules, kleene
from modele.regles.conditions import Comparaison, Op
from modele.regles.etats import INCONNU, REFUSE, SANS_OBJET, Etat, Intervalle, Situation, Statut, connu, partiel

N1 = tuple(range(6))


def grille(*criteres: dict[str, Any], cumul: str = "somme", entete: Any = None, **rubrique: Any) -> dict[str, Any]:
    ecrits = [{"id": f"c{rang}", "libelle": "c"} | critere for rang, critere in enumerate(criteres)]
    tete = {"id": "g", "libelle": "g", "territoire": "t", "statut": "exemple", "population": "toutes"}
    return {
        "format": 1,
        "grille": tete | {"en_vigueur_du": date(2026, 1, 1)} | (entete or {}),
        "fait": [{"id": "local.b3", "type": "booleen", "question": "?"}],
        "rubrique": [{"id": "r", "libelle": "r", "cumul": cumul, **rubrique, "critere": ecrits}],
        "hors_cotation": [],
    }


ZERO = {"plancher": 0}


def si(**condition: Any) -> dict[str, Any]:
    return {"points": 7, "si": condition}


Cas = tuple[dict[str, Any], dict[str, Etat], dict[str, tuple[Any, ...]]]
CAS: dict[str, Cas] = {
    "maximum de négatifs": (grille({"points": -3}, {"points": -5}, cumul="maximum"), {}, {}),
    "maximum à égalité": (grille({"points": 3}, {"points": 3}, cumul="maximum"), {}, {}),
    "premier écrit": (grille({"points": 1}, {"points": 3}, cumul="premier"), {}, {}),
    "premier à zéro point": (grille({"points": 0}, {"points": 3}, cumul="premier"), {}, {}),
    "plancher d'une rubrique vide": (
        grille({"points": 1, "si": {"fait": "b1"}}, plancher=4),
        {"b1": connu(False)},
        {"b1": (False,)},
    ),
    "rubrique réservée": (
        grille({"points": 1}, plancher=4, si={"fait": "b1"}),
        {"b1": connu(False)},
        {"b1": (False,)},
    ),
    "borne comprise": (
        grille({"tranches": {"fait": "n1", "bornes": [{"au_plus": 3, "points": 5}, {"points": 1}]}}),
        {"n1": connu(3)},
        {"n1": (3,)},
    ),
    "borne exclue": (
        grille({"tranches": {"fait": "n1", "bornes": [{"moins_de": 3, "points": 5}, {"points": 1}]}}),
        {"n1": connu(3)},
        {"n1": (3,)},
    ),
    "au moins": (grille(si(fait="n1", au_moins=3)), {"n1": connu(3)}, {"n1": (3,)}),
    "plus de": (grille(si(fait="n1", plus_de=3)), {"n1": connu(3)}, {"n1": (3,)}),
    "partie entière d'un négatif": (
        grille({"par_unite": {"fait": "n2", "points": 2, "chaque": 2}}),
        {"n2": connu(-1)},
        {"n2": (-1,)},
    ),
    "sans objet": (grille(si(fait="c1", different="a")), {"c1": SANS_OBJET}, {"c1": ()}),
    "sans objet, hors de": (grille(si(fait="c1", hors_de=["a"])), {"c1": SANS_OBJET}, {"c1": ()}),
    "points sans objet": (grille({"par_unite": {"fait": "n1", "points": 2}}), {"n1": SANS_OBJET}, {"n1": ()}),
    "refus": (grille(si(fait="b1")), {"b1": REFUSE}, {"b1": (False, True)}),
    "inconnu": (grille(si(fait="b1")), {"b1": INCONNU}, {"b1": (False, True)}),
    "peut-être sans objet": (
        grille(si(fait="c1", parmi=["a", "b", "c", "d"])),
        {"c1": Etat(Statut.INCONNU, peut_etre_sans_objet=True)},
        {"c1": ("a", "b", "c", "d", "SANS")},
    ),
    "un milieu qui rapporte": (
        grille({"tranches": {"fait": "n1", "bornes": [{"moins_de": 2, "points": 1}, {"moins_de": 4, "points": 9}]}}),
        {"n1": INCONNU},
        {"n1": N1},
    ),
    "connu en partie": (
        grille({"par_unite": {"fait": "n1", "points": 1}}),
        {"n1": partiel(Intervalle(2, 4))},
        {"n1": (2, 3, 4)},
    ),
    "saturation": (
        grille({"par_unite": {"fait": "n1", "points": -1, "minimum": -2}}, {"points": 3}, plafond=2),
        {"n1": INCONNU},
        {"n1": N1},
    ),
    "un fait, deux rubriques": (
        grille(si(fait="b1"), {"points": -7, "si": {"fait": "b1"}}),
        {"b1": INCONNU},
        {"b1": (False, True)},
    ),
    "écart après plafond": (
        grille(si(fait="b1"), {"points": 5, "si": {"fait": "b2"}}, entete={"plafond": 9}),
        {"b1": INCONNU, "b2": connu(True)},
        {"b1": (False, True), "b2": (True,)},
    ),
    "écart malgré le plafond des autres": (
        grille(si(fait="b1"), {"points": 5, "si": {"fait": "b2"}}, entete={"plafond": 5}),
        {"b1": INCONNU, "b2": INCONNU},
        {"b1": (False, True), "b2": (False, True)},
    ),
    "écart que le plancher cache souvent": (
        grille({"points": 2, "si": {"fait": "b1"}}, {"points": 5, "si": {"fait": "b2"}}, {"points": -5}, entete=ZERO),
        {"b1": INCONNU, "b2": INCONNU},
        {"b1": (False, True), "b2": (False, True)},
    ),
    "plancher du total": (grille({"points": -3}, entete={"plancher": 0}), {}, {}),
    "plafond après plancher": (grille({"points": 3}, plancher=5, plafond=5), {}, {}),
    "dernier jour": (grille({"points": 3, "en_vigueur_au": JOUR}), {}, {}),
}


def eprouver(cas: Cas) -> None:
    """La note de l'application est-elle celle de l'énumération ?"""
    ecrite, etats, valeurs = cas
    possibles = {nom: tuple(SANS if v == "SANS" else v for v in vs) or (SANS,) for nom, vs in valeurs.items()}
    lue = noter(lire(ecrite), Situation(etats, personnes_closes=True), JOUR)
    vraie = verite(ecrite, Incertain(possibles, [], {}, {}, 0, JOUR))
    assert (exact(lue.total.min), exact(lue.total.max)) == vraie.total
    assert dict.fromkeys(vraie.compte, False) | dict(lue.compte) == vraie.compte
    assert {d.fait: exact(d.ecart) for d in lue.decisifs} == vraie.decisifs


@pytest.mark.parametrize("nom", CAS)
def test_les_cas_sont_justes_sans_mutation(nom: str) -> None:
    eprouver(CAS[nom])


def _combiner(change: Callable[[Cumul, Any], Any]) -> Callable[[pytest.MonkeyPatch], None]:
    def muter(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(exactitude, "combiner", change)

    return muter


def _maximum_nul(cumul: Cumul, points: Any) -> Any:
    valeur, compte = calcul.combiner(cumul, points)
    return (max(valeur, Decimal(0)), compte) if cumul is Cumul.MAXIMUM else (valeur, compte)


def _dernier_a_egalite(cumul: Cumul, points: Any) -> Any:
    valeur, compte = calcul.combiner(cumul, list(points)[::-1])
    return valeur, frozenset(len(points) - 1 - rang for rang in compte)


def _premier_non_nul(cumul: Cumul, points: Any) -> Any:
    return calcul.combiner(cumul, [p or None for p in points] if cumul is Cumul.PREMIER else points)


def _somme_pour_tous(cumul: Cumul, points: Any) -> Any:
    return calcul.combiner(Cumul.SOMME, points)


def _patch(module: Any, nom: str, remplacant: Any) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(module, nom, remplacant)


def _op(avant: Op, apres: Op) -> Callable[[pytest.MonkeyPatch], None]:
    vrai = kleene.comparer_plages
    return _patch(kleene, "comparer_plages", lambda op, g, d: vrai(apres if op is avant else op, g, d))


def _etat(change: Callable[[Comparaison, Etat], bool | Any | None]) -> Callable[[pytest.MonkeyPatch], None]:
    vrai = kleene.trancher

    def trancher(comparaison: Comparaison, etat: Etat, situation: Situation) -> bool | None:
        verdict = change(comparaison, etat)
        return vrai(comparaison, etat, situation) if verdict is ... else verdict  # type: ignore[no-any-return]

    return _patch(kleene, "trancher", trancher)


def _sans_objet_different(comparaison: Comparaison, etat: Etat) -> Any:
    opposes = (Op.DIFFERENT, Op.HORS_DE)
    return True if etat.statut is Statut.SANS_OBJET and comparaison.op in opposes else ...


def _cellules(change: Callable[[list[Etat]], list[Etat]]) -> Callable[[pytest.MonkeyPatch], None]:
    vrai = cellules.cellules
    return _patch(inconnus, "cellules", lambda *a, **k: change(vrai(*a, **k)))


def _bornes(change: Callable[[Bornes, Decimal], Decimal]) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(Bornes, "appliquer", change)


def _sans_plancher(bornes: Bornes, points: Decimal) -> Decimal:
    return points if bornes.plafond is None else min(points, bornes.plafond)


def _sans_plafond(bornes: Bornes, points: Decimal) -> Decimal:
    return points if bornes.plancher is None else max(points, bornes.plancher)


MUTANTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "un maximum négatif rend 0": _combiner(_maximum_nul),
    "à égalité, le dernier compte": _combiner(_dernier_a_egalite),
    "le premier non nul": _combiner(_premier_non_nul),
    "tout s'additionne": _combiner(_somme_pour_tous),
    "borne de tranche toujours comprise": _patch(calcul, "convient", lambda t, v: t.borne is None or v <= t.borne),
    "borne de tranche jamais comprise": _patch(calcul, "convient", lambda t, v: t.borne is None or v < t.borne),
    "au_moins devient plus_de": _op(Op.AU_MOINS, Op.PLUS_DE),
    "plus_de devient au_moins": _op(Op.PLUS_DE, Op.AU_MOINS),
    "partie entière vers zéro": _patch(calcul, "unites", lambda valeur, chaque: valeur // chaque),
    "refus traité comme faux": lambda patch: patch.setattr(
        Etat, "ouvert", property(lambda e: e.statut in (Statut.INCONNU, Statut.PARTIEL))
    ),
    "inconnu traité comme faux": lambda patch: patch.setattr(Etat, "ouvert", property(lambda e: False)),
    "sans objet traité comme inconnu": lambda patch: patch.setattr(
        Etat, "ouvert", property(lambda e: e.statut is not Statut.CONNU)
    ),
    "different vrai sans objet": _etat(_sans_objet_different),
    "jamais sans objet": _cellules(lambda etats: [e for e in etats if e != SANS_OBJET]),
    "intervalle d'un seul bout": _cellules(lambda etats: etats[:1]),
    "les deux bouts seulement": _cellules(lambda etats: [etats[0], etats[-1]]),
    "saturation oubliée": _patch(lectures, "_saturations", lambda forme: (0, 0)),
    "les blocs ne partagent rien": _patch(
        exactitude, "_groupes", lambda blocs: [exactitude.Groupe([b], b.cles) for b in blocs]
    ),
    "écart avant bornes": _patch(note, "_ecart_borne", lambda haut, bas, bornes, reste: haut - bas),
    "écart des seuls autres au plus bas": _patch(
        note,
        "_ecart_borne",
        lambda haut, bas, bornes, reste: bornes.appliquer(haut + reste.base) - bornes.appliquer(bas + reste.base),
    ),
    "écart des seuls autres au plus haut": _patch(
        note,
        "_ecart_borne",
        lambda haut, bas, bornes, reste: (
            bornes.appliquer(haut + reste.autour(Decimal(99))[-1])
            - bornes.appliquer(bas + reste.autour(Decimal(99))[-1])
        ),
    ),
    "sans plancher": _bornes(_sans_plancher),
    "sans plafond": _bornes(_sans_plafond),
    "le dernier jour n'est plus compris": lambda patch: patch.setattr(
        note, "du_jour", lambda g, jour: calcul.du_jour(g, date.fromordinal(jour.toordinal() + 1))
    ),
    "une rubrique réservée reste ouverte": _patch(exactitude, "_ouverte", lambda condition, situation: Decimal(0)),
}


@pytest.mark.parametrize("nom", MUTANTS)
def test_le_mutant_est_vu(nom: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[nom](monkeypatch)
    vus = []
    for titre, cas in CAS.items():
        try:
            eprouver(cas)
        except AssertionError:
            vus.append(titre)
    assert vus, f"le mutant « {nom} » survit"


def test_le_mutant_de_l_intervalle_immediat_est_vu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Un intervalle immédiat réduit au bas n'est plus sûr."""
    monkeypatch.setattr(surete.Etendue, "ou", lambda self, autre: self)
    ecrite, etats, _ = CAS["un milieu qui rapporte"]
    large = note.noter_sur(lire(ecrite), Situation(etats, personnes_closes=True), JOUR)
    assert large.total.max == 1
