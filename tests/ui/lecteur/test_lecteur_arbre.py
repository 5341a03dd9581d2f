"""La vraie fenêtre lue par AT-SPI depuis un autre processus, sous Xvfb : ce qu'un lecteur d'écran reçoit vraiment.

Quelques scènes à chaque fois ; toutes en campagne. Sans Xvfb ni AT-SPI
(``.ci/preparer-lecteur``), ces essais se passent.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from bureau_virtuel import LECTEUR, PERRON, bureau, manque

Noeud = dict[str, Any]
Controle = Callable[[list[Noeud]], Iterator[str]]

RAPIDES = ("ouverture-vous", "accueil", "triage-question", "entretien-texte", "entretien-coches", "cotation")
"""Un écran de chaque sorte : un formulaire, des listes, une question, une page de champs, des cases, un tableau."""
_MUETS = ("filler", "unknown", "panel", "scroll bar", "layered pane", "separator")
_SE_PRESSENT = ("push button", "radio button", "check box", "toggle button")

pytestmark = pytest.mark.skipif(bool(absents := manque()), reason=f"il manque : {absents}")


def lire(dossier: Path, *noms: str) -> Iterator[tuple[str, list[Noeud]]]:
    """Chaque scène jouée et l'arbre qui s'y lit, à plat."""
    with bureau(dossier) as ici, ici.lancer([*PERRON, "scenes", *noms]) as perron, ici.lancer(LECTEUR) as lecteur:
        while (nom := perron.ecouter()) != "FIN":
            yield nom, list(a_plat(json.loads(lecteur.demander("lire"))))
            perron.dire("suite")
        assert perron.finir() == 0, "Perron est mort en se fermant sous un lecteur"


def a_plat(noeud: Noeud) -> Iterator[Noeud]:
    """Le nœud, puis ce qu'il porte ; chacun sait son parent."""
    yield noeud
    for enfant in noeud["enfants"]:
        enfant["parent"] = noeud
        yield from a_plat(enfant)


# Les contrôles : chacun rend ce qu'il reproche.


def sans_titre(noeuds: list[Noeud]) -> Iterator[str]:
    """Une page sans titre : rien où sauter (1.3.1)."""
    if not any(un["role"] == "heading" and un["nom"] for un in noeuds):
        yield "aucun titre"


def groupes_muets(noeuds: list[Noeud]) -> Iterator[str]:
    """Un conteneur nommé que le lecteur prend pour du remplissage : son nom ne se dit jamais."""
    yield from (f"« {un['nom']} » exposé {un['role']}" for un in noeuds if un["role"] == "filler" and un["nom"])


def choix_sans_question(noeuds: list[Noeud]) -> Iterator[str]:
    """Un bouton radio hors de tout groupe qui dise la question."""
    for un in noeuds:
        if un["role"] == "radio button" and not _groupe(un):
            yield f"« {un['nom']} » : aucune question au-dessus"


def _groupe(noeud: Noeud) -> bool:
    porteur = noeud.get("parent")
    while porteur is not None and porteur["role"] not in ("frame", "form", "dialog"):
        if porteur["role"] in ("panel", "list") and porteur["nom"]:
            return True
        porteur = porteur.get("parent")
    return False


def sans_nom(noeuds: list[Noeud]) -> Iterator[str]:
    """Ce qui prend le clavier et ne se nomme pas (4.1.2)."""
    for un in noeuds:
        if "focusable" in un["etats"] and un["role"] not in _MUETS and not un["nom"].strip():
            yield f"{un['role']} anonyme en {un['place']}"


def petits(noeuds: list[Noeud]) -> Iterator[str]:
    """Une place annoncée plus petite que la cible qu'on voit : la loupe et le doigt iraient à côté."""
    for un in noeuds:
        if un["role"] in _SE_PRESSENT and min(un["place"][2:]) < 40:
            yield f"« {un['nom']} » : {un['place'][2]} sur {un['place'][3]}"


def jumeaux(noeuds: list[Noeud]) -> Iterator[str]:
    """Deux boutons de la même fenêtre au même nom et à la même description : rien ne les distingue (2.4.4)."""
    vus: set[tuple[str, str, str, int]] = set()
    for un in noeuds:
        if un["role"] != "push button":
            continue
        cle = (un["nom"], un["description"], _dessus(un), _fenetre(un))
        if cle in vus:
            yield f"deux fois « {un['nom']} »"
        vus.add(cle)


def _dessus(noeud: Noeud) -> str:
    porteur = noeud.get("parent")
    while porteur is not None and not porteur["nom"]:
        porteur = porteur.get("parent")
    return porteur["nom"] if porteur is not None else ""


def _fenetre(noeud: Noeud) -> int:
    """Ce qui distingue sa fenêtre : l'exercice a la sienne, aux mêmes barres, et le lecteur la nomme en y entrant."""
    porteur = noeud
    while porteur["role"] != "frame" and porteur.get("parent") is not None:
        porteur = porteur["parent"]
    return id(porteur)


