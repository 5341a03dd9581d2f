"""Signer et vérifier (Ed25519) : les opérations, les défis, les référentiels. Chaque usage a son préfixe."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_OPERATION: Final = b"perron operation 1\n"
_DEFI: Final = b"perron defi 1\n"
_REFERENTIEL: Final = b"perron referentiel 1\n"
_RECU: Final = b"perron recu de paquet 1\n"
_DECLARATION: Final = b"perron comptes du poste 1\n"


def nouvelle_cle_de_signature() -> bytes:
    """Une clé privée neuve (32 octets)."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def cle_publique(cle: bytes) -> bytes:
    """La clé publique (32 octets) d'une clé privée."""
    return _privee(cle).public_key().public_bytes_raw()


def signer(cle: bytes, texte: bytes) -> bytes:
    """La signature (64 octets) d'un texte préparé par l'une des fonctions ``texte_…``."""
    return _privee(cle).sign(texte)


def verifier(publique: bytes, signature: bytes, texte: bytes) -> bool:
    """La signature est-elle celle de ce texte par cette clé ? Une clé ou une signature mal formée : non."""
    try:
        _publique(publique).verify(signature, texte)
    except (InvalidSignature, ValueError):
        return False
    return True


def texte_d_operation(entete: bytes) -> bytes:
    """Ce que le poste signe d'une opération : ses octets d'en-tête, qui contiennent l'empreinte du contenu."""
    return _OPERATION + entete


def texte_du_defi(territoire: str, poste: str, defi: str) -> bytes:
    """Ce que le poste signe pour obtenir un jeton."""
    return _DEFI + msgspec.json.encode((territoire, poste, defi))


def texte_du_referentiel(territoire: str, nom: str, version: int, contenu: bytes) -> bytes:
    """Ce que le registre signe d'un référentiel."""
    empreinte = hashlib.sha256(contenu).hexdigest()
    return _REFERENTIEL + msgspec.json.encode((territoire, nom, version, empreinte))


def texte_du_recu(recu: bytes) -> bytes:
    """Ce que le registre signe du reçu d'un paquet : sans cela, qui a transmis le fichier pourrait en fabriquer un."""
    return _RECU + recu


def texte_de_declaration(declaration: bytes) -> bytes:
    """Ce que le poste signe de ses comptes."""
    return _DECLARATION + declaration


@lru_cache(maxsize=8)
def _privee(cle: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(cle)


@lru_cache(maxsize=4096)
def _publique(cle: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(cle)
