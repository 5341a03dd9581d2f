"""Écrire un PDF sur le disque : entier ou pas du tout."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from modele.regles.fautes import ErreurUtilisateur


def enregistrer(pdf: bytes, chemin: Path) -> None:
    """Écrit ``pdf`` dans ``chemin`` : fichier temporaire voisin, mis sur le disque, puis mis en place.

    Lève ``ErreurUtilisateur`` si le dossier n'existe pas, est plein ou interdit ; l'ancien fichier reste alors intact.
    """
    try:
        descripteur, provisoire = tempfile.mkstemp(dir=chemin.parent, suffix=".pdf")
    except OSError as cause:
        raise _impossible(chemin, cause) from cause
    try:
        with os.fdopen(descripteur, "wb") as fichier:
            fichier.write(pdf)
            fichier.flush()
            os.fsync(fichier.fileno())
        Path(provisoire).replace(chemin)
    except OSError as cause:
        Path(provisoire).unlink(missing_ok=True)
        raise _impossible(chemin, cause) from cause


def _impossible(chemin: Path, cause: OSError) -> ErreurUtilisateur:
    raisons = {
        FileNotFoundError: "ce dossier n’existe pas",
        PermissionError: "l’écriture y est interdite",
        IsADirectoryError: "c’est un dossier, pas un fichier",
        NotADirectoryError: "ce dossier n’existe pas",
    }
    raison = raisons.get(type(cause), "le disque est plein ou ne répond pas")
    return ErreurUtilisateur(f"Le document ne s’écrit pas dans {chemin} : {raison}. Choisissez un autre emplacement.")
