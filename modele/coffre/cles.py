"""La clé du coffre et son enveloppe : Argon2id dérive du secret, AES-GCM scelle la clé."""

from __future__ import annotations

import hmac
import os
import unicodedata
from dataclasses import dataclass

TAILLE_CLE = 32
TAILLE_SEL = 16
TAILLE_NONCE = 12
_COPIE = b"perron\0copie\0"


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


def sceller_une_cle(cle: bytes, sous: bytes, part: str) -> tuple[bytes, bytes]:
    """Nonce et texte chiffré de ``cle`` sous une autre clé et, s'il y en a une, la part d'un tiers."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(TAILLE_NONCE)
    return nonce, AESGCM(_avec(sous, part)).encrypt(nonce, cle, _COPIE)


def desceller_une_cle(nonce: bytes, chiffre: bytes, sous: bytes, part: str) -> bytes | None:
    """La clé, ou ``None`` si cette part (ou l'autre clé) n'est pas la bonne."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(_avec(sous, part)).decrypt(nonce, chiffre, _COPIE)
    except InvalidTag:
        return None


def _avec(sous: bytes, part: str) -> bytes:
    return hmac.digest(sous, _COPIE + part.encode(), "sha256")


def _deriver(secret: str, sel: bytes, cout: Cout) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    # Deux claviers peuvent composer le même « é » de deux façons.
    octets = unicodedata.normalize("NFC", secret).encode()
    return hash_secret_raw(octets, sel, cout.passes, cout.memoire, cout.fils, TAILLE_CLE, Type.ID)
