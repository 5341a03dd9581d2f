"""Tirages : des grilles entières, écrites en TOML, et des situations où tout ou partie est inconnu."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

from ecriture_toml import ecrire
from hypothesis import strategies as st
from oracle_cotation import SANS, Incertain

from modele.cotation.grille import Grille
from modele.cotation.lecture_grille import grille_depuis
from modele.regles.etats import REFUSE, SANS_OBJET, Enumere, Etat, Intervalle, Parties, Situation, Statut, connu
from modele.regles.faits import Catalogue, Fait, TypeFait
from modele.regles.lecture import lire_texte
from modele.regles.parametres import DeclarationParametre

JOUR = date(2026, 6, 15)
J0 = date(2026, 1, 10)
PAS_DENSE = 16  # les seuils sont des quarts : entre deux, trois points suffisent à tous les ordres


@dataclass(frozen=True)
class Domaine:
    """Un fait de petit domaine : sa déclaration, toutes ses valeurs admissibles, des seuils qui le coupent."""

    fait: Fait
    valeurs: tuple[Any, ...]
    seuils: tuple[Any, ...] = ()
    chaques: tuple[Any, ...] = ()


def _parties(codes: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(c) for taille in range(len(codes) + 1) for c in combinations(codes, taille))


def _d(texte: str) -> Decimal:
    return Decimal(texte)


def _booleen(nom: str) -> Domaine:
    return Domaine(Fait(nom, TypeFait.BOOLEEN), (False, True))


def _entier(nom: str, bas: int, haut: int) -> Domaine:
    seuils = (*range(bas - 1, haut + 2), _d("0.5"), _d("2.5"))
    fait = Fait(nom, TypeFait.ENTIER, minimum=bas, maximum=haut)
    return Domaine(fait, tuple(range(bas, haut + 1)), seuils, (1, 2, 3, _d("0.5"), _d("1.5")))


def _choix(nom: str, codes: tuple[str, ...]) -> Domaine:
    return Domaine(Fait(nom, TypeFait.CHOIX, codes=codes), codes)


DOMAINES = {
    d.fait.nom: d
    for d in (
        _booleen("b1"),
        _booleen("b2"),
        _booleen("local.b3"),
        _entier("n1", 0, 5),
        _entier("n2", -2, 3),
        Domaine(
            Fait("d1", TypeFait.DECIMAL, minimum=_d("0"), maximum=_d("0.5"), decimales=1),
            tuple(_d(f"0.{i}") for i in range(6)),
            tuple(_d(f"{i * 5}").scaleb(-2) for i in range(-1, 12)),
            (_d("0.1"), _d("0.2"), _d("0.25"), _d("0.05")),
        ),
        Domaine(
            Fait("d2", TypeFait.DECIMAL, minimum=_d("0"), maximum=_d("1")),
            tuple(Decimal(i) / PAS_DENSE for i in range(PAS_DENSE + 1)),
            tuple(Decimal(i) / 4 for i in range(-1, 6)),
            (_d("0.25"), _d("0.5")),
        ),
        Domaine(
            Fait("j1", TypeFait.DATE, minimum=J0, maximum=J0 + timedelta(days=3)),
            tuple(J0 + timedelta(days=i) for i in range(4)),
            tuple(J0 + timedelta(days=i) for i in range(-1, 5)),
        ),
        _choix("c1", ("a", "b", "c", "d")),
        Domaine(Fait("e1", TypeFait.ENSEMBLE, codes=("x", "y", "z")), _parties(("x", "y", "z"))),
    )
}
PERSONNELS = {
    d.fait.nom: d
    for d in (_entier("personne.age", 0, 2), _booleen("personne.ok"), _choix("personne.lien", ("p", "q", "r")))
}
CATALOGUE = Catalogue(d.fait for d in (*DOMAINES.values(), *PERSONNELS.values()) if not d.fait.nom.startswith("local."))
# Chaque paramètre : son type, ses valeurs admissibles, les faits auxquels il se compare.
PARAMETRES: dict[str, tuple[TypeFait, tuple[Any, ...], tuple[str, ...]]] = {
    "p_entier": (TypeFait.ENTIER, tuple(range(-1, 5)), ("n1", "n2", "personne.age")),
    "p_dense": (TypeFait.DECIMAL, tuple(Decimal(i) / PAS_DENSE for i in range(PAS_DENSE + 1)), ("d2", "n1")),
    "p_date": (TypeFait.DATE, tuple(J0 + timedelta(days=i) for i in range(4)), ("j1",)),
}
DECLARES = {
    nom: DeclarationParametre(nom, type_, minimum=valeurs[0], maximum=valeurs[-1])
    for nom, (type_, valeurs, _) in PARAMETRES.items()
}

_ORDRE = ("egal", "different", "plus_de", "au_moins", "moins_de", "au_plus")
_points = st.one_of(st.integers(-6, 12), st.sampled_from([_d("2.5"), _d("-1.25"), _d("0.1"), 0, 20, -15]))


@st.composite
def comparaisons(draw: Any, domaine: Domaine, *, parametres: bool = True) -> dict[str, Any]:
    """Une comparaison d'un fait, de la forme qu'admet son type."""
    fait = domaine.fait
    base = {"fait": fait.nom}
    if fait.type is TypeFait.BOOLEEN:
        return base | draw(st.sampled_from([{}, {"egal": True}, {"egal": False}]))
    codes = st.lists(st.sampled_from(fait.codes or ("?",)), min_size=1, max_size=3, unique=True)
    if fait.type is TypeFait.CHOIX:
        op = draw(st.sampled_from(["egal", "different", "parmi", "hors_de"]))
        return base | {op: draw(codes) if op in ("parmi", "hors_de") else draw(st.sampled_from(fait.codes))}
    if fait.type is TypeFait.ENSEMBLE:
        op = draw(st.sampled_from(["contient", "contient_un_de", "contient_tout"]))
        return base | {op: draw(st.sampled_from(fait.codes)) if op == "contient" else draw(codes)}
    lies = [nom for nom, (_, _, faits) in PARAMETRES.items() if fait.nom in faits] if parametres else []
    seuil = draw(st.one_of(st.sampled_from(domaine.seuils), *([st.sampled_from(lies)] if lies else [])))
    return base | {draw(st.sampled_from(_ORDRE)): {"parametre": seuil} if isinstance(seuil, str) else seuil}


@st.composite
def conditions(draw: Any, profondeur: int = 2, personne: bool = False) -> dict[str, Any]:
    """Une condition, connecteurs et quantificateurs compris."""
    formes = ["fait", "fait"]
    formes += ["tous", "un_de", "non", "au_moins_n"] if profondeur else []
    formes += [] if personne else ["une_personne", "nombre_de_personnes"]
    forme = draw(st.sampled_from(formes))
    dessous = conditions(profondeur - 1, personne)
    if forme == "fait":
        domaines = PERSONNELS if personne else DOMAINES
        return draw(comparaisons(domaines[draw(st.sampled_from(sorted(domaines)))]))
    if forme in ("tous", "un_de"):
        return {forme: draw(st.lists(dessous, min_size=1, max_size=3))}
    if forme == "non":
        return {"non": draw(dessous)}
    if forme == "au_moins_n":
        de = draw(st.lists(dessous, min_size=1, max_size=3))
        return {"au_moins_n": draw(st.integers(1, len(de))), "de": de}
    sur_une = draw(conditions(min(profondeur, 1), True))
    if forme == "une_personne":
        return {forme: sur_une}
    return {forme: sur_une, draw(st.sampled_from(_ORDRE)): draw(st.integers(0, 3))}


@st.composite
def _bornes(draw: Any, bas: str, haut: str) -> dict[str, Any]:
    a, b = sorted([draw(_points), draw(_points)])
    return {cle: v for cle, v in ((bas, a), (haut, b)) if draw(st.booleans())}


@st.composite
def _formes(draw: Any) -> dict[str, Any]:
    forme = draw(st.sampled_from(["points", "points", "par_unite", "tranches"]))
    if forme == "points":
        return {"points": draw(_points)}
    if forme == "par_unite":
        domaine = DOMAINES[draw(st.sampled_from(["n1", "n2", "d1", "d2"]))]
        table = {"fait": domaine.fait.nom, "points": draw(_points)} | draw(_bornes("minimum", "maximum"))
        return {forme: table | ({"chaque": draw(st.sampled_from(domaine.chaques))} if draw(st.booleans()) else {})}
    domaine = DOMAINES[draw(st.sampled_from(["n1", "n2", "d1", "d2", "j1"]))]
    seuils = sorted(draw(st.lists(st.sampled_from(domaine.seuils), min_size=1, max_size=3, unique=True)))
    tranches = [{draw(st.sampled_from(["moins_de", "au_plus"])): s, "points": draw(_points)} for s in seuils]
    reste = [{"points": draw(_points)}] if draw(st.booleans()) else []
    return {forme: {"fait": domaine.fait.nom, "bornes": tranches + reste}}


_dates = st.sampled_from(
    [{}, {}, {}, {"en_vigueur_au": JOUR}, {"en_vigueur_du": JOUR}, {"en_vigueur_du": JOUR + timedelta(days=1)}]
)


@st.composite
def grilles(draw: Any) -> dict[str, Any]:
    """Une grille entière, telle qu'on l'écrit."""
    rubriques: list[dict[str, Any]] = []
    for r in range(draw(st.integers(1, 3))):
        criteres = []
        for c in range(draw(st.integers(1, 3))):
            critere = {"id": f"r{r}c{c}", "libelle": "c"} | draw(_formes()) | draw(_dates)
            criteres.append(critere | ({"si": draw(conditions())} if draw(st.booleans()) else {}))
        rubrique = {"id": f"r{r}", "libelle": "r", "cumul": draw(st.sampled_from(["somme", "maximum", "premier"]))}
        rubrique |= draw(_bornes("plancher", "plafond")) | draw(_dates)
        reservee = draw(st.integers(0, 3)) == 0
        rubriques.append(rubrique | ({"si": draw(conditions(1))} if reservee else {}) | {"critere": criteres})
    entete = {"id": "g", "libelle": "g", "territoire": "t", "statut": "exemple", "population": "toutes"}
    local = {"id": "local.b3", "type": "booleen", "question": "?"}
    return {
        "format": 1,
        "grille": entete | {"en_vigueur_du": date(2026, 1, 1)} | draw(_bornes("plancher", "plafond")),
        "fait": [local],
        "rubrique": rubriques,
        "hors_cotation": [{"id": "h", "libelle": "h", "si": draw(conditions(1))}] if draw(st.booleans()) else [],
    }


def lire(grille: Mapping[str, Any]) -> Grille:
    """La grille relue par l'application."""
    return grille_depuis(lire_texte(ecrire(grille), "essai.toml"), CATALOGUE, DECLARES)


