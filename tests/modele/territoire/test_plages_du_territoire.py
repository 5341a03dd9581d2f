"""Les heures de rendez-vous d'un territoire : un lieu que l'annuaire n'a pas se dit, et ne fait taire que lui."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from outils_sources import LIVREES, TERRITOIRES, national, sources_avec, territoires

from modele.sources import Lecture, Sources
from modele.territoire import chargement
from modele.territoire.modele import Territoire

ICI = "metropole-exemple"
INCONNU = """
[[plage]]
id = "ailleurs"
lieu = "ccas-colonbe"
type = "reception"
jours = ["lundi"]
debut = "09:00"
fin = "12:00"
duree = 30

[[rappel]]
lieu = "ccas-colonbe"
jours = 2
"""


def lire(sources: Sources) -> tuple[Territoire, list[str]]:
    lecture = Lecture(sources)
    lu = chargement.charger(ICI, lecture, national().pays.parametres)
    return lu, [str(ecart.message) for ecart in lecture.ecarts]


def avec_une_plage_inconnue(tmp_path: Path) -> Sources:
    shutil.copytree(TERRITOIRES, tmp_path / "territoires")
    fichier = tmp_path / "territoires" / ICI / "rendez_vous.toml"
    fichier.write_text(fichier.read_text(encoding="utf-8") + INCONNU, encoding="utf-8")
    return sources_avec(tmp_path, territoires=tmp_path / "territoires")


def test_un_lieu_inconnu_est_mis_de_cote_et_les_autres_heures_servent(tmp_path: Path) -> None:
    lu, ecarts = lire(avec_une_plage_inconnue(tmp_path))
    assert {un.id for un in lu.plages} == {"colombe-matin", "colombe-entretiens", "vieux-pont-apres-midi"}
    assert "ccas-colonbe" not in lu.rappels
    assert "ccas-colombe" in lu.rappels
    plage, rappel = ecarts
    assert "« ailleurs »" in plage
    assert "« rappel »" in rappel
    assert all("vouliez-vous « ccas-colombe »" in dit for dit in ecarts)


def test_mutant_une_plage_sans_lieu_servie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chargement, "_horaires", lambda _lecture, _lieux, fichier: chargement.lire_horaires(fichier))
    with pytest.raises(AssertionError):
        test_un_lieu_inconnu_est_mis_de_cote_et_les_autres_heures_servent(tmp_path)


@pytest.mark.parametrize("identifiant", [un.id for un in territoires()])
def test_rien_de_livre_n_est_mis_de_cote(identifiant: str) -> None:
    lecture = Lecture(LIVREES)
    chargement.charger(identifiant, lecture, national().pays.parametres)
    assert lecture.ecarts == []
