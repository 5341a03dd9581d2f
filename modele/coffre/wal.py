"""Le journal WAL de SQLite : a-t-il perdu sa fin, et ce qui s'en relit quand SQLite s'arrête au premier octet faux.

Chaque image porte une somme de contrôle chaînée à celle d'avant (format WAL, § 4) : SQLite, au premier faux pas, laisse
tout ce qui suit, sans un mot. Mais chaque image se vérifie aussi seule, contre la somme écrite dans la précédente : une
page récrite plus loin n'a rien perdu.
"""

from __future__ import annotations

import shutil
import struct
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PAGE: Final = 4096
_ENTETE: Final = 32
_TETE: Final = 24
_MAGIE: Final = (0x377F0682, 0x377F0683)
_ESSAIS: Final = 5


@dataclass(frozen=True, slots=True)
class _Image:
    """Une image de page. ``taille`` : celle de la base, en pages, si l'image finit une écriture ; sinon zéro."""

    page: int
    taille: int
    sel: bytes
    juste: bool
    debut: int


def journal_de(coffre: Path) -> Path:
    """Le journal de ce coffre."""
    return coffre.with_name(coffre.name + "-wal")


def coupe(coffre: Path, connexion: Any) -> bool:
    """Une écriture entière suit, dans le journal, une image que SQLite ne reconnaît pas : il laissera tomber la fin.

    Une écriture que la mort a coupée n'a pas d'image finale : elle ne compte pas. Un autre processus peut écrire
    pendant qu'on lit : on y revient avant de s'alarmer. ``connexion`` : ouverte sur ce coffre, sans transaction.
    """
    for essai in range(_ESSAIS):
        if not _coupe(coffre, connexion):
            return False
        time.sleep(0.02 * essai)
    return True


def _coupe(coffre: Path, connexion: Any) -> bool:
    journal = journal_de(coffre)
    if not journal.exists() or journal.stat().st_size < _ENTETE + _TETE + PAGE:
        return False
    with journal.open("rb") as fichier:
        entete = fichier.read(_ENTETE)
        images = [(struct.unpack(">I", tete[4:8])[0], tete[8:16]) for tete, _ in _lire(fichier)]
    # Après les images : un autre processus a pu en ajouter, jamais en retirer.
    # Par SQLite, qui ne fait ici que compter : ouvrir soi-même son index lâcherait ses verrous.
    reconnues = int(connexion.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()[1])
    fins = (rang for rang, (taille, sel) in enumerate(images, 1) if taille and sel == entete[16:24])
    return not _entete_juste(entete) or any(rang > reconnues for rang in fins)


def deplier(coffre: Path, dans: Path) -> bool:
    """Écrit dans ``dans`` la base et tout ce que son journal en dit encore ; vrai si la fin du journal est perdue.

    Une page dont la dernière image est fausse y est effacée : elle ne se lira pas, plutôt que de se lire vieille.
    """
    with coffre.open("rb") as source, dans.open("rb+") as cible:
        shutil.copyfileobj(source, cible)
        journal = journal_de(coffre)
        if not journal.exists():
            return False
        with journal.open("rb") as fichier:
            images = _de_la_generation(list(_verifiees(fichier)))
            derniere = max((rang for rang, une in enumerate(images) if une.juste and une.taille), default=-1)
            for image in images[: derniere + 1]:
                fichier.seek(image.debut)
                cible.seek((image.page - 1) * PAGE)
                cible.write(fichier.read(PAGE) if image.juste else bytes(PAGE))
        if derniere >= 0:
            cible.truncate(images[derniere].taille * PAGE)
    return any(not une.juste for une in images[derniere + 1 :])


def _lire(fichier: Any) -> Iterator[tuple[bytes, bytes]]:
    """Chaque image entière : son en-tête et sa page."""
    while len(tete := fichier.read(_TETE)) == _TETE:
        page = fichier.read(PAGE)
        if len(page) < PAGE:
            return
        yield tete, page


def _verifiees(fichier: Any) -> Iterator[_Image]:
    entete = fichier.read(_ENTETE)
    # Un en-tête faux ne dit plus d'où part la somme : la première image est crue, son sceau en jugera.
    avant = entete[24:32] if _entete_juste(entete) else None
    ordre = ">" if entete[3:4] == b"\x83" else "<"
    debut = _ENTETE
    for tete, page in _lire(fichier):
        numero, taille = struct.unpack(">II", tete[:8])
        juste = numero > 0 and (avant is None or _somme(tete[:8] + page, avant, ordre) == tete[16:24])
        yield _Image(numero if juste else max(numero, 1), taille, tete[8:16], juste, debut + _TETE)
        avant, debut = tete[16:24], debut + _TETE + PAGE


def _de_la_generation(images: Sequence[_Image]) -> list[_Image]:
    """Les images du journal en cours : il se réemploie, et ce qui reste du précédent porte un autre sel."""
    debut = Counter(une.sel for une in images[:3]).most_common(1)
    if not debut:
        return []
    sel = debut[0][0]
    fin = max((rang for rang, une in enumerate(images, 1) if une.sel == sel), default=0)
    return list(images[:fin])


def _entete_juste(entete: bytes) -> bool:
    if int.from_bytes(entete[:4], "big") not in _MAGIE:
        return False
    return _somme(entete[:24], bytes(8), ">" if entete[3:4] == b"\x83" else "<") == entete[24:32]


def _somme(octets: bytes, avant: bytes, ordre: str) -> bytes:
    """La somme de contrôle de SQLite, à la suite de ``avant``."""
    un, deux = struct.unpack(">II", avant)
    mots = iter(struct.unpack(f"{ordre}{len(octets) // 4}I", octets))
    for pair in mots:
        un = (un + pair + deux) & 0xFFFFFFFF
        deux = (deux + next(mots) + un) & 0xFFFFFFFF
    return struct.pack(">II", un, deux)
