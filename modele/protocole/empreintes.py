"""L'empreinte d'un périmètre : le poste et le registre tiennent-ils les mêmes dossiers, aux mêmes versions ?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping


def empreinte_du_perimetre(versions: Mapping[str, int]) -> str:
    """Le SHA-256 (hexadécimal) des lignes « dossier:version », triées, chacune close par un saut de ligne.

    ``versions`` : la version de chaque dossier tenu, ni sorti, ni purgé, ni absorbé.
    """
    lignes = sorted(f"{dossier}:{version}\n" for dossier, version in versions.items())
    return hashlib.sha256("".join(lignes).encode()).hexdigest()
