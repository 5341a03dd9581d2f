"""Le fichier d'un bailleur tel qu'il se garde : ce qu'il est d'un côté, son contenu en morceaux de l'autre.

Le contenu est opaque ici (``modele.attributions.ipc`` l'écrit et le relit, compressé). Un morceau passe par le journal
comme toute opération : il reste loin de ce qu'un objet peut peser au registre.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from modele.contingents.lecture import lire_entier, lire_texte
from modele.dossier.chemins import Document

MORCEAU: Final = 384 * 1024
"""Les octets d'un morceau avant le base64 : la moitié de ce qu'un objet peut peser au registre."""
OCTETS_AU_PLUS: Final = 32 << 20
"""Un fichier compressé plus lourd n'est pas celui d'un bailleur."""


@dataclass(frozen=True, slots=True)
class Lot:
    """Ce qu'on sait d'un fichier importé. ``id`` vide : pas encore gardé. ``remplace_par`` : il ne sert plus.

    ``correspondance`` : en JSON, comment le bailleur y nomme ses colonnes.
    """

    sorte: str
    bailleur: str
    annee: int
    fichier: str
    lignes: int
    tranches: int = 0
    octets: int = 0
    empreinte: str = ""
    correspondance: str = ""
    remplace_par: str = ""
    id: str = ""
    par: str = ""
    importe_le: str = ""


def relire(document: Document, par: str = "") -> Lot:
    """Le lot que dit ce document."""
    return Lot(
        sorte=lire_texte(document, "sorte"),
        bailleur=lire_texte(document, "bailleur"),
        annee=lire_entier(document, "annee") or 0,
        fichier=lire_texte(document, "fichier"),
        lignes=lire_entier(document, "lignes") or 0,
        tranches=lire_entier(document, "tranches") or 0,
        octets=lire_entier(document, "octets") or 0,
        empreinte=lire_texte(document, "empreinte"),
        correspondance=lire_texte(document, "correspondance"),
        remplace_par=lire_texte(document, "remplace_par"),
        id=lire_texte(document, "id"),
        par=par,
        importe_le=lire_texte(document, "cree_le"),
    )


def decouper(contenu: bytes) -> tuple[str, list[Document]]:
    """L'empreinte de ce contenu, et ses morceaux à garder, dans l'ordre ; un au moins."""
    empreinte = hashlib.sha256(contenu).hexdigest()
    debuts = range(0, len(contenu) or 1, MORCEAU)
    return empreinte, [
        {"empreinte": empreinte, "rang": rang, "contenu": base64.b64encode(contenu[debut : debut + MORCEAU]).decode()}
        for rang, debut in enumerate(debuts)
    ]


def champs(lot: Lot, empreinte: str, tranches: int, octets: int) -> dict[str, Any]:
    """Le document d'un lot neuf."""
    return {
        "sorte": lot.sorte,
        "bailleur": lot.bailleur,
        "annee": lot.annee,
        "fichier": lot.fichier,
        "lignes": lot.lignes,
        "tranches": tranches,
        "octets": octets,
        "empreinte": empreinte,
        "correspondance": lot.correspondance,
    }


def recoller(lot: Lot, morceaux: Iterable[Mapping[str, Any]]) -> bytes | None:
    """Le contenu du lot ; ``None`` s'il en manque un morceau, ou si ce n'est pas celui qui fut importé."""
    lus = {rang: octets for rang, octets in _lire(lot, morceaux) if rang < lot.tranches}
    if len(lus) != lot.tranches:
        return None
    contenu = b"".join(lus[rang] for rang in range(lot.tranches))
    return contenu if hashlib.sha256(contenu).hexdigest() == lot.empreinte else None


def _lire(lot: Lot, morceaux: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, bytes]]:
    for morceau in morceaux:
        rang = lire_entier(morceau, "rang")
        if lire_texte(morceau, "empreinte") != lot.empreinte or rang is None or rang < 0:
            continue
        try:
            yield rang, base64.b64decode(lire_texte(morceau, "contenu"), validate=True)
        except binascii.Error:
            continue