# --- Les situations -------------------------------------------------------------------------------------------------

Possible = tuple[Etat, tuple[Any, ...]]


def noms_lus(noeud: Any, cle: str = "fait") -> set[str]:
    """Les faits (ou les paramètres) que nomme une grille."""
    if isinstance(noeud, dict):
        ici = {noeud[cle]} if isinstance(noeud.get(cle), str) else set()
        return ici.union(*(noms_lus(v, cle) for v in noeud.values()))
    return set().union(*(noms_lus(v, cle) for v in noeud)) if isinstance(noeud, list) else set()


@st.composite
def etats(draw: Any, domaine: Domaine, budget: int) -> Possible:
    """Un état du fait et ses valeurs admissibles ; connu ou sans objet si ``budget`` n'en admet pas tant."""
    fait, valeurs = domaine.fait, domaine.valeurs
    formes: list[Callable[[Any, Domaine], Possible]] = [_connu, _connu, _sans_objet]
    if budget >= len(valeurs) + 1:
        formes += [_inconnu, _inconnu, _refuse, _parmi, _peut_etre]
        formes += [_entre] if fait.type in (TypeFait.ENTIER, TypeFait.DECIMAL, TypeFait.DATE) else []
        formes += [_codes_possibles] if fait.type is TypeFait.ENSEMBLE else []
    elif budget >= 3:
        formes += [_parmi]
    return draw(st.sampled_from(formes))(draw, domaine)


