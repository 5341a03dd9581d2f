"""Ce que le droit national déclare pour tous les territoires : ses paramètres."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from modele.regles.lecture import lire_toml
from modele.regles.parametres import DeclarationParametre, lire_parametres
from modele.territoire.tables import NATIONAL


@cache
def parametres_nationaux() -> Mapping[str, DeclarationParametre]:
    """Les paramètres de ``ressources/national/parametres.toml``. Lève ``FichierFautif``."""
    return charger_parametres(NATIONAL / "parametres.toml")


def charger_parametres(chemin: Path) -> dict[str, DeclarationParametre]:
    """Les paramètres d'un fichier. Lève ``FichierFautif`` avec toutes ses fautes."""
    lecteur = lire_toml(chemin)
    lus = lire_parametres(lecteur)
    lecteur.finir()
    return lus
