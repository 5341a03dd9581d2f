"""Écrire un fichier pour l'agent, lisible de son seul compte, sans jamais en écraser un autre."""

from __future__ import annotations

from itertools import count
from pathlib import Path


def nom_libre(chemin: Path) -> Path:
    """``chemin``, ou le même suivi de « -2 », « -3 »… : le papier d'une autre personne n'est jamais écrasé."""
    if not chemin.exists():
        return chemin
    suivants = (chemin.with_name(f"{chemin.stem}-{rang}{chemin.suffix}") for rang in count(2))
    return next(suivant for suivant in suivants if not suivant.exists())


def ecrire_a_part(voulu: Path, octets: bytes) -> Path:
    """Écrit ``octets`` là, ou sous le premier nom libre ; rend où. Lève ``ErreurUtilisateur`` si le disque refuse.

    Lisible du seul compte de l'agent : le dossier « Documents » d'un poste partagé ne l'est pas toujours.
    """
    from modele.regles.disque import ecrire

    chemin = nom_libre(voulu)
    ecrire(chemin, octets, prive=True)
    return chemin
