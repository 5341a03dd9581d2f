"""Le plan partenarial d'ici, en mots : ce qui y est écrit, ce qui manque, ses dates. Sans Qt.

Essais : ``tests/ui/mots/test_plan_dit.py``.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from modele.mots.ecriture import dire_date
from modele.territoire.plan import Cadre, DateDuPlan, Plan, cadre, fin, fin_au_plus_tard, manquants

TITRE: Final = "Plan partenarial d'ici"
MANQUE: Final = "Pas écrit ici : à demander à qui tient le plan."
SANS_PLAN: Final = (
    "Perron n'a rien du plan partenarial de ce territoire. Ce qu'il contient et jusqu'à quand il vaut sont à demander "
    "à l'intercommunalité ; un registre le publie avec le territoire."
)


def constat(plan: Plan | None) -> str:
    """Depuis quand, jusqu'à quand, d'où cela vient."""
    if plan is None:
        return SANS_PLAN
    d_ou = "Plan fictif, sans valeur." if plan.fictif else f"Source : {plan.provenance.source}."
    verifie = f" Vérifié le {dire_date(plan.provenance.verifie_le)}." if plan.provenance.verifie_le else ""
    a_valider = " À faire valider." if plan.provenance.a_valider else ""
    restent, tous = len(manquants(plan)), len(cadre().contenus)
    manque = f" {restent} contenus sur {tous} ne sont pas écrits ici." if restent else ""
    return (
        f"Adopté le {dire_date(plan.adopte_le)} ; vaut jusqu'au {dire_date(fin(plan))}, au plus tard au "
        f"{dire_date(fin_au_plus_tard(plan))} s'il est prorogé.{manque} {d_ou}{verifie}{a_valider}"
    )


def dire_un_contenu(rang: int, plan: Plan) -> str:
    """Ce que le plan d'ici en dit, et où le lire."""
    ecrit = plan.contenus.get(rang)
    if ecrit is None:
        return MANQUE
    return f"{ecrit.resume} ({ecrit.page})" if ecrit.page else ecrit.resume


def dire_une_date(une: DateDuPlan, jour: date) -> str:
    """« Bilan annuel, à l'assemblée : fait le 10/04/2024 » ; « … : attendu à partir du 15/03/2026 »."""
    if une.fait is not None:
        return f"{une.objet} : fait le {dire_date(une.fait)}."
    if une.depasse:
        return f"{une.objet} : le terme du {dire_date(une.le)} est passé, et rien n'est noté ici."
    if une.le <= jour:
        return f"{une.objet} : attendu depuis le {dire_date(une.le)}."
    return f"{une.objet} : le {dire_date(une.le)}."


def sources(loi: Cadre) -> str:
    """D'où vient la liste des contenus."""
    verifie = loi.provenance.verifie_le
    return f"Source : {loi.provenance.source}." + (f" Vérifié le {dire_date(verifie)}." if verifie else "")
