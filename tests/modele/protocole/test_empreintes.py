"""L'empreinte d'un périmètre : égale si et seulement si les dossiers et leurs versions le sont."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from modele.protocole.empreintes import empreinte_du_perimetre

PERIMETRES = st.dictionaries(st.text("ab1", max_size=3), st.integers(0, 20), max_size=4)


def test_une_empreinte_connue() -> None:
    """Triée, une ligne par dossier : le registre et le poste la calculent chacun de leur côté."""
    attendue = hashlib.sha256(b"a:1\nb:12\n").hexdigest()
    assert empreinte_du_perimetre({"b": 12, "a": 1}) == empreinte_du_perimetre({"a": 1, "b": 12}) == attendue
    assert empreinte_du_perimetre({}) == hashlib.sha256(b"").hexdigest()


@given(PERIMETRES, PERIMETRES)
def test_egale_si_et_seulement_si_les_perimetres_le_sont(un: dict[str, int], autre: dict[str, int]) -> None:
    """Une version ou un dossier de plus se voit."""
    assert (empreinte_du_perimetre(un) == empreinte_du_perimetre(autre)) is (un == autre)
