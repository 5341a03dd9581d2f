"""« lieux » d'un coffre : essayer, écrire, retirer ; et dire ce que ce poste sert, que la commande seule ne lit pas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from outils_coffre import MOT_DE_PASSE, creer, ouvrir
from outils_console import lancer

from modele.dossier.acces import Acces, Geste

ENTETE = "nom;genre;source;verifie_le;id;commune;ouvert\n"
BONNE = "Permanence;CCAS;appel du 29;29/11/2026;perm;99X07;lundi 09:00-12:00\n"
CHEVAUCHE = "B;CCAS;site;29/11/2026;b;99X07;lundi 09:00-12:00 11:00-13:00\n"
INCONNUE = "C;CCAS;site;29/11/2026;c;00000;\n"


@pytest.fixture
def coffre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PERRON_MOT_DE_PASSE", MOT_DE_PASSE)
    creer(tmp_path / "c.perron")[0].fermer()
    return tmp_path / "c.perron"


@pytest.fixture
def tableau(tmp_path: Path) -> Path:
    chemin = tmp_path / "lieux.csv"
    chemin.write_text(ENTETE + BONNE + CHEVAUCHE + INCONNUE + "\n", encoding="utf-8")
    return chemin


def faire(coffre: Path, *arguments: str) -> tuple[int, str, str]:
    rendu = lancer("lieux", "--coffre", str(coffre), *arguments)
    return rendu.returncode, rendu.stdout, rendu.stderr


def ids(coffre: Path) -> set[str]:
    code, dit, erreur = faire(coffre, "--commune", "99X07", "--json")
    assert code == 0, erreur
    return {un["id"] for un in json.loads(dit)["lieux"]}


def lire(coffre: Path, *arguments: str) -> dict[str, Any]:
    code, dit, erreur = faire(coffre, *arguments, "--json")
    assert code == 0, erreur
    rendu: dict[str, Any] = json.loads(dit)
    return rendu


def test_a_blanc_puis_ecrit_puis_retire(coffre: Path, tableau: Path) -> None:
    essai = lire(coffre, "--importer", str(tableau))
    assert (essai["lus"], essai["bons"], essai["ecrit"]) == (3, 1, False)
    assert [(un["ligne"], un["colonne"]) for un in essai["refusees"]] == [(3, "ouvert ou exceptions"), (4, "commune")]
    assert "perm" not in ids(coffre)
    assert lire(coffre, "--importer", str(tableau), "--ecrire")["ecrit"]
    assert "perm" in ids(coffre)
    seule = json.loads(lancer("lieux", "--commune", "99X07", "--json").stdout)
    assert "perm" not in {un["id"] for un in seule["lieux"]}
    assert lire(coffre, "--retirer", "perm") == {"retire": "perm", "territoire": "metropole-exemple"}
    assert "perm" not in ids(coffre)
    ouvert = ouvrir(coffre)
    gestes = [un.geste for un in ouvert.acces() if un.geste.acces and "lieu" in un.geste.acces]
    assert gestes == [Geste(Acces.IMPORTER_DES_LIEUX), Geste(Acces.RETIRER_UN_LIEU, "perm")]
    ouvert.fermer()


def test_le_texte_dit_chaque_ligne_refusee(coffre: Path, tableau: Path) -> None:
    code, dit, _ = faire(coffre, "--importer", str(tableau))
    assert code == 0
    assert "Ligne 3, ouvert ou exceptions" in dit
    assert "Rien n'est encore écrit" in " ".join(dit.split())
    assert all(len(ligne) <= 80 for ligne in dit.splitlines())


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (("--retirer", "ccas-colombe"), "n'est pas un lieu que la structure a importé"),
        (("--importer", "{absent}"), "absent.csv : ce fichier n'existe pas"),
        (("--importer", "{mauvais}", "--ecrire"), "rien n'a été écrit"),
        (("--importer", "{mauvais}", "--retirer", "x"), "pas les deux"),
        (("--json",), "--commune INSEE"),
    ],
    ids=["livre", "absent", "rien-de-bon", "les-deux", "sans-commune"],
)
def test_ce_qui_ne_se_fait_pas_se_dit_et_n_ecrit_rien(
    coffre: Path, tmp_path: Path, arguments: tuple[str, ...], phrase: str
) -> None:
    mauvais = tmp_path / "mauvais.csv"
    mauvais.write_text(ENTETE + CHEVAUCHE, encoding="utf-8")
    lus = [un.format(absent=tmp_path / "absent.csv", mauvais=mauvais) for un in arguments]
    code, dit, erreur = faire(coffre, *lus)
    assert (code, dit) == (2, "")
    assert phrase in " ".join(erreur.split())
    assert "Traceback" not in erreur
    ouvert = ouvrir(coffre)
    assert ouvert.modifications() == []
    ouvert.fermer()


def test_sans_coffre_rien_ne_s_importe(tableau: Path) -> None:
    rendu = lancer("lieux", "--importer", str(tableau))
    assert (rendu.returncode, rendu.stdout) == (2, "")
    assert "--coffre COFFRE" in rendu.stderr
