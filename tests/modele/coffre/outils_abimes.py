"""Abîmer de vrais coffres : une copie du jour, ce qui s'est saisi depuis, puis des octets retournés."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from outils_coffre import AGENT, creer

from modele.coffre import Coffre
from modele.dossier.chemins import Document
from modele.droits import Auteur

PAGE = 4096
FICHIERS = ("", "-wal", ".cles")


@dataclass(frozen=True, slots=True)
class Modele:
    """Un coffre laissé tel que la mort l'aurait laissé, journal plein ; ce qu'il tenait, à la copie et à la fin."""

    dossier: Path
    nom: str
    a_la_copie: dict[str, Document]
    a_la_fin: dict[str, Document]

    def poser(self, ou: Path) -> Path:
        """Un exemplaire à abîmer."""
        shutil.copytree(self.dossier, ou)
        return ou / self.nom


def documents(coffre: Coffre) -> dict[str, Document]:
    """Tout ce que montre un coffre."""
    return {recent.dossier: coffre.lire(recent.dossier) for recent in coffre.recents(10_000)}


def fabriquer(ou: Path, dossiers: int = 60, *, copie: bool = True, ferme: bool = False) -> Modele:
    """Soixante dossiers, une copie du jour, puis trente saisies et cinq dossiers que la copie n'a pas.

    ``ferme`` : le journal est rentré dans la base ; sinon, le coffre est tel que la mort l'a laissé.
    """
    ou.mkdir()
    chemin = ou / "vif" / "c.perron"
    chemin.parent.mkdir()
    coffre, _ = creer(chemin)
    hasard = random.Random(7)
    ids = [coffre.creer_dossier(_personne(rang), Auteur(AGENT))["id"] for rang in range(dossiers)]
    for rang in range(40):
        coffre.modifier(hasard.choice(ids), {"demandeur.prenoms": f"Avant {rang}"}, Auteur(AGENT))
    avant = documents(coffre)
    if copie:
        assert coffre.copier_s_il_le_faut().panne == ""
    coffre._base.vider_journal()
    for rang in range(30):
        coffre.modifier(hasard.choice(ids), {"demandeur.prenoms": f"Depuis {rang}"}, Auteur(AGENT))
    for rang in range(5):
        coffre.creer_dossier(_personne(1000 + rang), Auteur(AGENT))
    coffre.brouillon(ids[0], "demandeur.nom", "En cours")
    fin = documents(coffre)
    if ferme:
        coffre.fermer()
    # Les fichiers d'un coffre que la mort a surpris : le journal n'est pas rentré.
    shutil.copytree(chemin.parent, ou / "mort", ignore=shutil.ignore_patterns("*-shm"))
    coffre.fermer()
    return Modele(ou / "mort", "c.perron", avant, fin)


def _personne(rang: int) -> Document:
    return {
        "demandeur": {"nom": f"Nom{rang}", "prenoms": f"P{rang}", "date_naissance": f"19{60 + rang % 40}-03-12"},
        "demande": {"precisions": "mot " * (rang % 7 * 60)},
    }


def retourner(fichier: Path, debut: int, fin: int, hasard: random.Random, nombre: int = 1) -> None:
    """Change des octets tirés entre ``debut`` et ``fin``."""
    octets = bytearray(fichier.read_bytes())
    for _ in range(nombre):
        octets[hasard.randrange(debut, min(fin, len(octets)))] ^= hasard.randrange(1, 256)
    fichier.write_bytes(octets)


def _entete(chemin: Path, hasard: random.Random) -> None:
    retourner(chemin, 0, PAGE, hasard, hasard.choice((1, 20)))


def _pages(chemin: Path, hasard: random.Random) -> None:
    for _ in range(hasard.choice((1, 1, 3, 12))):
        retourner(chemin, PAGE, 1 << 40, hasard)


def _journal(chemin: Path, hasard: random.Random) -> None:
    journal = chemin.with_name(chemin.name + "-wal")
    retourner(journal, 0, hasard.choice((32, 1 << 40, 1 << 40)), hasard, hasard.choice((1, 3)))


def _cles(chemin: Path, hasard: random.Random) -> None:
    cles = chemin.with_name(chemin.name + ".cles")
    if hasard.random() < 0.3:
        cles.write_bytes(hasard.randbytes(400))
    else:
        retourner(cles, 0, 1 << 40, hasard, hasard.choice((1, 8)))


DEGATS: dict[str, Callable[[Path, random.Random], None]] = {
    "en-tete": _entete,
    "pages": _pages,
    "journal": _journal,
    "cles": _cles,
}


def exiger_debout(coffre: Coffre) -> None:
    """Chaînes, pages, sceaux et renvois de ce coffre sont justes."""
    assert coffre.verifier_chaine() == []
    with coffre._base.lecture() as connexion:
        assert connexion.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        assert connexion.exec_driver_sql("PRAGMA cipher_integrity_check").all() == []
        assert connexion.exec_driver_sql("PRAGMA foreign_key_check").all() == []
