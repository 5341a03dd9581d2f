"""Un fichier de coffre est-il sain ? Répond sans rien y écrire.

Trois choses se regardent : le sceau (HMAC) de chaque page, 4,5 ms par Mio ; la fin du journal WAL, que SQLite laisse
tomber sans un mot si elle ne se lit plus ; et, à la demande, l'arbre des pages (``quick_check``), autant encore.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2

from modele.coffre import nue, wal
from modele.coffre.fichiers import pannes_du_disque

_NUMERO: Final = re.compile(r"page (\d+)")
VIDE: Final = "le fichier est vide"
ILLISIBLE: Final = "son en-tête ne se lit pas"
COUPE: Final = "la fin de son journal ne se lit pas"


@dataclass(frozen=True, slots=True)
class Constat:
    """Ce qui ne va pas d'un coffre : ses pages abîmées, la fin de son journal perdue, ce que l'arbre a de faux."""

    pages: frozenset[int] = frozenset()
    coupe: bool = False
    autres: tuple[str, ...] = ()
    total: int = field(default=0, compare=False)

    @property
    def sain(self) -> bool:
        """Rien n'est abîmé."""
        return not (self.pages or self.coupe or self.autres)

    def dire(self) -> str:
        """Ce qui est abîmé, en quelques mots ; vide si rien ne l'est."""
        dits = list(self.autres)
        if self.pages:
            dits.append(f"{_pages(len(self.pages))} sur {self.total}")
        if self.coupe:
            dits.append(COUPE)
        return ", ".join(dits)


def examiner(chemin: Path, cle: bytes, *, sceaux: bool = True, arbre: bool = False) -> Constat:
    """Ce qui ne va pas de ce fichier.

    ``sceaux`` : vérifie chaque page ; ``arbre`` : regarde aussi l'arbre des pages. Lève ``ErreurUtilisateur`` si le
    disque ou les droits s'y opposent.
    """
    with pannes_du_disque(chemin):
        total, mode = chemin.stat().st_size // wal.PAGE, nue.pour_lire(chemin)
    if not total:
        return Constat(autres=(VIDE,))
    with nue.ouverte(chemin, cle, mode) as connexion:
        autres = [] if _s_ouvre(connexion) else [ILLISIBLE]
        # Avant les sceaux : une page abîmée rend la connexion inutilisable.
        coupe = not autres and mode == nue.LECTURE and wal.coupe(chemin, connexion)
        pages = {
            int(numero)
            for ligne in (_lire(connexion, "cipher_integrity_check") if sceaux else ())
            for numero in _NUMERO.findall(ligne)
        }
        if arbre and not (autres or pages):
            autres += [ligne for ligne in _lire(connexion, "quick_check") if ligne != "ok"][:1]
    return Constat(frozenset(pages), coupe, tuple(autres), total)


def _s_ouvre(connexion: Any) -> bool:
    """Le schéma se lit, et le fichier a toutes les pages qu'il annonce."""
    try:
        return bool(connexion.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except sqlcipher3.dbapi2.DatabaseError as panne:
        if nue.est_abime(panne):
            return False
        raise


def _lire(connexion: Any, controle: str) -> list[str]:
    try:
        return [str(ligne[0]) for ligne in connexion.execute(f"PRAGMA {controle}")]
    except sqlcipher3.dbapi2.DatabaseError as panne:
        if nue.est_abime(panne):
            return [ILLISIBLE]
        raise


def _pages(nombre: int) -> str:
    return f"{nombre} pages abîmées" if nombre > 1 else "1 page abîmée"
