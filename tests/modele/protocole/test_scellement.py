"""Un paquet passe par d'autres mains : elles ne le lisent pas, ne le changent pas."""

from __future__ import annotations

import pytest

from modele.protocole.scellement import (
    cle_publique_de_scellement,
    desceller,
    nouvelle_cle_de_scellement,
    sceller,
)
from modele.regles.fautes import ErreurUtilisateur

CLE = bytes(range(1, 33))
PUBLIQUE = cle_publique_de_scellement(CLE)
CLAIR = "La saisie d'un poste resté sans réseau.".encode()
SCELLE = sceller(PUBLIQUE, CLAIR)


def test_sceller_et_desceller() -> None:
    """Celui à qui il est destiné le lit ; vide ou long, rien ne s'y voit."""
    assert desceller(CLE, SCELLE) == CLAIR
    assert CLAIR[:8] not in SCELLE
    for clair in (b"", b"\x00" * 100_000):
        assert desceller(CLE, sceller(PUBLIQUE, clair)) == clair


def test_deux_fois_le_meme_paquet_ne_se_ressemblent_pas() -> None:
    """Qui les transporte ne sait pas si deux paquets disent la même chose."""
    prefixe = len(b"perron paquet 1\n")
    assert sceller(PUBLIQUE, CLAIR)[prefixe : prefixe + 32] != SCELLE[prefixe : prefixe + 32]


def test_une_autre_cle_ne_l_ouvre_pas() -> None:
    """Ni celle d'un autre poste, ni une clé neuve."""
    autre = nouvelle_cle_de_scellement()
    assert autre != nouvelle_cle_de_scellement()
    with pytest.raises(ErreurUtilisateur, match="scellé pour un autre"):
        desceller(autre, SCELLE)


@pytest.mark.parametrize("fin", range(len(SCELLE)))
def test_tronque_a_chaque_octet(fin: int) -> None:
    """Une copie coupée ne donne jamais un texte à moitié."""
    with pytest.raises(ErreurUtilisateur, match="paquet"):
        desceller(CLE, SCELLE[:fin])


@pytest.mark.parametrize("octet", range(len(SCELLE)))
def test_altere_a_chaque_octet(octet: int) -> None:
    """Un bit changé, n'importe où, se voit."""
    altere = bytearray(SCELLE)
    altere[octet] ^= 1
    with pytest.raises(ErreurUtilisateur, match="paquet"):
        desceller(CLE, bytes(altere))


@pytest.mark.parametrize("suite", [b"\x00", b"perron", SCELLE])
def test_allonge(suite: bytes) -> None:
    """Des octets de trop se voient aussi."""
    with pytest.raises(ErreurUtilisateur, match="ne s'ouvre pas"):
        desceller(CLE, SCELLE + suite)


def test_une_cle_ephemere_faible_ne_l_ouvre_pas() -> None:
    """Un point qui rendrait la clé devinable est refusé, pas accepté."""
    prefixe = len(b"perron paquet 1\n")
    with pytest.raises(ErreurUtilisateur, match="ne s'ouvre pas"):
        desceller(CLE, SCELLE[:prefixe] + bytes(32) + SCELLE[prefixe + 32 :])


def test_un_autre_fichier_se_dit() -> None:
    """L'agent s'est trompé de fichier : la phrase le dit."""
    with pytest.raises(ErreurUtilisateur, match="n'est pas un paquet de Perron"):
        desceller(CLE, b"%PDF-1.7")


@pytest.mark.parametrize("publique", [b"", b"x" * 31, bytes(32), b"x" * 33])
def test_une_cle_publique_mal_formee_ne_scelle_rien(publique: bytes) -> None:
    """Trop courte, trop longue, ou faible : rien n'est scellé pour personne."""
    with pytest.raises(ValueError):
        sceller(publique, CLAIR)


def test_une_cle_privee_mal_formee_est_une_faute() -> None:
    """Elle vient du coffre : l'accuser au fichier de l'agent serait faux."""
    with pytest.raises(ValueError, match="32 bytes"):
        desceller(b"courte", SCELLE)
