"""Le plan partenarial d'ici, en mots : ce qui y est écrit, ce qui manque, ses dates. Sans Qt.

Essais : ``tests/ui/mots/test_plan_dit.py``.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from impressions.bilan_du_plan import BilanDit, ContenuDit
from impressions.rapport import LigneDite
from modele.mots.ecriture import dire_date
from modele.regles.fautes import ErreurUtilisateur
from modele.territoire.plan import Cadre, DateDuPlan, Plan, cadre, dates, fin, fin_au_plus_tard, manquants
from ui.mots.rapport import avis, papier_de

if TYPE_CHECKING:
    from modele.coffre.rapports import Tire

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


# Le bilan annuel.

BILAN: Final = "Bilan annuel du plan partenarial"
ANNEE_FINIE: Final = "Le bilan se tire d'une année finie : les chiffres de celle-ci changent encore."
RESPONSABLE: Final = "Le bilan annuel se tire par un responsable : il porte les chiffres de l'année."
POUR_LE_PUBLIC: Final = (
    "Il va à l'assemblée : ses chiffres sont ceux du rapport d'activité pour le public, effectifs faibles tus. D'une "
    "année finie, ils sont figés au premier tirage."
)
DE_CE_POSTE: Final = (
    "Ces chiffres sont ceux des dossiers que ce poste tient. Le bilan de tout le réseau réunit ceux de chaque lieu."
)
TU: Final = "Ce que Perron tient de ce plan est à faire valider : ni ses contenus ni ses dates ne s'impriment."
NON_IMPRIME: Final = "À faire valider : non imprimé."


def exiger_une_annee_finie(annee: int, jour: date) -> None:
    """Lève ``ErreurUtilisateur`` : deux bilans d'une année qui court diraient qui est venu entre les deux."""
    if annee >= jour.year:
        raise ErreurUtilisateur(ANNEE_FINIE)


def exiger_un_plan(plan: Plan | None) -> Plan:
    """Le plan. Lève ``ErreurUtilisateur`` si ce territoire n'en donne pas."""
    if plan is None:
        raise ErreurUtilisateur(SANS_PLAN)
    return plan


def bilan_de(plan: Plan, tire: Tire, jour: date) -> BilanDit:
    """Le bilan, prêt à imprimer. Ce qui du plan reste à faire valider ne s'imprime pas. Lève ``ErreurUtilisateur``."""
    exiger_une_annee_finie(tire.rapport.annee, jour)
    loi, tu, ecrits = cadre(), plan.provenance.a_valider, len(plan.contenus)
    contenus = tuple(
        ContenuDit(f"{rang}. {libelle}", NON_IMPRIME if tu and rang in plan.contenus else dire_un_contenu(rang, plan))
        for rang, libelle in loi.contenus.items()
    )
    return BilanDit(
        f"{BILAN}, {tire.rapport.annee}, {tire.rapport.lieu}",
        (TU if tu else constat(plan), DE_CE_POSTE, *avis(tire)),
        LigneDite("Contenus écrits", f"{ecrits} sur {len(loi.contenus)}", ecrits / len(loi.contenus)),
        contenus,
        (NON_IMPRIME,) if tu else tuple(dire_une_date(une, jour) for une in dates(plan, jour)),
        (sources(loi), loi.article),
        papier_de(tire).chiffres,
    )


def nom_du_bilan(tire: Tire) -> str:
    """« bilan-plan-2025.pdf » : ni lieu, ni personne."""
    return f"bilan-plan-{tire.rapport.annee}.pdf"
