"""L'écran Cotation quand le registre publie ce que le système officiel observe, tout fictif.

Suite de ``ui.theatre.scenes``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from modele.territoire.reperes import Distribution, Repere, Reperes
from ui.etat.reperes import ReperesTenus, reperes_de

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur


def scenes_des_reperes(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Dossier ouvert ; la note : rien de dit sur la recherche, puis deux communes. Finit sans repères."""
    joueur.aller("cotation")
    publies = reperes_de(joueur.session)
    exemple = Reperes(
        "Infocentre fictif de la Métropole d'exemple",
        date(2026, 10, 1),
        11,
        "demandes satisfaites en 2025, de leur réception au bail",
        "demandes en cours au 1er octobre 2026",
        [
            Repere("99X01", "T3", "primo", _distribution(385, 25, 39), _distribution(164, 22, 36)),
            Repere("99X02", "T3", "primo", _distribution(58, 23, 34), Distribution(masque=True)),
        ],
    )
    publies.tenu = ReperesTenus(1, exemple)
    publies.change.emit()
    joueur.attendre()
    yield "cotation-observes-manque", joueur.fenetre
    joueur.session.modifier(
        {
            "recherche.communes": ["99X01", "99X02"],
            "recherche.type": {"coches": ["T3"], "clos": False},
            "logement_actuel.titulaire_bail": False,
        }
    )
    joueur.attendre()
    yield "cotation-observes", joueur.fenetre
    publies.tenu = ReperesTenus()


def _distribution(effectif: int, mediane: int, haut: int) -> Distribution:
    return Distribution(effectif, {"p50": Decimal(mediane), "p75": Decimal(haut)})
