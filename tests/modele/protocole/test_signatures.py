"""Signer et vérifier : chaque usage a son texte, et une signature ne sert qu'à lui."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.dossier.operations import Chaine, ChampPose, Operation, nouvelle_operation
from modele.droits import Auteur
from modele.protocole.signatures import (
    cle_publique,
    nouvelle_cle_de_signature,
    signer,
    texte_d_operation,
    texte_du_defi,
    texte_du_recu,
    texte_du_referentiel,
    verifier,
)

CLE = bytes(range(32))
TEXTE = texte_d_operation(b'{"id":"op-1"}')


def test_signer_et_verifier() -> None:
    """La même signature à chaque fois : une opération renvoyée est la même, octet pour octet."""
    signature = signer(CLE, TEXTE)
    assert (len(signature), len(cle_publique(CLE))) == (64, 32)
    assert signer(CLE, TEXTE) == signature
    assert verifier(cle_publique(CLE), signature, TEXTE)


def test_chaque_cle_est_neuve() -> None:
    """Deux postes ne tirent pas la même clé, et la clé de l'un ne vérifie pas l'autre."""
    une, autre = nouvelle_cle_de_signature(), nouvelle_cle_de_signature()
    assert une != autre
    assert not verifier(cle_publique(autre), signer(une, TEXTE), TEXTE)


@pytest.mark.parametrize("octet", range(64))
def test_une_signature_alteree_ne_vaut_rien(octet: int) -> None:
    """Un seul bit, n'importe où."""
    signature = bytearray(signer(CLE, TEXTE))
    signature[octet] ^= 1
    assert not verifier(cle_publique(CLE), bytes(signature), TEXTE)


@pytest.mark.parametrize("longueur", [0, 1, 63, 65, 128])
def test_une_signature_mal_formee_ne_vaut_rien(longueur: int) -> None:
    """Tronquée ou trop longue : non, sans erreur."""
    assert not verifier(cle_publique(CLE), (signer(CLE, TEXTE) * 2)[:longueur], TEXTE)


@pytest.mark.parametrize("publique", [b"", b"x", bytes(31), bytes(32), b"\xff" * 32, bytes(33)])
def test_une_cle_mal_formee_ne_verifie_rien(publique: bytes) -> None:
    """Une clé trop courte, trop longue, ou qui n'est pas un point : non, sans erreur."""
    assert not verifier(publique, signer(CLE, TEXTE), TEXTE)
    assert not verifier(publique, bytes(64), TEXTE)


def test_une_cle_privee_mal_formee_est_une_faute() -> None:
    """Elle vient du coffre : si elle n'a pas 32 octets, c'est à nous de le savoir."""
    for geste in (lambda: signer(b"courte", TEXTE), lambda: cle_publique(b"courte")):
        with pytest.raises(ValueError, match="32 bytes"):
            geste()


def test_les_usages_ne_s_echangent_pas() -> None:
    """La signature d'un défi n'est celle d'aucune opération ni d'aucun référentiel, quoi qu'ils contiennent."""
    defi = texte_du_defi("t", "p", "d")
    textes = [
        defi,
        texte_d_operation(defi),
        texte_d_operation(defi.partition(b"\n")[2]),
        texte_du_referentiel("t", "p", 1, b"d"),
        texte_d_operation(texte_du_referentiel("t", "p", 1, b"d").partition(b"\n")[2]),
        texte_du_recu(defi),
        texte_du_recu(defi.partition(b"\n")[2]),
    ]
    for un, autre in combinations(textes, 2):
        assert un != autre
        assert not verifier(cle_publique(CLE), signer(CLE, un), autre)
    prefixes = {texte.partition(b"\n")[0] for texte in textes}
    assert prefixes == {b"perron defi 1", b"perron operation 1", b"perron referentiel 1", b"perron recu de paquet 1"}


MORCEAUX = st.text(st.sampled_from('ab\n",[]'), max_size=4)


@given(st.tuples(MORCEAUX, MORCEAUX, MORCEAUX), st.tuples(MORCEAUX, MORCEAUX, MORCEAUX))
def test_deux_defis_differents_ont_deux_textes(un: tuple[str, str, str], autre: tuple[str, str, str]) -> None:
    """Même avec des sauts de ligne dans un nom : rien ne glisse d'un champ à l'autre."""
    assert (texte_du_defi(*un) == texte_du_defi(*autre)) is (un == autre)


def test_deux_referentiels_differents_ont_deux_textes() -> None:
    """Le territoire, le nom, la version et chaque octet du contenu comptent."""
    dits = list(product(("t", "t\n"), ("n", "\nn"), (1, 11), (b"", b"x", b"y")))
    assert len({texte_du_referentiel(*un) for un in dits}) == len(dits)


def test_la_signature_d_une_operation_couvre_son_contenu() -> None:
    """L'en-tête signé contient l'empreinte du contenu : changer le contenu se voit sans la signature."""
    operation = nouvelle_operation(
        Chaine("t", "p", "e"), "d", {"a": ChampPose(apres=1)}, Auteur("Nora"), datetime(2026, 1, 1, tzinfo=UTC)
    )
    signature = signer(CLE, texte_d_operation(operation.octets))
    falsifiee = Operation(operation.octets, operation.sel, b'{"a":{"apres":2}}')
    assert verifier(cle_publique(CLE), signature, texte_d_operation(falsifiee.octets))
    assert not falsifiee.fidele()
