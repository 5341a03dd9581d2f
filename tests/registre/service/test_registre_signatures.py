"""Les deux bibliothèques qui vérifient une signature rendent le même verdict, sur les vraies comme sur les fausses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from modele.protocole.signatures import cle_publique, nouvelle_cle_de_signature, signer, verifier
from registre.service.signatures import toutes_vraies

CLE, AUTRE = nouvelle_cle_de_signature(), nouvelle_cle_de_signature()
PUBLIQUE = cle_publique(CLE)
TEXTES = st.binary(max_size=200)


@given(st.lists(TEXTES, max_size=4))
def test_un_lot_bien_signe_est_vrai(textes: list[bytes]) -> None:
    assert toutes_vraies(PUBLIQUE, [(signer(CLE, texte), texte) for texte in textes])


@given(TEXTES, st.integers(0, 63), st.integers(0, 255), st.booleans())
def test_un_octet_change_a_le_meme_verdict_des_deux_cotes(texte: bytes, rang: int, masque: int, le_texte: bool) -> None:
    signature = bytearray(signer(CLE, texte))
    signature[rang] ^= masque
    recu = texte + b"!" if le_texte else texte
    attendu = masque == 0 and not le_texte
    assert toutes_vraies(PUBLIQUE, [(bytes(signature), recu)]) is attendu
    assert verifier(PUBLIQUE, bytes(signature), recu) is attendu


@given(TEXTES, st.binary(max_size=80))
def test_une_signature_d_une_autre_cle_ou_mal_formee_est_fausse(texte: bytes, quelconque: bytes) -> None:
    bonne = signer(CLE, texte)
    for signature in (signer(AUTRE, texte), bonne[:-1], bonne + b"\0", quelconque, b""):
        assert not toutes_vraies(PUBLIQUE, [(bonne, texte), (signature, texte)])
        assert not verifier(PUBLIQUE, signature, texte)
