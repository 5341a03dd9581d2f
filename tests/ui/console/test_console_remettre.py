"""« remettre » : proposer à l'accord de la personne, retirer ; ni nom ni valeur sur la sortie. À deux postes :
``tests/modele/synchro/test_synchro_remises.py``."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from outils_console import lancer

sys.path.append(str(Path(__file__).parents[2] / "modele" / "coffre"))

from outils_coffre import AGENT, MOT_DE_PASSE, creer, ouvrir

from modele.dossier.codes import reference_courte
from modele.droits import Auteur

DEMAIN = (date.today() + timedelta(days=1)).isoformat()
ELLE = {
    "territoire": "metropole-exemple",
    "demandeur": {"nom": "Zyxwvu", "prenoms": "Aminata"},
    "contact": {"telephone": "0600000001"},
    "recherche": {"communes": ["99X01"], "zones_a_eviter": ["99X02"]},
}


class Tenu:
    """Un coffre fermé, sa personne, et un dossier discret."""

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin
        ouvert, _ = creer(chemin)
        discret = {**ELLE, "protection": {"discret": True}}
        crees = [ouvert.creer_dossier(un, Auteur(AGENT))["id"] for un in (ELLE, discret)]
        self.dossier, self.discret = map(reference_courte, crees)
        ouvert.fermer()

    def faire(self, geste: str, *mots: str) -> tuple[int, str, str]:
        fini = lancer("remettre", geste, str(self.chemin), *mots, entree=f"{MOT_DE_PASSE}\n")
        assert "Traceback" not in fini.stderr
        for tu in ("Zyxwvu", "ZYXWVU", "Aminata", "0600000001"):
            assert tu not in fini.stdout + fini.stderr
        return fini.returncode, fini.stdout, fini.stderr

    def lire(self, geste: str, *mots: str) -> Any:
        code, dit, erreur = self.faire(geste, *mots, "--json")
        assert code == 0, erreur
        return json.loads(dit)

    def proposer(self, *mots: str) -> Any:
        (une,) = self.lire("proposer", *self.accord(*mots))["remises"]
        return une

    def accord(self, *mots: str) -> tuple[str, ...]:
        return ("--dossier", self.dossier, "--vers", "Annexe", "--but", "la suivre", "--jusqu-au", DEMAIN, *mots)


@pytest.fixture
def tenu(tmp_path: Path) -> Tenu:
    return Tenu(tmp_path / "coffre.db")


def test_proposer_dit_quels_champs_partent_puis_se_retire(tenu: Tenu) -> None:
    une = tenu.proposer()
    assert (une["vers"], une["de"], une["but"], une["jusqu_au"]) == ("Annexe", "poste-1", "la suivre", DEMAIN)
    # Elle évite un lieu : son téléphone, que rien ne dit sûr, ne part pas.
    assert une["champs"] == ["demandeur.nom", "demandeur.prenoms", "recherche.communes"]
    assert une["a_repondre"] is False
    (retiree,) = tenu.lire("retirer", "--remise", une["id"])["remises"]
    assert retiree["retiree_le"] == date.today().isoformat()
    assert retiree["champs"] == []
    code, _, erreur = tenu.faire("retirer", "--remise", une["id"])
    assert (code, "déjà sa réponse" in erreur) == (2, True)


def test_un_seul_champ_choisi(tenu: Tenu) -> None:
    assert tenu.proposer("--champ", "demandeur.nom")["champs"] == ["demandeur.nom"]


def test_le_texte_dit_d_ou_pourquoi_jusqu_a_quand(tenu: Tenu) -> None:
    assert tenu.faire("liste") == (0, "Aucune remise, ni faite d'ici, ni adressée à ce lieu.\n", "")
    tenu.proposer()
    _, dit, _ = tenu.faire("liste")
    plat = " ".join(dit.split())
    assert "de poste-1 à Annexe, sans réponse" in plat
    assert "Pourquoi : la suivre." in plat
    assert "Champs remis : demandeur.nom" in plat


def test_un_discret_va_a_une_personne_nommee(tenu: Tenu) -> None:
    tenu.dossier = tenu.discret
    code, _, erreur = tenu.faire("proposer", *tenu.accord())
    assert (code, "personne nommée" in erreur) == (2, True)
    assert "contact.telephone" not in tenu.proposer("--a-qui", "Salma Haddad")["champs"]


@pytest.mark.parametrize(
    ("geste", "mots", "phrase"),
    [
        ("donner", (), "Geste inconnu : donner"),
        ("proposer", (), "jusqu'à quand"),
        ("proposer", ("--jusqu-au", DEMAIN), "référence"),
        ("proposer", ("--jusqu-au", "demain"), "demain"),
        ("recevoir", ("--remise", "x"), "déjà sa réponse"),
        ("refuser", ("--remise", "x"), "pourquoi"),
        ("refuser", ("--remise", "x", "--motif", "non"), "déjà sa réponse"),
    ],
    ids=["geste", "terme", "reference", "date", "recevoir", "sans-motif", "refuser"],
)
def test_une_faute_se_dit_et_rien_ne_change(tenu: Tenu, geste: str, mots: tuple[str, ...], phrase: str) -> None:
    code, dit, erreur = tenu.faire(geste, *mots)
    assert (code, dit) == (2, "")
    assert phrase in erreur
    ouvert = ouvrir(tenu.chemin)
    assert ouvert.remises.lister(Auteur(AGENT)) == []
    ouvert.fermer()
