"""Ce que le registre dit d'un objet à un poste, scellé : une base restaurée le croit sans croire le poste.

Chiffré : de ce dont un poste est sorti, il ne doit rien apprendre, et sa sortie dit pourtant au registre restauré que
l'objet était devenu discret. La clé vient de celle du territoire, qui est dans chaque sauvegarde. La suite des
séquences d'une base est l'ordre des choses : de deux titres, le plus avancé dit vrai.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct

_SORTE: Final = b"perron titre 1\0"
_NONCE: Final = 12
_LONGUEUR: Final = 512
_TITRE_AU_PLUS: Final = 1024


class Titre(Struct, frozen=True, array_like=True):
    """D'un objet, à ``sequence`` de la base ``poignee``, dit au poste ``a``.

    ``poste`` et ``guichet`` : à qui il est. ``tombe`` : « sortie », « purge » ou « absorbe ».
    """

    territoire: str
    poignee: str
    dossier: str
    sequence: int
    a: str
    poste: str
    guichet: str
    discret: bool
    tombe: str = ""


class Sceau:
    """De quoi sceller et relire les titres d'un territoire. ``cle`` : sa clé secrète."""

    def __init__(self, cle: bytes) -> None:
        self._chiffre = AESGCM(hashlib.sha256(_SORTE + cle).digest())

    def sceller(self, titre: Titre) -> str:
        """Le titre tel qu'il voyage."""
        nonce, clair = os.urandom(_NONCE), msgspec.json.encode(titre)
        if titre.tombe:
            # Sa longueur même ne doit pas dire si cela a changé.
            clair = clair.ljust(_LONGUEUR)
        return base64.urlsafe_b64encode(nonce + self._chiffre.encrypt(nonce, clair, None)).decode()

    def relire(self, texte: str) -> Titre | None:
        """Le titre que dit ce texte ; ``None`` s'il n'a pas été scellé par ce territoire."""
        try:
            octets = base64.urlsafe_b64decode(texte[:_TITRE_AU_PLUS].encode("ascii"))
            clair = self._chiffre.decrypt(octets[:_NONCE], octets[_NONCE:], None)
            return msgspec.json.decode(clair, type=Titre)
        except (UnicodeEncodeError, binascii.Error, InvalidTag, ValueError, msgspec.DecodeError):
            return None
