"""Juger des réponses : le rappel par genre, chaque proposition ; ce que l'index pèse, ce que l'ouverture en lit."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from retrouver_jeu import Etiquetes
from retrouver_portes import Document
from sqlalchemy import Engine, event, text

from modele.coffre import Coffre

INDEXES: Final = ("terme", "personne", "frequence", "porte_discrete")


@dataclass(slots=True)
class Compte:
    """Par genre : combien de fois, combien de fois trouvé."""

    faits: Counter[str] = field(default_factory=Counter)
    trouves: Counter[str] = field(default_factory=Counter)

    def noter(self, genre: str, trouve: bool) -> None:
        """Un cas de plus."""
        self.faits[genre] += 1
        self.trouves[genre] += trouve

    def rappel(self, genre: str = "") -> float:
        """La part trouvée, d'un genre ou de tous."""
        if genre:
            return self.trouves[genre] / self.faits[genre]
        return self.trouves.total() / max(1, self.faits.total())

    def pire(self) -> tuple[float, str]:
        """Le rappel du genre le moins bien trouvé, et son nom."""
        return min(((self.rappel(genre), genre) for genre in self.faits), default=(0.0, ""))


def juger_les_doublons(
    jeu: Etiquetes, candidats: Callable[[Document], Iterable[tuple[Any, float]]], ids: Sequence[Any]
) -> tuple[Compte, list[tuple[float, bool]]]:
    """Le rappel par genre, et chaque proposition (sa force, juste ou non)."""
    compte, propositions = Compte(), []
    for genre, rang, document in jeu.retours:
        proposes = dict(candidats(document))
        attendu = ids[rang] if rang >= 0 else None
        propositions += [(force, identifiant == attendu) for identifiant, force in proposes.items()]
        if attendu is not None:
            compte.noter(genre, attendu in proposes)
    return compte, propositions


def juger_la_recherche(
    questions: Sequence[tuple[str, int, str]], chercher: Callable[[str], Sequence[Any]], ids: Sequence[Any]
) -> tuple[list[tuple[float, float]], Compte]:
    """Les durées, à la montre et au processeur (ms), et le rappel par genre."""
    durees, compte = [], Compte()
    for genre, rang, texte in questions:
        debut, travail = time.perf_counter(), time.thread_time()
        trouves = chercher(texte)
        durees.append(((time.perf_counter() - debut) * 1000, (time.thread_time() - travail) * 1000))
        compte.noter(genre, ids[rang] in trouves)
    return durees, compte


def part_de_l_index(coffre: Coffre) -> float:
    """La part que l'index ajoute au reste du coffre : les pages que ses tables rendraient, la transaction défaite."""
    with coffre._base.lecture() as connexion:

        def lire(pragma: str) -> int:
            return int(connexion.exec_driver_sql(f"PRAGMA {pragma}").scalar_one())

        pages, libres = lire("page_count"), lire("freelist_count")
        for table in INDEXES:
            connexion.execute(text(f"DROP TABLE {table}"))
        rendues = lire("freelist_count") - libres
        connexion.rollback()
    return rendues / (pages - libres - rendues)


def lectures_a_l_ouverture(chemin: Path, mot_de_passe: str) -> tuple[int, int]:
    """Combien d'instructions touchent l'index pendant que le coffre s'ouvre, et combien en tout."""
    dites: list[str] = []

    def noter(_connexion: Any, _curseur: Any, instruction: str, *_reste: Any) -> None:
        dites.append(instruction)

    event.listen(Engine, "before_cursor_execute", noter)
    try:
        Coffre.ouvrir(chemin, mot_de_passe).fermer()
    finally:
        event.remove(Engine, "before_cursor_execute", noter)
    mots = [set(instruction.lower().replace("(", " ").replace('"', " ").split()) for instruction in dites]
    touchent = sum(bool(les_mots & set(INDEXES)) for les_mots in mots)
    return touchent, len(dites)


def identifiants(coffre: Coffre) -> list[str]:
    """Les dossiers du coffre, dans l'ordre où ils y sont entrés."""
    with coffre._base.lecture() as connexion:
        return list(connexion.execute(text("SELECT id FROM dossier WHERE genre = 'dossier' ORDER BY rowid")).scalars())
