"""Lire les tables livrées (CSV à commentaires « # ») et situer les ressources."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from modele.regles.fautes import Faute, FichierFautif
from ressources import RESSOURCES

NATIONAL = RESSOURCES / "national"
TERRITOIRES = RESSOURCES / "territoires"


def lire_csv(chemin: Path, colonnes: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Les lignes d'une table UTF-8 dont l'en-tête a au moins ces colonnes ; les lignes « # » disent sa source.

    Lève ``FichierFautif`` si une colonne ou une valeur manque.
    """
    with chemin.open(encoding="utf-8", newline="") as texte:
        table = csv.DictReader(ligne for ligne in texte if not ligne.startswith("#"))
        manquent = [c for c in colonnes if c not in (table.fieldnames or ())]
        if manquent:
            message = f"colonnes attendues : {', '.join(colonnes)} ; il manque : {', '.join(manquent)}"
            raise FichierFautif([Faute(chemin.name, "", None, message)])
        for ligne in table:
            if any(ligne[c] is None for c in colonnes):
                message = f"la ligne « {','.join(v for v in ligne.values() if v)} » est incomplète"
                raise FichierFautif([Faute(chemin.name, "", None, message)])
            yield ligne
