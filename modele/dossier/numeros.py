"""Le numéro provisoire : fabriqué hors ligne, en attente du numéro unique, dont il ne peut pas prendre la forme.

``P``, le territoire, le poste et son époque, le rang, la clé de contrôle : quatorze signes. Un numéro unique en a
dix-huit et commence par un chiffre, A ou B ; celui d'exemple, par EXEMPLE.
"""

from __future__ import annotations

import hashlib
from typing import Final

from modele.dossier.codes import ALPHABET, cle_de_controle, grouper, juste, signes_nus

_PREFIXE: Final = "P"
_DU_TERRITOIRE: Final = 2
_DU_POSTE: Final = 6
_DU_RANG: Final = 4
_LONGUEURS: Final = range(len(_PREFIXE) + _DU_TERRITOIRE + _DU_POSTE + _DU_RANG + 1, 18)


def numero_provisoire(territoire: str, poste: str, epoque: str, rang: int) -> str:
    """Le numéro du ``rang``-ième dossier numéroté par ce poste : ``P7K2Q-F9M3A-BC2D``.

    L'époque distingue ceux d'un poste remis d'une sauvegarde, dont le compte est revenu en arrière.
    """
    du_territoire = _signes(_empreinte(territoire), _DU_TERRITOIRE)[-_DU_TERRITOIRE:]
    du_poste = _signes(_empreinte(poste, epoque), _DU_POSTE)[-_DU_POSTE:]
    signes = f"{_PREFIXE}{du_territoire}{du_poste}{_signes(rang, _DU_RANG)}"
    return grouper(signes + cle_de_controle(signes), 5)


def relire_provisoire(saisie: str) -> str | None:
    """Le numéro remis en forme, casse et espaces tolérés ; ``None`` si ce n'en est pas un, ou s'il a une faute."""
    signes = signes_nus(saisie)
    forme = signes.startswith(_PREFIXE) and len(signes) in _LONGUEURS and set(signes) <= set(ALPHABET)
    return grouper(signes, 5) if forme and juste(signes) else None


def _empreinte(*parties: str) -> int:
    return int.from_bytes(hashlib.sha256("\0".join(parties).encode()).digest())


def _signes(nombre: int, au_moins: int) -> str:
    """Le nombre écrit dans l'alphabet."""
    signes = ""
    while nombre or len(signes) < au_moins:
        nombre, reste = divmod(nombre, len(ALPHABET))
        signes = ALPHABET[reste] + signes
    return signes
