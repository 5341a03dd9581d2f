"""Ce que coûte une copie de secours : à la frappe pendant qu'elle se fait, et à côté de la copie nue de SQLite.

``python -m tests.mesures copie``
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import tempfile
import threading
from pathlib import Path

from mesure import Mesure, centile
from mesure_durable import _duree
from population import documents

from modele.coffre import Coffre, copies, nue
from modele.coffre.enveloppes import lire_trousseau
from modele.droits import Auteur

DOSSIERS = 5000
BLOCS, GESTES = 12, 40
COPIES = 7
BUT_FRAPPE, BUT_COPIE = 2.0, 3.0
_MOT_DE_PASSE = "quatre mots sans lien"
CONCLUSION: list[str] = []


def mesurer() -> list[Mesure]:
    """Alterne, sur le même coffre : des frappes avec et sans copie en cours ; nos copies, celles de SQLite."""
    with tempfile.TemporaryDirectory() as dossier:
        chemin = Path(dossier) / "m.perron"
        coffre, _ = Coffre.creer(chemin, "Agent", _MOT_DE_PASSE, "metropole-exemple", "m")
        coffre.importer(documents(DOSSIERS), Auteur("Agent"))
        cle, _ = lire_trousseau(chemin).ouvrir(_MOT_DE_PASSE)
        sans, avec = _frappes(coffre, cle)
        coffre.fermer()
        notre, nue_chiffree, claire = _copies(chemin, cle)
        taille = chemin.stat().st_size / 2**20
    rapports = {
        "frappe_p99_sans_ms": centile(sans, 0.99),
        "frappe_p99_pendant_ms": centile(avec, 0.99),
        "copie_verifiee_ms": statistics.median(notre),
        "backup_meme_fichier_ms": statistics.median(nue_chiffree),
        "backup_en_clair_ms": statistics.median(claire),
        "taille_mio": taille,
    }
    CONCLUSION[:] = [json.dumps({cle: round(valeur, 2) for cle, valeur in rapports.items()})]
    return [
        _mesure("champ posé → durable pendant une copie, p99", centile(avec, 0.99), centile(sans, 0.99), BUT_FRAPPE),
        _mesure(
            f"copie vérifiée, {taille:.0f} Mio, à côté de .backup du même fichier",
            statistics.median(notre),
            statistics.median(nue_chiffree),
            BUT_COPIE,
        ),
    ]


def _mesure(nom: str, valeur: float, reference: float, but: float) -> Mesure:
    rapport = valeur / reference
    return Mesure(nom, valeur, "ms", reference, rapport, f"≤ {but:.0f} ×", rapport <= but)


def _frappes(coffre: Coffre, cle: bytes) -> tuple[list[float], list[float]]:
    """Par blocs alternés, pour que la machine soit la même des deux côtés ; une copie tourne tout le second bloc."""
    cible, rang = coffre.recents(1)[0].dossier, 0
    durees: tuple[list[float], list[float]] = ([], [])
    for bloc in range(2 * BLOCS):
        fini = threading.Event()
        fil = threading.Thread(target=_copier_sans_cesse, args=(coffre.chemin, cle, fini))
        if bloc % 2:
            fil.start()
        for _ in range(GESTES):
            rang += 1
            valeurs = {"demandeur.prenoms": f"Nadia {rang}"}
            durees[bloc % 2].append(_duree(lambda v=valeurs: coffre.modifier(cible, v, Auteur("Agent"))))  # type: ignore[misc]
        fini.set()
        if bloc % 2:
            fil.join()
    return durees


def _copier_sans_cesse(chemin: Path, cle: bytes, fini: threading.Event) -> None:
    copies._ceder_le_pas()
    while not fini.is_set():
        copies.copier(chemin, cle, chemin.with_name("copie.perron"))


def _copies(chemin: Path, cle: bytes) -> tuple[list[float], list[float], list[float]]:
    """La nôtre, vérifiée ; ``.backup`` du même fichier chiffré ; ``.backup`` du même contenu en clair, pour mémoire."""
    clair = chemin.with_name("clair.db")
    with nue.ouverte(chemin, cle, nue.ECRITURE) as source:
        source.execute("ATTACH ? AS clair KEY ''", (str(clair),))
        source.execute("SELECT sqlcipher_export('clair')")
    durees: tuple[list[float], list[float], list[float]] = ([], [], [])
    for _ in range(COPIES):
        durees[0].append(_duree(lambda: copies.copier(chemin, cle, chemin.with_name("copie.perron"))))
        durees[1].append(_duree(lambda: _backup_chiffre(chemin, cle)))
        durees[2].append(_duree(lambda: _backup_clair(clair)))
    return durees


def _backup_chiffre(chemin: Path, cle: bytes) -> None:
    """Comme ``.backup`` : cent pages par pas, réglages d'origine."""
    cible = chemin.with_name("nue.perron")
    cible.unlink(missing_ok=True)
    cible.touch()
    with nue.ouverte(chemin, cle, nue.ECRITURE) as source, nue.ouverte(cible, cle, nue.ECRITURE) as vers:
        source.backup(vers, pages=100)


def _backup_clair(clair: Path) -> None:
    cible = clair.with_name("nue.db")
    cible.unlink(missing_ok=True)
    source, vers = sqlite3.connect(clair), sqlite3.connect(cible)
    source.backup(vers, pages=100)
    vers.close()
    source.close()


if __name__ == "__main__":
    for mesure in mesurer():
        print(mesure)