def _connu(draw: Any, domaine: Domaine) -> Possible:
    valeur = draw(st.sampled_from(domaine.valeurs))
    return connu(valeur), (valeur,)


def _sans_objet(draw: Any, domaine: Domaine) -> Possible:
    return SANS_OBJET, (SANS,)


def _inconnu(draw: Any, domaine: Domaine) -> Possible:
    return Etat(Statut.INCONNU), domaine.valeurs


def _refuse(draw: Any, domaine: Domaine) -> Possible:
    return REFUSE, domaine.valeurs


def _parmi(draw: Any, domaine: Domaine) -> Possible:
    taille = min(3, len(domaine.valeurs))
    valeurs = tuple(draw(st.lists(st.sampled_from(domaine.valeurs), min_size=2, max_size=taille, unique=True)))
    return Etat(Statut.PARTIEL, domaine=Enumere(valeurs)), valeurs


def _entre(draw: Any, domaine: Domaine) -> Possible:
    bornes = draw(st.lists(st.sampled_from(domaine.valeurs), min_size=2, max_size=2, unique=True))
    bas, haut = sorted(bornes)
    if domaine.fait.type is TypeFait.DECIMAL and domaine.fait.decimales is None:
        bas, haut = Decimal(math.floor(bas * 4)) / 4, Decimal(math.ceil(haut * 4)) / 4
    ouvert = draw(st.sampled_from([(bas, haut), (None, haut), (bas, None)]))
    valeurs = tuple(v for v in domaine.valeurs if (ouvert[0] is None or v >= bas) and (ouvert[1] is None or v <= haut))
    return Etat(Statut.PARTIEL, domaine=Intervalle(*ouvert)), valeurs


