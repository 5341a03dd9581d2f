"""« imprimer --fiche rendez-vous » : le papier d'un rendez-vous lu d'un fichier, et chaque fichier fautif dit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from outils_console import lancer

TENU = {"date": "2026-12-08", "heure": "09:30", "lieu": "ccas-colombe", "interprete": "trouve", "langue": "ar"}


def imprimer(dossier: Path, rendez_vous: Any, **sections: Any) -> tuple[Any, Path]:
    """La commande sur un dossier ; ``rendez_vous`` : ce qu'on écrit dans le fichier, ``None`` : sans l'option."""
    document = {
        "id": "0198c0de-0000-7000-8000-000000000001",
        "territoire": "metropole-exemple",
        "schema": 1,
        **sections,
    }
    (dossier / "d.json").write_text(json.dumps(document), encoding="utf-8")
    (dossier / "r.json").write_text(
        rendez_vous if isinstance(rendez_vous, str) else json.dumps(rendez_vous), encoding="utf-8"
    )
    option = () if rendez_vous is None else ("--rendez-vous", str(dossier / "r.json"))
    arguments = ("--fiche", "rendez-vous", "--date", "2026-11-30", "--sortie", str(dossier / "x.pdf"), *option)
    return lancer("imprimer", str(dossier / "d.json"), *arguments), dossier / "x.pdf"


def test_le_papier_dit_quand_ou_et_l_interprete(tmp_path: Path) -> None:
    fini, sortie = imprimer(tmp_path, TENU)
    assert fini.returncode == 0, fini.stderr
    lu = pdfium.PdfDocument(sortie)[0].get_textpage().get_text_bounded().replace("\u202f", " ").replace("\u00a0", " ")
    for dit in ("Mardi 8 décembre 2026, à 9 h 30", "CCAS de Colombe", "Un interprète sera là : arabe."):
        assert dit in lu


@pytest.mark.parametrize(
    ("rendez_vous", "dit"),
    [
        ("{", "attendu un objet JSON"),
        ([], "attendu un objet JSON"),
        ({**TENU, "date": "demain"}, "AAAA-MM-JJ"),
        ({**TENU, "heure": "9h"}, "n'est pas une heure"),
        ({**TENU, "lieu": ""}, "« lieu » manque"),
        ({**TENU, "langue": "klingon"}, "n'est pas une réponse possible"),
        ({**TENU, "interprete": "oui"}, "n'est pas une réponse possible"),
        (None, "n’a aucun rendez-vous à venir"),
    ],
    ids=["coupé", "liste", "date", "heure", "lieu", "langue", "interprete", "sans"],
)
def test_un_fichier_fautif_se_dit_et_rien_ne_s_ecrit(tmp_path: Path, rendez_vous: Any, dit: str) -> None:
    fini, sortie = imprimer(tmp_path, rendez_vous)
    assert fini.returncode == 2
    assert dit in fini.stderr.replace("\n", " ")
    assert "Traceback" not in fini.stderr
    assert not sortie.exists()


def test_un_dossier_discret_n_en_a_pas(tmp_path: Path) -> None:
    fini, sortie = imprimer(tmp_path, TENU, protection={"discret": True})
    assert fini.returncode == 2
    assert "dossier discret" in fini.stderr.replace("\n", " ")
    assert not sortie.exists()
