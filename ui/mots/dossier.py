"""Comment l'écran nomme le dossier ouvert."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from modele.dossier.chemins import lire
from modele.dossier.codes import reference_courte
from modele.protection.discretion import est_discret
from modele.ressemblance.fiches import DISCRET, SANS_NOM, titre_et_detail

A_NOTER: Final = "Référence du dossier : {reference}. Notez-la : elle le retrouve, même sans nom."
"""La même phrase pour tout dossier né du premier contact, discret ou non."""


def dire_a_noter(identifiant: str) -> str:
    """La référence d'un dossier qui vient de naître sans nom, à noter."""
    return A_NOTER.format(reference=reference_courte(identifiant))


def reste_a_noter(document: Mapping[str, Any]) -> bool:
    """Vrai tant qu'aucun nom ne retrouve ce dossier. D'un dossier discret, l'en-tête ne dit jamais que la référence."""
    return titre_et_detail(dict(document))[0] == SANS_NOM


def nommer_dossier(document: Mapping[str, Any], identifiant: str) -> str:
    """Le nom de la personne ; d'un dossier sans nom ou discret, sa référence, qui ne dit rien d'elle.

    Ni le mot : l'en-tête reste à l'écran quand l'autre revient s'asseoir.
    """
    titre, _ = titre_et_detail(dict(document))
    if titre == DISCRET:
        return f"Dossier {reference_courte(identifiant)}"
    return f"{titre} · {reference_courte(identifiant)}" if titre == SANS_NOM else titre


def dire_numero(document: Mapping[str, Any]) -> str:
    """Le numéro du dossier ouvert, dit pareil sur tout écran ; vide si aucun n'est ouvert.

    Un dossier discret ne se désigne par rien, pas même le numéro de la demande.
    """
    if not document:
        return ""
    numero = None if est_discret(document) else lire(document, "demande.numero_unique")
    return f"N° {numero}" if isinstance(numero, str) else "Numéro unique à venir"
