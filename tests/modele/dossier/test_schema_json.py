"""Le schéma publié : à jour, sans NIR, avec les codes et les bornes."""

import json
from pathlib import Path
from typing import Any

from modele.dossier.inventaire import inventaire
from modele.dossier.nomenclatures import nationales
from modele.dossier.schema_json import FICHIER, ecrire, schema, texte


def _resoudre(noeud: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    return defs[noeud["$ref"].rpartition("/")[2]] if "$ref" in noeud else noeud


def test_le_schema_publie_est_a_jour() -> None:
    """Après un changement des types : ``python -m modele.dossier.schema_json``."""
    assert FICHIER.read_text(encoding="utf-8") == texte()


def test_le_schema_s_ecrit_ou_l_on_veut(tmp_path: Path) -> None:
    """La commande qui le met à jour écrit ce que l'essai compare."""
    ecrire(tmp_path / "s.json")
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == texte()


def test_chaque_champ_du_dossier_y_est() -> None:
    """Un champ absent du schéma serait un champ que personne ne connaît."""
    publie = schema()
    for chemin, champ in inventaire().champs.items():
        noeud = publie
        for cle in chemin.split("."):
            noeud = _resoudre(noeud["properties"][cle], publie["$defs"])
        assert noeud["title"] == champ.champ.definition


def test_aucune_cle_ne_garde_le_nir() -> None:
    """Le numéro de sécurité sociale n'existe pas dans Perron."""
    publie = schema()
    noeuds = [publie, *publie["$defs"].values()]
    cles = {cle for noeud in noeuds for cle in noeud.get("properties", {})}
    assert "nom" in cles
    assert not {cle for cle in cles if cle in {"nir", "numero_securite_sociale"}}
    vu = publie["$defs"]["Personne"]["properties"]["numero_securite_sociale_vu"]
    assert vu["anyOf"][0] == {"type": "boolean"}


def test_les_codes_et_les_bornes_y_sont() -> None:
    """Un autre logiciel doit pouvoir vérifier un dossier sans Perron."""
    publie = schema()
    assert {c["const"] for c in publie["$defs"]["motif"]["oneOf"]} == set(nationales()["motif"].codes)
    loyer = publie["$defs"]["LogementActuel"]["properties"]["loyer"]
    assert loyer["anyOf"][0] == {"type": "number", "minimum": 0, "maximum": 9999}
    assert loyer["x-unite"] == "euros par mois"
    assert publie["required"] == ["id", "territoire"]


def test_toutes_les_references_menent_quelque_part() -> None:
    """Un ``$ref`` sans définition rendrait le schéma inutilisable."""
    publie = json.loads(texte())

    def references(noeud: Any) -> set[str]:
        if isinstance(noeud, dict):
            propres = {noeud["$ref"]} if isinstance(noeud.get("$ref"), str) else set()
            return propres.union(*(references(v) for v in noeud.values())) if noeud else propres
        return set().union(*(references(v) for v in noeud)) if isinstance(noeud, list) else set()

    assert references(publie) <= {f"#/$defs/{nom}" for nom in publie["$defs"]}
