"""Le plan partenarial du territoire (PPGDID) : ce qu'il contient ou non, et les dates où il se relit.

CCH R441-2-10 (contenu), L441-2-8 et R441-2-11 à R441-2-14 (durée, bilans, évaluation, prorogation) ; déclarés dans
``ressources/national/plan_partenarial.toml``. Essais : ``tests/modele/territoire/test_plan.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from modele.dossier.faits.calendrier import ajouter_mois
from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import COMPLETE, SANS_PROVENANCE, Provenance, lire_provenance
from ressources import RESSOURCES

NATIONAL: Final = RESSOURCES / "national" / "plan_partenarial.toml"
PLAN: Final = "plan.toml"
ANNUEL: Final = "Bilan annuel, à l'assemblée"
TRIENNAL: Final = "Bilan triennal, au préfet et à la conférence"
_AN: Final = 12


@dataclass(frozen=True, slots=True)
class Cadre:
    """Ce que la loi demande d'un plan. Durées en mois ; ``contenus`` : par rang, de 1 à 13."""

    contenus: Mapping[int, str]
    duree: int
    bilan_annuel: int
    bilan_triennal: int
    evaluation_avant: int
    prorogation: int
    prorogations: int
    article: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Ecrit:
    """Ce que le plan d'ici dit d'un contenu. ``page`` : où le lire."""

    resume: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Le plan d'ici. ``prorogations`` : la date de fin que chacune lui a donnée ; un bilan : son jour."""

    adopte_le: date
    contenus: Mapping[int, Ecrit] = field(default_factory=dict)
    prorogations: tuple[date, ...] = ()
    bilans_annuels: tuple[date, ...] = ()
    bilans_triennaux: tuple[date, ...] = ()
    evaluation_le: date | None = None
    fictif: bool = False
    provenance: Provenance = SANS_PROVENANCE


@dataclass(frozen=True, slots=True)
class DateDuPlan:
    """Une date du plan. ``fait`` : le jour où ce fut fait ; ``depasse`` : elle est passée et rien ne le dit."""

    objet: str
    le: date
    fait: date | None
    depasse: bool


@lru_cache(maxsize=1)
def cadre() -> Cadre:
    """Ce que Perron livre."""
    return lire_cadre(NATIONAL)


def lire_cadre(fichier: Lisible) -> Cadre:
    """Lit le fichier national. Lève ``FichierFautif``."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    provenance = lire_provenance(lecteur, exigees=COMPLETE)
    duree = lecteur.table("duree", obligatoire=True)
    durees = {cle: duree.entier(cle, obligatoire=True) or 0 for cle in _DUREES} if duree is not None else {}
    article = duree.texte("article", obligatoire=True) if duree is not None else ""
    if duree is not None:
        duree.clore()
    contenus = {
        table.entier("rang", obligatoire=True) or 0: table.texte("libelle", obligatoire=True)
        for table in lecteur.tables("contenu", obligatoire=True)
    }
    lecteur.finir()
    return Cadre(
        contenus=contenus,
        duree=durees["annees"] * _AN,
        bilan_annuel=durees["bilan_annuel"] * _AN,
        bilan_triennal=durees["bilan_triennal"] * _AN,
        evaluation_avant=durees["evaluation_mois_avant"],
        prorogation=durees["prorogation_mois"],
        prorogations=durees["prorogations"],
        article=article,
        provenance=provenance,
    )


_DUREES: Final = (
    "annees", "bilan_annuel", "bilan_triennal", "evaluation_mois_avant", "prorogation_mois", "prorogations",
)  # fmt: skip


def lire_plan(fichier: Lisible) -> Plan:
    """Lit le plan d'un territoire. Lève ``FichierFautif`` : sans source, rang inconnu, date avant l'adoption."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    fictif = lecteur.booleen("fictif")
    provenance = lire_provenance(lecteur, exigees=() if fictif else ("source", "verifie_le"))
    adopte_le = lecteur.date("adopte_le", obligatoire=True)
    contenus = dict(filter(None, (_ecrit(table) for table in lecteur.tables("contenu"))))
    prorogations, annuels = _dates(lecteur, "prorogations", adopte_le), _dates(lecteur, "bilans_annuels", adopte_le)
    triennaux, evaluation_le = _dates(lecteur, "bilans_triennaux", adopte_le), lecteur.date("evaluation_le")
    if len(prorogations) > cadre().prorogations + 1:
        lecteur.signaler("prorogations", "un plan se proroge, et cela se renouvelle une fois (CCH R441-2-14)")
    lecteur.finir()
    return Plan(adopte_le or date.min, contenus, prorogations, annuels, triennaux, evaluation_le, fictif, provenance)


