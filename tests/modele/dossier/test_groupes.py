"""Les groupes de codes : ceux qui sont livrés, et les fautes de leur fichier."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils_sources import catalogue_brut, national

from modele.dossier.groupes import charger_groupes
from modele.regles.fautes import FichierFautif

BON = """
[[groupe]]
id = "dehors"
nomenclature = "statut_logement"
codes = ["sans_abri", "squat"]
libelle = "Dehors"
source = "Essai"
confiance = "D"
verifie_le = 2026-11-22
"""


def lire(dossier: Path, texte: str) -> dict[str, frozenset[str]]:
    fichier = dossier / "groupes.toml"
    fichier.write_text(texte, encoding="utf-8")
    return dict(charger_groupes(fichier, national().nomenclatures))


def test_les_groupes_livres_se_nomment_dans_toute_condition() -> None:
    assert "sans_abri" in catalogue_brut().groupes["sans_logement"]


def test_un_groupe_est_une_liste_de_codes(tmp_path: Path) -> None:
    assert lire(tmp_path, BON) == {"dehors": frozenset({"sans_abri", "squat"})}


@pytest.mark.parametrize(
    ("bon", "mauvais", "attendu"),
    [
        ('"squat"]', '"squatt"]', "groupe[1].codes : « squatt » n'est pas permis ; vouliez-vous « squat »"),
        ('"statut_logement"', '"statut_logemen"', "vouliez-vous « statut_logement »"),
        ('confiance = "D"', 'confiance = "X"', "groupe[1].confiance"),
        ("verifie_le = 2026-11-22", "", "groupe[1].verifie_le : cette clé manque"),
        ('libelle = "Dehors"', 'libele = "Dehors"', "vouliez-vous « libelle »"),
        (BON, BON + BON, "« dehors » est déclaré deux fois"),
    ],
)
def test_un_fichier_fautif_dit_ou_et_quoi(tmp_path: Path, bon: str, mauvais: str, attendu: str) -> None:
    with pytest.raises(FichierFautif) as attrape:
        lire(tmp_path, BON.replace(bon, mauvais))
    dits = "\n".join(str(faute) for faute in attrape.value.fautes)
    assert attendu in dits
    assert "groupes.toml, ligne" in dits
