"""La clé du coffre et son enveloppe : Argon2id dérive du secret, AES-GCM scelle la clé."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass

TAILLE_CLE = 32
TAILLE_SEL = 16
TAILLE_NONCE = 12


@dataclass(frozen=True, slots=True)
class Cout:
    """Ce que coûte un essai de mot de passe : passes, mémoire en Kio, fils (RFC 9106, second choix)."""

    passes: int = 3
    memoire: int = 64 * 1024
    fils: int = 4


COUT = Cout()


@dataclass(frozen=True, slots=True)
class Scelle:
    """Une clé scellée : sel de la dérivation, nonce et texte chiffré d'AES-GCM."""

    sel: bytes
    nonce: bytes
    chiffre: bytes


def nouvelle_cle() -> bytes:
    """32 octets du générateur du système."""
    return os.urandom(TAILLE_CLE)


def sceller(cle: bytes, secret: str, cout: Cout, contexte: bytes) -> Scelle:
    """Scelle ``cle`` sous ``secret`` ; ``contexte`` est authentifié avec elle (qui, quel coffre)."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    sel, nonce = os.urandom(TAILLE_SEL), os.urandom(TAILLE_NONCE)
    return Scelle(sel, nonce, AESGCM(_deriver(secret, sel, cout)).encrypt(nonce, cle, contexte))


def desceller(scelle: Scelle, secret: str, cout: Cout, contexte: bytes) -> bytes | None:
    """La clé, ou ``None`` si ce secret n'est pas le bon (ou si l'enveloppe a été touchée)."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(_deriver(secret, scelle.sel, cout)).decrypt(scelle.nonce, scelle.chiffre, contexte)
    except InvalidTag:
        return None


def _deriver(secret: str, sel: bytes, cout: Cout) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    # Deux claviers peuvent composer le même « é » de deux façons.
    octets = unicodedata.normalize("NFC", secret).encode()
    return hash_secret_raw(octets, sel, cout.passes, cout.memoire, cout.fils, TAILLE_CLE, Type.ID)
