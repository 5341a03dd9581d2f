"""Les logements vacants : lus avec leurs conditions et leur source, refusés sans ; passés, ils ne se montrent plus."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from modele.chargement import charger_regles
from modele.regles.fautes import FichierFautif
from modele.sources import Surcharge, ouvrir
from modele.territoire.vacants import a_montrer, lire_vacants
from ressources import RESSOURCES

EXEMPLE = RESSOURCES / "exemples" / "vacants.toml"
REEL = """
[[logement]]
id = "un"
bailleur = "Bailleur"
commune = "63113"
type = "T2"
description = "Clair."
conditions = "Plafonds PLUS."
source = "Site du bailleur"
verifie_le = 2026-11-30
"""


def ecrite(contenu: str) -> Surcharge:
    """Ce fichier, écrit par la structure."""
    quand = datetime(2026, 11, 30)
    return Surcharge("vacants", "metropole-exemple", "vacants.toml", contenu.encode(), "Ana Martin", quand)


def lire(dossier: Path, contenu: str) -> object:
    fichier = dossier / "vacants.toml"
    fichier.write_text(f"format = 1\n{contenu}", encoding="utf-8")
    return lire_vacants(fichier)


def test_l_exemple_se_lit() -> None:
    un, deux = lire_vacants(EXEMPLE)
    assert (un.surface, un.loyer, deux.surface, deux.loyer) == (Decimal(62), Decimal("412.5"), Decimal("44.5"), None)


@pytest.mark.parametrize("cle", ["bailleur", "commune", "type", "description", "conditions", "source", "verifie_le"])
def test_sans_conditions_ni_source_il_se_refuse(tmp_path: Path, cle: str) -> None:
    sans = "\n".join(ligne for ligne in REEL.splitlines() if not ligne.startswith(f"{cle} "))
    assert lire(tmp_path, REEL)
    with pytest.raises(FichierFautif, match=cle):
        lire(tmp_path, sans)


@pytest.mark.parametrize("dit", ["surface = 0", "loyer = -4", 'surface = "grand"', "loyer = true"])
def test_un_nombre_impossible_se_refuse(tmp_path: Path, dit: str) -> None:
    with pytest.raises(FichierFautif, match="au-dessus de zéro"):
        lire(tmp_path, f"{REEL}{dit}\n")


def test_passe_il_ne_se_montre_plus(tmp_path: Path) -> None:
    lus = lire(tmp_path, f"{REEL}jusqu_au = 2026-12-01\n")
    assert isinstance(lus, tuple)
    assert a_montrer(lus, date(2026, 12, 1)) == lus
    assert a_montrer(lus, date(2026, 12, 2)) == ()


def test_une_liste_absente_n_est_pas_une_liste_vide() -> None:
    """Inconnu n'est jamais « aucun » : rien de livré, puis ce qu'écrit la structure."""
    assert charger_regles("metropole-exemple").territoire.vacants is None
    for contenu, attendus in (("format = 1\n", 0), (EXEMPLE.read_text(encoding="utf-8"), 2)):
        lus = charger_regles("metropole-exemple", ouvrir(surcharges=[ecrite(contenu)])).territoire.vacants
        assert lus is not None
        assert len(lus) == attendus