def _ecrit(table: Lecteur) -> tuple[int, Ecrit] | None:
    rang = table.entier("rang", obligatoire=True)
    ecrit = Ecrit(table.texte("resume", obligatoire=True), table.texte("page"))
    if rang is not None and rang not in cadre().contenus:
        table.signaler("rang", f"le plan a {len(cadre().contenus)} contenus, numérotés à partir de 1")
    table.clore()
    return (rang, ecrit) if rang is not None else None


def _dates(lecteur: Lecteur, cle: str, adopte_le: date | None) -> tuple[date, ...]:
    lues = lecteur.brut(cle) or []
    dates = tuple(une for une in lues if type(une) is date) if isinstance(lues, list) else ()
    if not isinstance(lues, list) or len(dates) != len(lues):
        lecteur.signaler(cle, "attendu : une liste de dates (2026-11-30)")
    if adopte_le is not None and any(une < adopte_le for une in dates):
        lecteur.signaler(cle, "une date est avant l'adoption du plan")
    return tuple(sorted(dates))


# Ce qu'on en tire.


def manquants(plan: Plan) -> list[int]:
    """Les contenus que le plan d'ici ne dit pas, ou que Perron n'a pas : l'un ne se distingue pas de l'autre."""
    return [rang for rang in cadre().contenus if rang not in plan.contenus]


def fin(plan: Plan) -> date:
    """Le jour où il cesse : six ans, ou la date de sa dernière prorogation."""
    return max([ajouter_mois(plan.adopte_le, cadre().duree), *plan.prorogations])


def fin_au_plus_tard(plan: Plan) -> date:
    """Prorogé autant que la loi le permet."""
    loi = cadre()
    return ajouter_mois(plan.adopte_le, loi.duree + loi.prorogation * (loi.prorogations + 1))


def dates(plan: Plan, jour: date) -> list[DateDuPlan]:
    """Ses dates, dans l'ordre : bilans, évaluation, fin. Un bilan fait dans l'année qui suit son terme est fait."""
    loi, terme = cadre(), fin(plan)
    dates = [
        *_periodiques(ANNUEL, plan, loi.bilan_annuel, plan.bilans_annuels, jour),
        *_periodiques(TRIENNAL, plan, loi.bilan_triennal, plan.bilans_triennaux, jour),
        _un("Évaluation avant la fin", ajouter_mois(terme, -loi.evaluation_avant), plan.evaluation_le, jour),
        _un("Fin du plan", terme, None, jour),
    ]
    return sorted(dates, key=lambda une: une.le)


def _periodiques(objet: str, plan: Plan, mois: int, faits: tuple[date, ...], jour: date) -> list[DateDuPlan]:
    rendus: list[DateDuPlan] = []
    rang = 1
    while (le := ajouter_mois(plan.adopte_le, mois * rang)) < fin(plan):
        suivant = ajouter_mois(plan.adopte_le, mois * (rang + 1))
        fait = next((un for un in faits if le <= un < suivant), None)
        rendus.append(_un(objet, le, fait, jour, jusqu_a=suivant))
        rang += 1
    return rendus


def _un(objet: str, le: date, fait: date | None, jour: date, jusqu_a: date | None = None) -> DateDuPlan:
    return DateDuPlan(objet, le, fait, fait is None and (jusqu_a or le) < jour)
