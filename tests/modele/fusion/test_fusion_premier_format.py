"""Les opérations écrites avant la synchronisation : des tables entières, un champ sans son unité. Une seule chaîne."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from postes_d_essai import TERRITOIRE, dit, operation, vide

from modele.dossier.chemins import ABSENT, poser
from modele.dossier.operations import ChampPose, Operation, retirer
from modele.fusion import EtatDossier, divergences, document, fusionner

PERSONNES = "foyer.personnes"
EXEMPLE = Path(__file__).parents[1] / "dossier" / "exemples" / "operations-format-1.jsonl"


def _premier(champs: Mapping[str, ChampPose]) -> Operation:
    """Une opération du premier format : l'en-tête n'en dit rien."""
    neuve = operation("A", champs)
    entete = msgspec.structs.replace(neuve.entete, format=1)
    return Operation(msgspec.json.encode(entete), neuve.sel, neuve.contenu)


def _entrer(etat: EtatDossier, *operations: Operation) -> EtatDossier:
    for une in operations:
        etat = fusionner(etat, une, "A").etat
    return etat


def test_un_champ_du_groupe_garde_les_autres() -> None:
    """L'opération ne dit que le nom : le prénom de la tête vue reste."""
    creation = _premier({"demandeur.nom": dit(apres="Fatihi"), "demandeur.prenoms": dit(apres="Nadia")})
    nom = _premier({"demandeur.nom": dit("Fatihi", "Roux", creation.entete.id)})
    # Le prénom n'a plus été touché depuis la création : l'opération cite encore celle-ci.
    prenom = _premier({"demandeur.prenoms": dit("Nadia", "Nadège", creation.entete.id)})
    sans = _premier({"demandeur.nom": dit("Roux", vu=nom.entete.id)})
    etat = _entrer(vide(), creation, nom, prenom)
    assert document(etat)["demandeur"] == {"nom": "Roux", "prenoms": "Nadège"}
    assert divergences(etat) == []
    assert document(_entrer(etat, sans))["demandeur"] == {"prenoms": "Nadège"}


def test_un_champ_neuf_d_un_groupe_connu() -> None:
    """Il n'y avait pas de prénom : rien n'est cité, et pourtant rien ne diverge."""
    creation = _premier({"demandeur.nom": dit(apres="Fatihi")})
    etat = _entrer(vide(), creation, _premier({"demandeur.prenoms": dit(apres="Nadia")}))
    assert document(etat)["demandeur"] == {"nom": "Fatihi", "prenoms": "Nadia"}
    assert divergences(etat) == []


def test_une_valeur_que_nul_n_avait_sous_les_yeux_diverge() -> None:
    """Même au premier format, on ne remplace pas ce qu'on n'a pas vu ; ce que l'opération ne dit pas reste."""
    creation = _premier({"demandeur.nom": dit(apres="Fatihi"), "demandeur.prenoms": dit(apres="Nadia")})
    etat = _entrer(vide(), creation, _premier({"demandeur.nom": dit("Autre", "Roux", "inconnue")}))
    (divergence,) = divergences(etat)
    assert divergence.propositions[1].valeurs == {"demandeur.nom": "Roux", "demandeur.prenoms": "Nadia"}


ENFANTS = {"elements": {"e1": {"nom": "Zoé", "emploi": {"situation": "x"}}, "e2": {}}, "ordre": ["e1", "e2"]}
TABLES: dict[str, list[tuple[str, Any, Any]]] = {
    "une personne entière": [(f"{PERSONNES}.elements.e1", ABSENT, {"nom": "Zoé", "lien": "enfant"})],
    "une personne vide": [(f"{PERSONNES}.elements.e1", ABSENT, {})],
    "une personne vidée": [
        (f"{PERSONNES}.elements.e1", ABSENT, {"nom": "Zoé"}),
        (f"{PERSONNES}.elements.e1", {"nom": "Zoé"}, {}),
    ],
    "une personne vide remplie": [
        (f"{PERSONNES}.elements.e1", ABSENT, {}),
        (f"{PERSONNES}.elements.e1", {}, {"nom": "Zoé"}),
    ],
    "une personne retirée": [
        (PERSONNES, ABSENT, ENFANTS),
        (f"{PERSONNES}.elements.e1", ENFANTS["elements"]["e1"], ABSENT),  # type: ignore[call-overload]
        (f"{PERSONNES}.ordre", ["e1", "e2"], ["e2"]),
    ],
    "toute la liste": [(PERSONNES, ABSENT, ENFANTS)],
    "la liste remplacée": [
        (PERSONNES, ABSENT, ENFANTS),
        (PERSONNES, ENFANTS, {"elements": {"e2": {"nom": "Tom"}, "e3": {}}, "ordre": ["e3", "e2"]}),
    ],
    "la liste retirée": [(PERSONNES, ABSENT, ENFANTS), (PERSONNES, ENFANTS, ABSENT)],
    "le codemandeur retiré": [
        ("codemandeur", ABSENT, {"nom": "Traoré", "emploi": {"situation": "x"}}),
        ("codemandeur", {"nom": "Traoré", "emploi": {"situation": "x"}}, ABSENT),
    ],
    "une table vide": [("codemandeur", ABSENT, {})],
    "des cases cochées": [("demande.motifs", ABSENT, {"coches": ["a"], "clos": True})],
}


@pytest.mark.parametrize("nom", TABLES)
def test_les_tables_entieres(nom: str) -> None:
    """Chaque table posée ou retirée donne le document que le poste montrait, sans divergence."""
    etat, attendu = vide(), {"id": vide().dossier, "territoire": TERRITOIRE}
    poses: dict[str, str] = {}
    for chemin, avant, apres in TABLES[nom]:
        une = _premier({chemin: dit(avant, apres, poses.get(chemin))})
        poses[chemin] = une.entete.id
        etat = _entrer(etat, une)
        attendu = retirer(attendu, chemin) if apres is ABSENT else poser(attendu, chemin, apres)
    attendu.pop("codemandeur", None)
    if not attendu.get("foyer", {}).get("personnes", {}).get("elements"):
        attendu.pop("foyer", None)
    lu = document(etat)
    for liste in (attendu, lu):
        liste.get("foyer", {}).get("personnes", {}).pop("ordre", None)
    assert lu == attendu
    assert divergences(etat) == []


def test_un_vrai_coffre_du_premier_format() -> None:
    """Les octets gardés du premier fichier publié entrent tels quels."""
    lignes = EXEMPLE.read_bytes().splitlines()
    gardees = [msgspec.json.decode(ligne, type=dict[str, bytes]) for ligne in lignes]
    operations = [Operation(une["octets"], une["sel"], une["contenu"]) for une in gardees]
    assert all(une.fidele() and une.entete.format == 1 for une in operations)
    etat = _entrer(vide(operations[0].entete.dossier), *operations)
    assert document(etat)["demandeur"] == {"nom": "El Fatihi", "prenoms": "Nadia", "date_naissance": "1984-03-12"}
    assert divergences(etat) == []
