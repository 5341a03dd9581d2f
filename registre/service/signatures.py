"""Vérifier les signatures d'un lot par libsodium : deux fois plus vite qu'OpenSSL, interpréteur libre entre-temps.

Même algorithme (Ed25519), mêmes verdicts que ``modele.protocole.signatures.verifier``, dont le poste se sert.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError

_SIGNATURE: Final = 64


def toutes_vraies(publique: bytes, signees: Iterable[tuple[bytes, bytes]]) -> bool:
    """Chaque (signature, texte) est-elle de cette clé publique (32 octets) ?"""
    return all(_vraie(publique, signature, texte) for signature, texte in signees)


def _vraie(publique: bytes, signature: bytes, texte: bytes) -> bool:
    if len(signature) != _SIGNATURE:
        return False
    try:
        crypto_sign_open(signature + texte, publique)
    except BadSignatureError:
        return False
    return True
