"""Lire un coffre page par page, pages libres comprises : ce que verrait qui a la clé et n'emploie pas SQLite."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from modele.coffre import Coffre

_PAGE, _RESERVE, _SEL = 4096, 80, 16
"""SQLCipher 4 : AES-256-CBC par page ; au bout, le vecteur puis le sceau ; en tête du fichier, le sel."""


def en_clair(coffre: Coffre, chemin: Path) -> bytes:
    """Tout le fichier du coffre, déchiffré."""
    coffre._base.vider_journal()
    octets = chemin.read_bytes()
    pages = [octets[debut : debut + _PAGE] for debut in range(0, len(octets), _PAGE)]
    return b"".join(_page(coffre._cle, page, _SEL if rang == 0 else 0) for rang, page in enumerate(pages))


def _page(cle: bytes, page: bytes, saute: int) -> bytes:
    fin = _PAGE - _RESERVE
    dechiffreur = Cipher(algorithms.AES(cle), modes.CBC(page[fin : fin + 16])).decryptor()
    return dechiffreur.update(page[saute:fin]) + dechiffreur.finalize()
