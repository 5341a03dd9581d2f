"""Ce que dit le total d'un tableau : une somme, et ce qui lui manque pour être sûre. Sans Qt."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from modele.bilan import Bilan
from modele.dossier.chemins import lire
from modele.dossier.inventaire import inventaire
from modele.dossier.questions import Section
from modele.dossier.situation import elements
from modele.mots.ecriture import dire_nombre


def dire_total(bilan: Bilan, section: Section, colonne: str) -> str:
    """« En tout : 1 450 euros par mois » ; « au moins » tant qu'un montant manque ; vide sans colonne ni montant."""
    if not colonne:
        return ""
    champ = next(question.champ for question in section.questions if question.id == colonne)
    liste = inventaire().listes[section.liste]
    relatif = champ.removeprefix(f"{liste.prefixe}.")
    unite = next(c.champ.unite for c in liste.champs if c.chemin == relatif)
    dits = [_nombre(lire(element, relatif)) for element in elements(bilan.document, section.liste).values()]
    sus = [nombre for nombre in dits if nombre is not None]
    if not sus:
        return ""
    debut = "En tout" if len(sus) == len(dits) else "Au moins"
    return f"{debut} : {dire_nombre(sum(sus))} {unite}".strip()


def _nombre(ecrit: Any) -> Decimal | None:
    if isinstance(ecrit, Mapping | list | bool) or ecrit is None:
        return None
    try:
        return Decimal(str(ecrit))
    except InvalidOperation:
        return None
