"""La note en JSON : la forme publiée, nombres sous leur forme la plus courte."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from modele.cotation.calcul import EXACT
from modele.cotation.grille import Grille
from modele.cotation.note import Note
from modele.cotation.resultat import Decisif, Fourchette
from modele.regles.etats import Situation
from modele.regles.kleene import evaluer

_NUL = Fourchette(Decimal(0), Decimal(0))


def nombre(points: Decimal | None) -> Decimal | int | None:
    """``12`` plutôt que ``12.0`` ou ``1.2E+1``."""
    if points is None:
        return None
    return int(points) if points == points.to_integral_value() else EXACT.normalize(points)


def fourchette(points: Fourchette) -> dict[str, Any]:
    """``{"min": …, "max": …}``."""
    return {"min": nombre(points.min), "max": nombre(points.max)}


def decisif(fait: Decisif) -> dict[str, Any]:
    """Un fait décisif et son écart ; ``refuse`` seulement s'il l'est."""
    return {"fait": fait.fait, "ecart": nombre(fait.ecart)} | ({"refuse": True} if fait.refuse else {})


def rendre(grille: Grille, note: Note, situation: Situation, jour: date) -> dict[str, Any]:
    """La note d'un cas, dans la forme de ``coter --json``."""
    return {
        "grille": grille.id,
        "statut": grille.statut,
        "total": fourchette(note.total),
        "exact": note.exact,
        "rubriques": [
            {
                "id": rubrique.id,
                **fourchette(note.rubriques[rubrique.id]),
                "criteres": [
                    {
                        "id": critere.id,
                        **fourchette(note.criteres.get(critere.id, _NUL)),
                        "compte": note.compte.get(critere.id, False),
                    }
                    for critere in rubrique.criteres
                ],
            }
            for rubrique in grille.rubriques
        ],
        "decisifs": [decisif(fait) for fait in note.decisifs],
        "hors_cotation": hors_cotation(grille, situation, jour),
    }


def hors_cotation(grille: Grille, situation: Situation, jour: date) -> dict[str, list[str]]:
    """Les circuits à part, certains et possibles (logique de Kleene)."""
    verdicts = [(c.id, evaluer(c.si, situation)) for c in grille.hors_cotation if c.validite.vaut_le(jour)]
    return {
        "certains": [id_ for id_, verdict in verdicts if verdict is True],
        "possibles": [id_ for id_, verdict in verdicts if verdict is None],
    }
