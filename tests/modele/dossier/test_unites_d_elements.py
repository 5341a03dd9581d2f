"""Une unité d'un élément de liste se range dans cet élément, groupe de champs compris."""

from __future__ import annotations

import pytest

from modele.dossier.chemins import element_de, est_element
from modele.dossier.unites import feuilles, unite

ELEMENT = "foyer.personnes.elements.0190"


@pytest.mark.parametrize("champ", ["nom", "lien", "emploi.statut"])
def test_l_unite_d_un_champ_d_element_est_dans_l_element_sans_etre_lui(champ: str) -> None:
    cle = unite(f"{ELEMENT}.{champ}")
    assert element_de(cle) == ELEMENT
    assert not est_element(cle)
    assert all(unite(feuille) == cle for feuille in feuilles(cle))


def test_l_element_n_est_dans_aucun_element() -> None:
    assert est_element(ELEMENT)
    assert element_de(ELEMENT) is None
    assert unite(ELEMENT) == ELEMENT
