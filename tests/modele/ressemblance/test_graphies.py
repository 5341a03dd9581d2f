"""Les graphies d'un même nom : un fichier de données, vérifié."""

from __future__ import annotations

from pathlib import Path

import pytest

from modele.regles.fautes import FichierFautif
from modele.ressemblance.graphies import lire_graphies, livrees

ENSEMBLE = """
[[ensemble]]
id = "essai"
source = "essai"
confiance = "D"
verifie_le = 2026-11-30
familles = [{familles}]
"""


def _fichier(dossier: Path, familles: str) -> Path:
    chemin = dossier / "graphies.toml"
    chemin.write_text(ENSEMBLE.format(familles=familles), encoding="utf-8")
    return chemin


def test_une_famille_porte_sa_premiere_graphie(tmp_path: Path) -> None:
    """À plat, dans toute écriture."""
    lues = lire_graphies(_fichier(tmp_path, '"Işık Isik Ишик"'))
    assert lues == {"isik": "isik", "ishik": "isik"}


@pytest.mark.parametrize(
    ("familles", "attendu"),
    [
        ('"Ali Aly", "Aly Alé"', "déjà de la famille"),
        ('"Ali"', "qu'une graphie"),
        ('"Ali ALI"', "qu'une graphie"),
        ('"Ali El-Ali"', "n'est pas un mot"),
    ],
)
def test_un_fichier_fautif_dit_quoi_corriger(tmp_path: Path, familles: str, attendu: str) -> None:
    """Le mot, et ce qui ne va pas."""
    with pytest.raises(FichierFautif, match=attendu):
        lire_graphies(_fichier(tmp_path, familles))


def test_les_graphies_livrees_se_lisent() -> None:
    """Ce qui est livré est juste, et n'a que des mots à plat."""
    assert len(livrees()) > 800
    assert all(graphie.isascii() and graphie.islower() for graphie in livrees())
