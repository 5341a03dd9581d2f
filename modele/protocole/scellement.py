"""Sceller des octets pour un seul lecteur (HPKE, X25519) : un paquet passe par d'autres mains sans être lu."""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from modele.regles.fautes import ErreurUtilisateur

_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_PAQUET: Final = b"perron paquet 1\n"


def nouvelle_cle_de_scellement() -> bytes:
    """Une clé privée neuve (32 octets)."""
    return X25519PrivateKey.generate().private_bytes_raw()


def cle_publique_de_scellement(cle: bytes) -> bytes:
    """La clé publique (32 octets) d'une clé privée."""
    return X25519PrivateKey.from_private_bytes(cle).public_key().public_bytes_raw()


def sceller(publique: bytes, clair: bytes) -> bytes:
    """Les octets que seul le tenant de la clé privée lira. Lève ``ValueError`` si ce n'est pas une clé publique."""
    return _PAQUET + _SUITE.encrypt(clair, X25519PublicKey.from_public_bytes(publique), info=_PAQUET)


def desceller(cle: bytes, scelle: bytes) -> bytes:
    """Les octets en clair. Lève ``ErreurUtilisateur`` s'ils sont abîmés, ou scellés pour quelqu'un d'autre."""
    privee = X25519PrivateKey.from_private_bytes(cle)
    if not scelle.startswith(_PAQUET):
        raise ErreurUtilisateur("Ce fichier n'est pas un paquet de Perron. Choisissez celui que l'autre poste a écrit.")
    try:
        return _SUITE.decrypt(scelle[len(_PAQUET) :], privee, info=_PAQUET)
    except (InvalidTag, ValueError) as cause:
        raise ErreurUtilisateur(
            "Ce paquet ne s'ouvre pas : il est abîmé, ou scellé pour un autre. Recopiez-le depuis le poste d'origine."
        ) from cause
