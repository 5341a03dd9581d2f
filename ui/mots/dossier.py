"""Comment l'écran nomme le dossier ouvert."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from modele.dossier.codes import reference_courte
from modele.ressemblance.fiches import DISCRET, SANS_NOM, titre_et_detail

A_NOTER: Final = "Référence du dossier : {reference}. Notez-la : elle le retrouve, même sans nom."
"""La même phrase pour tout dossier né du premier contact, discret ou non."""


def nommer_dossier(document: Mapping[str, Any], identifiant: str) -> str:
    """Le nom de la personne ; d'un dossier sans nom ou discret, sa référence, qui ne dit rien d'elle."""
    titre, _ = titre_et_detail(dict(document))
    return f"{titre} · {reference_courte(identifiant)}" if titre in (SANS_NOM, DISCRET) else titre
