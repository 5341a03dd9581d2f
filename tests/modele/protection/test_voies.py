"""Une rue écrite autrement se reconnaît : un fichier de données, vérifié."""

from __future__ import annotations

from pathlib import Path

import pytest

from modele.protection import report, voies
from modele.protection.voies import en_entier, lire_voies
from modele.regles.fautes import FichierFautif

_ENSEMBLE = """format = 1
vides = ["de"]
[[ensemble]]
id = "un"
source = "essai"
confiance = "D"
verifie_le = 2026-12-01
familles = [{familles}]
"""


def _fichier(dossier: Path, familles: str) -> Path:
    chemin = dossier / "voies.toml"
    chemin.write_text(_ENSEMBLE.format(familles=familles), encoding="utf-8")
    return chemin


def test_les_abreviations_se_lisent(tmp_path: Path) -> None:
    lues = lire_voies(_fichier(tmp_path, '"rue r", "avenue av ave"'))
    assert lues.entiers == {"r": "rue", "av": "avenue", "ave": "avenue"}
    assert lues.vides == {"de"}


@pytest.mark.parametrize(
    ("familles", "dit"),
    [
        ('"rue"', "attendu un mot entier"),
        ('"rue r", "route r"', "« r » abrège déjà « rue »"),
        ('"rue r", "r x"', "attendu un mot entier"),
    ],
)
def test_un_fichier_faux_se_dit(tmp_path: Path, familles: str, dit: str) -> None:
    with pytest.raises(FichierFautif) as faute:
        lire_voies(_fichier(tmp_path, familles))
    assert dit in str(faute.value)


@pytest.mark.parametrize(
    ("ecrite", "autrement"),
    [
        ("12 rue des Lilas", "12, r. des Lilas"),
        ("3 avenue du Général Leclerc", "3 av Gal Leclerc"),
        ("1 place de la Mairie", "1 PL MAIRIE"),
        ("7 boulevard Saint-Aubin", "7 bd St Aubin"),
        ("Résidence Les Ormes", "rés. les Ormes"),
    ],
)
def test_une_rue_ecrite_autrement_est_la_meme(ecrite: str, autrement: str) -> None:
    la_meme(ecrite, autrement)


def la_meme(ecrite: str, autrement: str) -> None:
    document = {
        "protection": {"discret": True},
        "logement_actuel": {"adresse": {"voie": ecrite}},
        "contact": {"adresse_courrier_sure": f"{autrement}, 31000 Toulouse"},
    }
    assert report.a_reporter(document, "logement_actuel.adresse.voie", discret=True) is report.ABSENT


def test_une_autre_voie_du_meme_nom_n_est_pas_la_meme() -> None:
    """Le CCAS est place de la Mairie, la personne vit rue de la Mairie : son courrier y va sans danger."""
    with pytest.raises(AssertionError):
        la_meme("4 rue de la Mairie", "CCAS, 1 place de la Mairie")


def test_mutant_sans_abreviations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "en_entier", list)
    with pytest.raises(AssertionError):
        la_meme("12 rue des Lilas", "12, r. des Lilas")


def test_celles_livrees_ne_se_contredisent_pas() -> None:
    assert not set(voies.livrees().entiers) & set(voies.livrees().entiers.values())
    assert en_entier(["r", "des", "lilas"]) == ["rue", "lilas"]
