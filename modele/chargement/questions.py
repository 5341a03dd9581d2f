"""Les questions dont dépend une voie immédiate : une couche du dessus ne peut ni les retirer, ni les cacher."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from modele.dossier.questionnaire import Questionnaire
from modele.dossier.questions import Question, Section
from modele.regles.disque import Lisible
from modele.regles.fautes import Faute, FichierFautif


def exiger_les_questions(
    declencheurs: Collection[str], dessous: Questionnaire, dessus: Questionnaire, fichier: Lisible
) -> None:
    """Vérifie que ``dessus`` pose encore ce qui déclenche une voie immédiate. Lève ``FichierFautif``.

    ``declencheurs`` : les champs du dossier dont ces voies dépendent.
    """
    posees = {(section.liste, question.champ): (section, question) for section, question in _toutes(dessus)}
    fautes = []
    for section, question in _toutes(dessous):
        if {question.champ, *question.faits} & set(declencheurs):
            message = _manque(section, question, posees.get((section.liste, question.champ)))
            if message:
                fautes.append(Faute(fichier.name, question.champ, None, message))
    if fautes:
        raise FichierFautif(fautes)


def _toutes(questionnaire: Questionnaire) -> Iterator[tuple[Section, Question]]:
    for section in questionnaire.sections:
        for question in section.questions:
            yield section, question


def _manque(section: Section, avant: Question, la: tuple[Section, Question] | None) -> str:
    if la is None:
        return "cette question déclenche une voie immédiate ; elle ne se retire pas"
    autre, apres = la
    if apres.si not in (None, avant.si) or autre.si not in (None, section.si):
        return "cette question déclenche une voie immédiate ; elle ne se cache pas"
    perdues = _reponses(avant) - _reponses(apres)
    if not perdues:
        return ""
    codes, _ = min(perdues)
    return f"« {', '.join(codes)} » déclenche peut-être une voie immédiate ; cette réponse ne se retire pas"


def _reponses(question: Question) -> Counter[tuple[tuple[str, ...], bool]]:
    """Les codes que dit chaque réponse, si elle dit lequel, et combien de réponses le disent."""
    return Counter((option.codes, option.exacte) for option in question.options)
