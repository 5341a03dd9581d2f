"""« reunir » : ce qui ressemble, ce qui diffère, n'en faire qu'un, annuler ; ni nom ni réponse sur la sortie."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from outils_console import lancer

sys.path.append(str(Path(__file__).parents[2] / "modele" / "coffre"))

from outils_coffre import AGENT, MOT_DE_PASSE, creer, ouvrir

from modele.dossier.codes import reference_courte
from modele.droits import Auteur
from modele.protection.mots import SEPARES

ELLE = {"nom": "Zyxwvu", "prenoms": "Aminata", "date_naissance": "1990-05-14"}
IDENTITE = "demandeur#identite"


class Coffre:
    """Un coffre fermé, et les dossiers qu'il tient."""

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin
        ouvert, _ = creer(chemin)
        documents = [
            {"demandeur": ELLE, "contact": {"telephone": "0600000001"}},
            {"demandeur": {**ELLE, "date_naissance": "1991-05-14"}},
            {"demandeur": ELLE, "protection": {"discret": True}},
        ]
        crees = [
            ouvert.creer_dossier({"territoire": "metropole-exemple", **un}, Auteur(AGENT))["id"] for un in documents
        ]
        self.identifiants = crees
        self.un, self.autre, self.discret = map(reference_courte, crees)
        ouvert.fermer()

    def faire(self, *mots: str) -> tuple[int, str, str]:
        fini = lancer("reunir", str(self.chemin), *mots, entree=f"{MOT_DE_PASSE}\n")
        assert "Traceback" not in fini.stderr
        for tu in ("Zyxwvu", "ZYXWVU", "Aminata", "1990", "0600000001"):
            assert tu not in fini.stdout + fini.stderr
        return fini.returncode, fini.stdout, fini.stderr

    def lire(self, *mots: str) -> Any:
        code, dit, erreur = self.faire(*mots, "--json")
        assert code == 0, erreur
        return json.loads(dit)

    def compter(self) -> int:
        ouvert = ouvrir(self.chemin)
        nombre = ouvert.compter()
        ouvert.fermer()
        return nombre


@pytest.fixture
def coffre(tmp_path: Path) -> Coffre:
    return Coffre(tmp_path / "coffre.perron")


def test_lister_comparer_reunir_annuler(coffre: Coffre) -> None:
    """Rien ne se réunit sans « confirmer », ni sans dire ce qui se garde ; cela s'annule."""
    un, autre = coffre.un, coffre.autre
    lu = coffre.lire(un)
    assert (lu["dossier"], [ligne["dossier"] for ligne in lu["ressemblances"]], lu["reunis"]) == (un, [autre], [])
    assert "même nom" in lu["ressemblances"][0]["raisons"]
    assert coffre.lire(un, autre) == {"dossier": un, "autre": autre, "reunis": False, "a_choisir": [IDENTITE]}
    code, dit, erreur = coffre.faire(un, autre, "--geste", "confirmer")
    assert (code, dit, IDENTITE in erreur) == (2, "", True)
    assert coffre.compter() == 3
    garde = ("--garder", f"{IDENTITE}={autre}")
    assert coffre.lire(un, autre, *garde)["a_choisir"] == []
    assert coffre.lire(un, autre, *garde, "--geste", "confirmer")["reunis"] is True
    assert coffre.compter() == 2
    assert [ligne["dossier"] for ligne in coffre.lire(un)["reunis"]] == [autre]
    assert "s'annule encore" in coffre.faire(un)[1]
    assert "séparés" in coffre.faire(un, autre, "--geste", "annuler")[1]
    assert coffre.compter() == 3
    code, _, erreur = coffre.faire(un, autre, "--geste", "annuler")
    assert (code, "ne s'annule plus" in erreur) == (2, True)


def test_ecarter(coffre: Coffre) -> None:
    """Retenu : ils ne se proposent plus, dans aucun sens."""
    assert coffre.lire(coffre.un, coffre.autre, "--geste", "ecarter")["ecartes"] is True
    assert coffre.lire(coffre.un)["ressemblances"] == coffre.lire(coffre.autre)["ressemblances"] == []
    assert "Aucun autre dossier" in coffre.faire(coffre.un)[1]


def test_un_discret_ne_se_reunit_ni_ne_s_ecarte(coffre: Coffre) -> None:
    """La même phrase pour tous les gestes, qui ne dit pas pourquoi."""
    for mots in ((coffre.un, coffre.discret), (coffre.discret, coffre.un)):
        for geste in ((), ("--geste", "confirmer"), ("--geste", "ecarter")):
            code, dit, erreur = coffre.faire(*mots, *geste)
            assert (code, dit, erreur.strip()) == (2, "", SEPARES)
    assert coffre.lire(coffre.discret)["ressemblances"] == []
    assert coffre.compter() == 3


@pytest.mark.parametrize(
    ("mots", "phrase"),
    [
        (("AAAAA-AAAAA",), "Aucun dossier de ce coffre"),
        (("UN", "--geste", "confirmer"), "Donnez les deux références"),
        (("UN", "AUTRE", "--geste", "fondre"), "Geste inconnu : fondre"),
        (("UN", "AUTRE", "--garder", "contact.telephone=UN"), "Unités : demandeur#identite"),
        (("UN", "AUTRE", "--garder", "demandeur#identite=ici"), "UNITE=REFERENCE"),
        (("UN", "UN"), "le même dossier"),
    ],
)
def test_mal_ecrit(coffre: Coffre, mots: tuple[str, ...], phrase: str) -> None:
    """Une phrase, code 2, rien de changé."""
    ecrits = (mot.replace("UN", coffre.un, 1).replace("AUTRE", coffre.autre) if mot != "UNITE" else mot for mot in mots)
    code, dit, erreur = coffre.faire(*ecrits)
    assert (code, dit) == (2, "")
    assert phrase in erreur
    assert coffre.compter() == 3
