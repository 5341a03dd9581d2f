"""Ce que rend l'examen d'un motif ou d'un public : rempli, à établir, ou rien ne l'indique. Jamais « non ».

« Inconnu » est une réponse qui manque ; « à établir » est aussi ce que le texte laisse ouvert, toutes réponses données.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from modele.regles.conditions import Condition
from modele.regles.etats import Situation
from modele.regles.faits import Fait, TypeFait
from modele.regles.kleene import evaluer
from modele.regles.lecture import Lecteur
from modele.regles.lecture_conditions import Contexte, lire_condition, lire_fait
from modele.regles.manques import manques


class Verdict(StrEnum):
    """``RIEN_NE_L_INDIQUE`` veut dire « pas d'après ces réponses » : la commission peut décider autrement."""

    REMPLI = "rempli"
    A_ETABLIR = "a_etablir"
    RIEN_NE_L_INDIQUE = "rien_ne_l_indique"


@dataclass(frozen=True, slots=True)
class Criteres:
    """Ce qui décide d'un motif ou d'un public.

    ``si`` : ce que le texte exige (absente : il laisse apprécier, ce n'est jamais rempli). ``prouve`` : la preuve que
    le texte exige en plus. ``a_etablir_si`` : ce qu'il laisse ouvert même si ``si`` est fausse (absente avec ``si`` :
    toujours ouvert). ``manque`` : la preuve ou le fait qui manque alors, en mots. ``changerait`` : ce qui changerait
    un « rien ne l'indique » ; ``changerait_le`` : la date où il change de lui-même.
    """

    si: Condition | None
    prouve: Condition | None
    a_etablir_si: Condition | None
    manque: str
    changerait: str
    changerait_le: Fait | None


@dataclass(frozen=True, slots=True)
class Examen:
    """Le verdict, les faits qui le trancheraient, et selon lui ce qui manque ou ce qui changerait."""

    verdict: Verdict
    a_demander: tuple[str, ...] = ()
    manque: str = ""
    changerait: str = ""
    changerait_le: date | None = None


def lire_criteres(table: Lecteur, contexte: Contexte) -> Criteres:
    """Les critères d'une table ; leurs fautes sont notées, et le fichier ne servira pas."""
    lus = Criteres(
        si=lire_condition(table, "si", contexte),
        prouve=lire_condition(table, "prouve", contexte),
        a_etablir_si=lire_condition(table, "a_etablir_si", contexte),
        manque=table.texte("manque"),
        changerait=table.texte("changerait"),
        changerait_le=lire_fait(table, "changerait_le", contexte) if "changerait_le" in table else None,
    )
    _verifier(table, lus)
    return lus


def _verifier(table: Lecteur, lus: Criteres) -> None:
    """Chaque verdict possible a sa phrase, et aucune phrase ne reste sans verdict."""
    ouvert = "si" not in table or "prouve" in table or "a_etablir_si" in table
    if "prouve" in table and "si" not in table:
        table.signaler("prouve", "sans « si », il n'y a rien à prouver")
    if ouvert and not lus.manque:
        table.signaler("manque", "dites en mots la preuve ou le fait qui manque : sans elle, rien n'est à établir")
    if lus.manque and not ouvert:
        table.signaler("manque", "sans « prouve » ni « a_etablir_si », cette phrase ne se dira jamais")
    tranche = "si" in table or "a_etablir_si" in table
    if tranche and not lus.changerait:
        table.signaler("changerait", "dites ce qui changerait un « rien ne l'indique »")
    if not tranche and (lus.changerait or lus.changerait_le):
        table.signaler("changerait", "sans « si » ni « a_etablir_si », c'est toujours à établir")
    if lus.changerait_le is not None and lus.changerait_le.type is not TypeFait.DATE:
        table.signaler("changerait_le", f"« {lus.changerait_le.nom} » n'est pas une date")


def examiner(criteres: Criteres, situation: Situation) -> Examen:
    """Rempli si tout l'est, preuve comprise ; « rien ne l'indique » seulement si rien ne peut plus le remplir."""
    si = None if criteres.si is None else evaluer(criteres.si, situation)
    prouve = True if criteres.prouve is None else evaluer(criteres.prouve, situation)
    if si is True and prouve is True:
        return Examen(Verdict.REMPLI)
    exclu = criteres.si is not None and si is False
    ouvert = _ouvert(criteres, situation)
    if (exclu or criteres.si is None) and ouvert is False:
        return Examen(Verdict.RIEN_NE_L_INDIQUE, (), "", criteres.changerait, _le(criteres, situation))
    conditions = (criteres.a_etablir_si,) if exclu else (criteres.si, criteres.prouve, criteres.a_etablir_si)
    demandes = [nom for condition in conditions if condition for nom in manques(condition, situation)]
    dit = criteres.manque if si is True or ouvert is True else ""
    return Examen(Verdict.A_ETABLIR, tuple(dict.fromkeys(demandes)), dit, changerait_le=_le(criteres, situation))


def _ouvert(criteres: Criteres, situation: Situation) -> bool | None:
    """Le texte laisse-t-il ouvert ? Sans aucune condition, toujours."""
    if criteres.a_etablir_si is None:
        return criteres.si is None
    return evaluer(criteres.a_etablir_si, situation)


def _le(criteres: Criteres, situation: Situation) -> date | None:
    if criteres.changerait_le is None:
        return None
    le = situation.etat(criteres.changerait_le.nom).valeur
    return le if isinstance(le, date) else None
