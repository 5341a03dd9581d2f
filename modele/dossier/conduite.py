"""Mener l'entretien : le questionnaire déroulé et les faits dérivés, jusqu'à ce qu'ils s'accordent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from modele.dossier.entretien import Entretien, Passage
from modele.dossier.questionnaire import Questionnaire
from modele.dossier.situation import EtatsBruts
from modele.regles.etats import INCONNU, Situation
from modele.regles.kleene import trancher

# Une question dépend de faits dérivés qui dépendent de la visibilité d'autres questions : deux passages suffisent
# en pratique ; au-delà, on garde le dernier plutôt que de tourner.
PASSES: Final = 3


@dataclass(frozen=True, slots=True)
class Derivation:
    """Une situation, faits dérivés et paramètres compris, à une date et sur un territoire ; à deux profondeurs.

    ``esquisse`` : au moins les faits dérivés que lit le questionnaire. ``achever`` : tous, sans refaire les premiers.
    ``reprendre`` : la dérivation d'autres états, qui ne refait que ce qu'ils changent ; ``None`` : elle refait tout.
    """

    esquisse: Situation
    achever: Callable[[], Situation]
    reprendre: Callable[[EtatsBruts], Derivation] | None = None

    @classmethod
    def faite(cls, situation: Situation) -> Derivation:
        """Une situation déjà entière."""
        return cls(situation, lambda: situation)


Deriver = Callable[[EtatsBruts], Derivation]


@dataclass(frozen=True, slots=True)
class Conduite:
    """L'entretien et la situation, accordés l'un à l'autre ; et les étapes qui y ont mené, qu'une autre peut reprendre.

    ``derivations`` : une de plus que de ``passages``, la première avant eux.
    """

    situation: Situation
    passages: tuple[Passage, ...]
    derivations: tuple[Derivation, ...]

    @property
    def entretien(self) -> Entretien:
        """Le questionnaire déroulé, une fois les deux accordés."""
        return self.passages[-1].entretien


def mener(
    questionnaire: Questionnaire,
    document: Mapping[str, Any],
    bruts: EtatsBruts,
    deriver: Deriver,
    modele: Conduite | None = None,
) -> Conduite:
    """Mène l'entretien jusqu'à ce qu'il s'accorde à la situation.

    Jusque-là, il n'est besoin que des faits dérivés que lit le questionnaire. ``modele`` : une conduite du même
    questionnaire, au même jour et au même lieu ; elle abrège celle-ci sans y rien changer.
    """
    passages: list[Passage] = []
    derivations = [_deriver(deriver, bruts, modele, 0)]
    for rang in range(1 + PASSES):
        lue = derivations[-1].esquisse
        deja = modele.passages[rang : rang + 1] if modele else ()
        passages.append(Passage(questionnaire, document, bruts, lue, next(iter([*deja, *passages[-1:]]), None)))
        derivations.append(_deriver(deriver, passages[-1].juges, modele, rang + 1))
        if _memes_derives(questionnaire, lue, derivations[-1].esquisse):
            break
    return Conduite(derivations[-1].achever(), tuple(passages), tuple(derivations))


def _deriver(deriver: Deriver, bruts: EtatsBruts, modele: Conduite | None, rang: int) -> Derivation:
    """La dérivation de ces états, reprise de celle qui tient ce rang dans le modèle, s'il y en a une."""
    deja = modele.derivations[rang : rang + 1] if modele else ()
    reprendre = deja[0].reprendre if deja else None
    return (reprendre or deriver)(bruts)


def _memes_derives(questionnaire: Questionnaire, une: Situation, autre: Situation) -> bool:
    """Vrai si les faits dérivés tranchent pareil partout où on les compare : un second passage ne changerait rien."""
    paires = [(une.faits, autre.faits), *zip(une.personnes, autre.personnes, strict=True)]
    return une.parametres == autre.parametres and all(
        avant == apres or _tranche_pareil(trancher(comparaison, avant, une), trancher(comparaison, apres, autre), vrai)
        for comparaison, vrai in questionnaire.comparaisons_derivees.items()
        for table, suivante in paires
        for nom in [comparaison.fait.nom]
        for avant, apres in [(table.get(nom, INCONNU), suivante.get(nom, INCONNU))]
    )


def _tranche_pareil(avant: bool | None, apres: bool | None, vrai_seul: bool) -> bool:
    return avant is apres or (vrai_seul and not avant and not apres)