def repetes(noeuds: list[Noeud]) -> Iterator[str]:
    """« fait fait », « 115, 115 » : un mot dit deux fois de suite."""
    for un in noeuds:
        mots = un["nom"].replace(",", " ").split() if un["role"] == "list item" else []
        for avant, apres in pairwise(mots):
            if avant == apres and avant != "·":
                yield f"« {un['nom']} »"


def tables_sans_entetes(noeuds: list[Noeud]) -> Iterator[str]:
    """Un tableau sans en-tête, ou une ligne qui ne dit pas ses colonnes (1.3.1)."""
    for table in (un for un in noeuds if un["role"] == "table"):
        dedans = list(a_plat(table))[1:]
        entetes = [un["nom"] for un in dedans if un["role"] == "table column header"]
        if not entetes:
            yield f"« {table['nom']} » : aucun en-tête"
        for ligne in (un for un in dedans if un["role"] == "table row"):
            if entetes and entetes[-1] not in ligne["nom"]:
                yield f"« {table['nom']} » : « {ligne['nom']} » ne dit pas ses colonnes"


def deux_claviers(noeuds: list[Noeud]) -> Iterator[str]:
    """Le clavier annoncé à plusieurs endroits : le lecteur s'arrête au mauvais."""
    ici = [un for un in noeuds if "focused" in un["etats"] and un["role"] not in ("list item", "frame")]
    if len(ici) > 1:
        yield " et ".join(f"{un['role']} « {un['nom']} »" for un in ici)


CONTROLES: tuple[Controle, ...] = (
    *(sans_titre, groupes_muets, choix_sans_question, sans_nom, petits, jumeaux, repetes),
    *(tables_sans_entetes, deux_claviers),
)


def reproches(scenes: Iterator[tuple[str, list[Noeud]]]) -> list[str]:
    """Tout ce que les contrôles reprochent à ces scènes."""
    return [
        f"{nom}, {controle.__name__} : {faute}"
        for nom, noeuds in scenes
        for controle in CONTROLES
        for faute in controle(noeuds)
    ]


def test_un_lecteur_lit_chaque_sorte_d_ecran(tmp_path: Path) -> None:
    """Titres, groupes, noms, places, tableaux : ce qu'un autre processus reçoit, pas ce que Perron croit envoyer."""
    vues: dict[str, list[Noeud]] = {}

    def garder() -> Iterator[tuple[str, list[Noeud]]]:
        for nom, noeuds in lire(tmp_path, *RAPIDES):
            vues[nom] = noeuds
            yield nom, noeuds

    assert reproches(garder()) == []
    assert set(vues) == set(RAPIDES)
    assert {un["role"] for un in vues["entretien-coches"]} >= {"check box", "radio button", "heading", "panel", "list"}
    assert {un["role"] for un in vues["cotation"]} >= {"table", "table row", "table column header"}
    cochees = [un["nom"] for un in vues["entretien-coches"] if un["role"] == "check box" and "checked" in un["etats"]]
    assert cochees == ["Sans logement, hébergé ou en logement temporaire"]
    (question,) = [un for un in vues["triage-question"] if un["role"] == "panel" and "focused" in un["etats"]]
    assert question["nom"].startswith("Est-ce que quelqu'un est en danger")


@pytest.mark.campagne
def test_un_lecteur_lit_tous_les_ecrans(tmp_path: Path) -> None:
    """De même, chaque état de chaque écran du théâtre."""
    fautes = reproches(lire(tmp_path))
    assert fautes == [], "\n".join(fautes)


def _noeud(role: str, nom: str = "", *enfants: Noeud, etats: tuple[str, ...] = ()) -> Noeud:
    place = [0, 0, 300, 52]
    return {"role": role, "nom": nom, "description": "", "etats": list(etats), "place": place, "enfants": list(enfants)}


@pytest.mark.parametrize(
    ("fautif", "controle"),
    [
        (_noeud("frame", "Perron", _noeud("label", "Accueil")), sans_titre),
        (_noeud("frame", "Perron", _noeud("filler", "Quelle question ?")), groupes_muets),
        (_noeud("frame", "Perron", _noeud("filler", "", _noeud("radio button", "Oui"))), choix_sans_question),
        (_noeud("push button", etats=("focusable",)), sans_nom),
        (_noeud("radio button", "Oui") | {"place": [0, 0, 45, 24]}, petits),
        (_noeud("form", "Note", _noeud("push button", "Demander"), _noeud("push button", "Demander")), jumeaux),
        (_noeud("list item", "Urgence, fait fait"), repetes),
        (_noeud("table", "Note", _noeud("table row", "12")), tables_sans_entetes),
        (_noeud("panel", "A", _noeud("text", "B", etats=("focused",)), etats=("focused",)), deux_claviers),
    ],
    ids=lambda valeur: getattr(valeur, "__name__", ""),
)
def test_chaque_controle_voit_sa_faute(fautif: Noeud, controle: Controle) -> None:
    """Sans cela, ne rien reprocher ne prouverait rien."""
    assert list(controle(list(a_plat(fautif))))
