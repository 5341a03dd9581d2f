"""Le délai de réception du demandeur (CCH L441-2-8) : un mois après l'enregistrement, ou celui du plan, deux au plus.

Le plan inconnu, rien ne s'invente : la date prudente est celle de la loi, la plus tardive celle qu'un plan peut porter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from modele.dossier.faits.calendrier import ajouter_mois

DE_LA_LOI: Final = 1
AU_PLUS: Final = 2
"""Mois : ce que la loi exige sans plan, et le plus qu'un plan peut porter."""


@dataclass(frozen=True, slots=True)
class DelaiDeReception:
    """Recevoir avant ``agir_avant`` ; ``fin_possible`` : la lecture la plus tardive. Sans plan, les deux diffèrent.

    ``depuis`` vide : la demande n'est pas enregistrée, ou nul ne sait quand ; aucun délai ne se compte.
    """

    depuis: date | None
    agir_avant: date | None = None
    fin_possible: date | None = None
    plan_connu: bool = False

    def tenu_par(self, jour: date) -> bool | None:
        """Un rendez-vous ce jour-là tient-il le délai ? ``None`` : cela dépend de ce qu'on ne sait pas."""
        if self.agir_avant is None or self.fin_possible is None:
            return None
        if jour <= self.agir_avant:
            return True
        return False if jour > self.fin_possible else None


def delai_de_reception(enregistree_le: date | None, mois_du_plan: int | None) -> DelaiDeReception:
    """Le délai d'une demande enregistrée ce jour-là. ``mois_du_plan`` : ``None`` si le territoire ne le dit pas."""
    if enregistree_le is None:
        return DelaiDeReception(None, plan_connu=mois_du_plan is not None)
    tot = mois_du_plan if mois_du_plan is not None else DE_LA_LOI
    tard = mois_du_plan if mois_du_plan is not None else AU_PLUS
    avant, apres = (ajouter_mois(enregistree_le, mois) for mois in (tot, tard))
    return DelaiDeReception(enregistree_le, avant, apres, mois_du_plan is not None)
