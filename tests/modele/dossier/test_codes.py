"""Les codes recopiés : ressaisie tolérante, faute de copie vue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.dossier.codes import (
    ALPHABET,
    nouveau_code_secours,
    reference_courte,
    relire_code_secours,
    relire_reference,
)
from modele.regles.fautes import ErreurUtilisateur


def test_code_de_secours_lisible_et_unique() -> None:
    """Six groupes de quatre signes sans sosies, et jamais deux fois le même."""
    codes = {nouveau_code_secours() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert [len(groupe) for groupe in code.split("-")] == [4] * 6
        assert not set(code) & set("01ILO")


def test_ressaisie_toleree() -> None:
    """Casse, espaces, tirets et espaces insécables ne comptent pas."""
    code = nouveau_code_secours()
    assert relire_code_secours(f"  {code.lower().replace('-', ' ')}\n") == code
    assert relire_code_secours(code.replace("-", "\u202f")) == code


@given(st.integers(0, 22), st.sampled_from(ALPHABET))
def test_un_signe_change_se_voit(rang: int, autre: str) -> None:
    """Toute faute d'un seul signe est refusée."""
    signes = list(nouveau_code_secours().replace("-", ""))
    if signes[rang] == autre:
        return
    signes[rang] = autre
    with pytest.raises(ErreurUtilisateur, match="faute de copie"):
        relire_code_secours("".join(signes))


@given(st.integers(0, 22))
def test_deux_signes_echanges_se_voient(rang: int) -> None:
    """Deux voisins échangés sont refusés."""
    signes = list(nouveau_code_secours().replace("-", ""))
    if signes[rang] == signes[rang + 1]:
        return
    signes[rang], signes[rang + 1] = signes[rang + 1], signes[rang]
    with pytest.raises(ErreurUtilisateur, match="faute de copie"):
        relire_code_secours("".join(signes))


def test_fautes_dites_precisement() -> None:
    """Un signe impossible et une longueur fausse ont chacun leur phrase."""
    with pytest.raises(ErreurUtilisateur, match="« O » n'existe pas"):
        relire_code_secours("O" * 24)
    with pytest.raises(ErreurUtilisateur, match="il y en a 3"):
        relire_code_secours("abc")


def test_reference_courte_stable_et_relue() -> None:
    """La référence ne dépend que de l'identifiant, se relit en minuscules, et une faute la rend inconnue."""
    reference = reference_courte("0192-a")
    assert reference == reference_courte("0192-a") != reference_courte("0192-b")
    assert relire_reference(reference.lower().replace("-", " ")) == reference
    assert relire_reference(reference[:-1]) is None
    assert relire_reference("MARTIN2222") is None
    faux = ("3" if reference[0] == "2" else "2") + reference[1:]
    assert relire_reference(faux) is None
