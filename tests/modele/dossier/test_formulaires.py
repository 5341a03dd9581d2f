"""Le code d'un formulaire papier : ce qu'il dit, comment il se relit, ce qui n'en est pas un."""

from __future__ import annotations

import pytest

from modele.dossier.formulaires import CodeDeFormulaire, code_de, lire_code
from modele.dossier.portail import FICHIER, lire_portail
from ressources import RESSOURCES

CODE = CodeDeFormulaire("14069*05", 1)


def test_le_code_dit_le_formulaire_et_la_version_et_rien_d_autre() -> None:
    assert str(code_de(lire_portail(RESSOURCES / FICHIER))) == "PERRON-14069-05-1"


@pytest.mark.parametrize(
    "saisie",
    ["PERRON-14069-05-1", " perron-14069-05-1 ", "PERRON 14069 05 1", "perron14069*05-1", "PERRON)&'à-ç)à()&"],
    ids=["imprime", "minuscules", "espaces", "etoile", "douchette-americaine"],
)
def test_il_se_relit_tape_ou_scanne(saisie: str) -> None:
    assert lire_code(saisie) == CODE


@pytest.mark.parametrize(
    "saisie", ["", "perron", "14069-05", "PERRON-14069-05", "Perron Jean 1984", "063112512345612345"]
)
def test_le_reste_n_en_est_pas_un(saisie: str) -> None:
    assert lire_code(saisie) is None
