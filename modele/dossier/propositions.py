"""Ce qui est déjà su et se montre à confirmer au lieu de se redemander. Rien ne s'écrit tant que nul n'a confirmé."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from modele.dossier.chemins import ABSENT, lire
from modele.dossier.entretien import QuestionVue
from modele.dossier.inventaire import inventaire
from modele.dossier.nomenclatures import nationales
from modele.dossier.questions import SANS_VALEUR, Question
from modele.regles.etats import INCONNU, Situation, Statut


def sue(vue: QuestionVue, document: Mapping[str, Any], situation: Situation, territoire: Container[str] = ()) -> Any:
    """Ce qui est déjà su de cette question : ce qu'elle propose, à défaut ce que d'autres réponses en disent."""
    dit = proposee(vue.question, document, situation, territoire)
    return vue.deduite if dit is ABSENT else dit


def proposee(
    question: Question, document: Mapping[str, Any], situation: Situation, territoire: Container[str] = ()
) -> Any:
    """La valeur que ``question`` propose, telle qu'elle s'écrirait ; ``ABSENT`` si rien n'est su.

    Un champ du dossier se relit dans le document ; un autre fait, dans la situation. ``territoire`` : les codes INSEE
    de ses communes.
    """
    if question.dans_le_territoire:
        commune = lire(document, question.dans_le_territoire)
        return commune in territoire if isinstance(commune, str) else ABSENT
    if question.parmi_dits:
        return _seule(question, lire(document, f"{question.parmi_dits}.coches"))
    if not question.propose:
        return ABSENT
    if question.propose in inventaire().champs:
        ecrite = lire(document, question.propose)
        connue = ecrite not in SANS_VALEUR and isinstance(ecrite, str | int)
        return ecrite if connue and _offerte(question, ecrite) else ABSENT
    etat = situation.faits.get(question.propose, INCONNU)
    return etat.valeur if etat.statut is Statut.CONNU and isinstance(etat.valeur, str | int) else ABSENT


def _seule(question: Question, coches: Any) -> Any:
    """La seule réponse cochée, quand il n'y en a qu'une : demander laquelle serait la redemander."""
    if not isinstance(coches, list) or len(coches) != 1:
        return ABSENT
    codes = nationales()[inventaire().champs[question.champ].champ.nomenclature].codes
    code = codes.get(coches[0])
    return code.code if code is not None and not code.violence and _offerte(question, code.code) else ABSENT


def _offerte(question: Question, ecrite: Any) -> bool:
    """Faux si la question n'offre pas cette réponse : la liste de l'une peut être plus courte que celle de l'autre."""
    codes = {code for option in question.options for code in option.codes}
    return not codes or ecrite in codes
