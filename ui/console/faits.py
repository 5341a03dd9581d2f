"""Le catalogue des faits nationaux, engendré de leurs déclarations."""

from __future__ import annotations

from typing import Any

from modele.chargement import charger_national
from modele.regles.confiance import a_valider
from modele.sources import Lecture, ouvrir


def catalogue() -> list[dict[str, Any]]:
    """Un objet par fait, les vides ôtés."""
    lus = [
        {
            "nom": fait.nom,
            "type": fait.type.value,
            "unite": fait.unite,
            "minimum": fait.minimum,
            "maximum": fait.maximum,
            "decimales": fait.decimales,
            "codes": list(fait.codes),
            "definition": fait.definition,
            "source": fait.source,
            "confiance": fait.confiance,
            "champs": list(fait.champs),
        }
        for fait in charger_national(Lecture(ouvrir())).catalogue.values()
    ]
    return [{cle: valeur for cle, valeur in fait.items() if valeur not in ("", [], None)} for fait in lus]


def dire(liste: list[dict[str, Any]]) -> str:
    """Une ligne par fait."""
    return "\n".join(_ligne(fait) for fait in liste)


def _ligne(fait: dict[str, Any]) -> str:
    bornes = [f"de {fait['minimum']}"] if "minimum" in fait else []
    bornes += [f"à {fait['maximum']}"] if "maximum" in fait else []
    details = [fait["type"], fait.get("unite", ""), " ".join(bornes), ", ".join(fait.get("codes", []))]
    article = f" [{fait['source']}]" if "source" in fait else ""
    valider = " (à faire valider)" if a_valider(fait.get("confiance", "")) else ""
    precis = " ; ".join(d for d in details if d)
    return f"{fait['nom']} ({precis}) : {fait.get('definition', '')}{article}{valider}"