def _codes_possibles(draw: Any, domaine: Domaine) -> Possible:
    codes = domaine.fait.codes
    certains = frozenset(draw(st.lists(st.sampled_from(codes), max_size=2)))
    possibles = frozenset(draw(st.lists(st.sampled_from(codes), max_size=2)))
    valeurs = tuple(v for v in domaine.valeurs if certains <= v <= certains | possibles)
    return Etat(Statut.PARTIEL, domaine=Parties(certains, possibles)), valeurs


def _peut_etre(draw: Any, domaine: Domaine) -> Possible:
    etat, valeurs = draw(st.sampled_from([_inconnu, _refuse, _parmi]))(draw, domaine)
    return Etat(etat.statut, domaine=etat.domaine, peut_etre_sans_objet=True), (*valeurs, SANS)


def _parametre(draw: Any, nom: str, budget: int) -> Possible:
    type_, valeurs, _ = PARAMETRES[nom]
    domaine = Domaine(Fait(nom, type_), valeurs)
    bornes = Etat(Statut.PARTIEL, domaine=Intervalle(valeurs[0], valeurs[-1]))
    if budget >= len(valeurs) and draw(st.booleans()):
        return bornes, valeurs
    return draw(st.sampled_from([_connu, _parmi] if budget >= 3 else [_connu]))(draw, domaine)


class _Budget:
    """Le nombre de complétions encore permises."""

    def __init__(self, reste: int) -> None:
        self.reste = reste

    def payer(self, possible: Possible) -> Possible:
        self.reste //= max(1, len(possible[1]))
        return possible


@st.composite
def situations(draw: Any, grille: Mapping[str, Any], completions: int) -> tuple[Situation, Incertain]:
    """Une situation pour la grille, et tout ce qu'elle laisse possible (au plus ``completions``)."""
    budget = _Budget(completions)
    noms, parametres = noms_lus(grille["rubrique"]), noms_lus(grille["rubrique"], "parametre")
    ordre = draw(st.permutations(sorted(noms & set(DOMAINES))))
    faits = {nom: budget.payer(draw(etats(DOMAINES[nom], budget.reste))) for nom in ordre}
    droits = {nom: budget.payer(_parametre(draw, nom, budget.reste)) for nom in sorted(parametres)}
    propres = sorted(noms & set(PERSONNELS))
    personnes = [
        {nom: budget.payer(draw(etats(PERSONNELS[nom], budget.reste))) for nom in propres}
        for _ in range(draw(st.integers(0, 2)) if propres else 0)
    ]
    genre = {nom: PERSONNELS[nom].valeurs for nom in propres}
    places = _places(draw, math.prod(len(v) for v in genre.values()), budget.reste) if propres else 0
    situation = Situation(
        {nom: etat for nom, (etat, _) in faits.items()},
        tuple({nom: etat for nom, (etat, _) in p.items()} for p in personnes),
        personnes_closes=places == 0,
        personnes_max=len(personnes) + places,
        parametres={nom: etat for nom, (etat, _) in droits.items()},
    )
    return situation, Incertain(
        {nom: v for nom, (_, v) in faits.items()},
        [{nom: v for nom, (_, v) in p.items()} for p in personnes],
        {nom: v for nom, (_, v) in droits.items()},
        genre,
        places,
        JOUR,
    )


def _places(draw: Any, genres: int, budget: int) -> int:
    possibles = [n for n in (0, 0, 1, 2) if math.comb(genres + n, n) <= budget]
    return draw(st.sampled_from(possibles)) if possibles else 0


def etats_de(incertain: Incertain, rangs: Mapping[tuple[str, str, int], int]) -> Iterator[Any]:
    """Les valeurs d'une complétion, pour les messages d'échec."""
    for cle, valeurs in incertain.choix().items():
        yield cle, valeurs[rangs[cle]]
