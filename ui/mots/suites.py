"""Ce qui a été transmis pour une voie, ce qui en est attendu, ce qui est venu : en mots. Sans Qt.

Essais : ``tests/ui/mots/test_suites.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any, Final

from modele.dossier.chemins import ABSENT, chemin_d_element
from modele.dossier.dates_tenues import attend_une_reponse
from modele.dossier.nomenclatures import nationales
from modele.dossier.voies_ephemeres import SUITES
from modele.mots.ecriture import dire_date

REFUSEE: Final = "refusee"
NOTER_LE_REFUS: Final = "Noter le refus"
MOTIF: Final = "Pourquoi c'est refusé"
SANS_MOTIF: Final = "Écrivez pourquoi c'est refusé : le recours ou l'orientation suivante en partent."
SANS_DESTINATAIRE: Final = "Dites à qui vous avez parlé, même sans réponse."
CORRIGER: Final = "Corriger ce qui est venu"
NE_S_ECRIT_PAS: Final = "Le suivi de cette voie ne s'écrit pas."


def issues() -> dict[str, str]:
    """Ce qui peut être venu, par code, dans l'ordre des boutons."""
    return {code: un.libelle for code, un in nationales()["issue_orientation"].codes.items()}


def conclure(suite: str, issue: str, jour: date, motif: str = "") -> dict[str, Any]:
    """Ce qui s'écrit, par chemin, quand cette issue est venue."""
    dits = {"issue": issue, "issue_le": jour.isoformat(), "issue_motif": motif.strip() or ABSENT}
    return {chemin_d_element(SUITES, suite, champ): dit for champ, dit in dits.items()}


def dire_suite(suite: Mapping[str, Any]) -> str:
    """« 18/11/2026 · transmis à SIAO · place pour deux · suivi par Ana Martin »."""
    aupres_de, par = suite.get("aupres_de"), suite.get("suivie_par")
    mots = (
        _jour(suite.get("faite_le")),
        f"transmis à {aupres_de}" if isinstance(aupres_de, str) else "",
        suite.get("reponse"),
        f"suivi par {par}" if isinstance(par, str) else "",
    )
    return " · ".join(mot for mot in mots if isinstance(mot, str) and mot)


def dire_issue(suite: Mapping[str, Any], jour: date) -> str:
    """« Refusée le 30/11/2026 : trop loin », ou ce qui est attendu et depuis quand."""
    issue = suite.get("issue")
    if isinstance(issue, str):
        le, motif = _jour(suite.get("issue_le")), suite.get("issue_motif")
        return "".join(
            (issues().get(issue, issue), f" le {le}" if le else "", f" : {motif}" if isinstance(motif, str) else "")
        )
    if not attend_une_reponse(suite):
        return ""
    attendue, expire = (_jour(suite.get(nom)) for nom in ("attendue_le", "expire_le"))
    dits = (dire_attente(_lire(suite.get("faite_le")), jour), f"réponse attendue le {attendue}" if attendue else "")
    return " · ".join(filter(None, (*dits, f"ne vaut plus après le {expire}" if expire else "")))


def dire_attente(depuis: date | None, jour: date) -> str:
    """« sans réponse depuis 12 jours »."""
    jours = (jour - depuis).days if depuis else 0
    if jours <= 0:
        return "en attente de réponse"
    return f"sans réponse depuis {jours} jour{'s' if jours > 1 else ''}"


def _lire(dite: Any) -> date | None:
    with suppress(TypeError, ValueError):
        return date.fromisoformat(dite)
    return None


def _jour(dite: Any) -> str:
    """La date, telle qu'elle se lit ; à peu près, sa première borne."""
    if isinstance(dite, Mapping) and isinstance(dite.get("entre"), list):
        dite = dite["entre"][0]
    lue = _lire(dite)
    return dire_date(lue) if lue else dite if isinstance(dite, str) else ""
