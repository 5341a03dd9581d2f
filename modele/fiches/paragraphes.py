"""Les paragraphes d'une fiche qui ne s'impriment que pour certains : leur condition, dans le langage de règles.

Écrite une fois dans ``fiche.toml``, elle vaut pour toutes les langues ; le texte la nomme (``certain``, ``possible``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from modele.dossier.ephemeres import est_ephemere
from modele.fiches.surete import Surete
from modele.protection.sensibles import dit_une_violence, par_toute_reponse
from modele.regles.conditions import Comparaison, Condition, comparaisons
from modele.regles.fautes import Faute, FichierFautif
from modele.regles.lecture import Lecteur
from modele.regles.lecture_conditions import Contexte, lire_condition

_CLE: Final = "paragraphe"


def lire_paragraphes(lecteur: Lecteur, contexte: Contexte, surete: Surete) -> Mapping[str, Condition]:
    """La condition de chaque ``[[paragraphe]]``, par identifiant ; les fautes sont notées."""
    vus: set[str] = set()
    lus: dict[str, Condition] = {}
    for table in lecteur.tables(_CLE):
        nom, condition = table.identifiant(vus), lire_condition(table, "si", contexte, obligatoire=True)
        if surete.reservee:
            table.signaler("", "une fiche réservée est la même pour tous : retirez ses paragraphes à condition")
        if condition is not None:
            lus[nom] = condition
        table.clore()
    return lus


def exiger_des_paragraphes_disables(fiche: str, paragraphes: Mapping[str, Condition]) -> None:
    """Vérifie qu'aucun paragraphe ne dépend de ce qu'un papier ne dit pas. Lève ``FichierFautif``.

    Un paragraphe de plus ou de moins dirait, à qui lit le papier, ce que la personne a répondu.
    """
    fautes = [
        Faute(f"{fiche}/fiche.toml", f"paragraphe « {nom} »", None, message)
        for nom, condition in paragraphes.items()
        for message in indicibles(condition)
    ]
    if fautes:
        raise FichierFautif(fautes)


def indicibles(condition: Condition) -> Iterator[str]:
    """Ce que cette condition lit et qu'un papier ne dit pas, en phrases."""
    for une in comparaisons(condition):
        nom = une.fait.nom
        if est_ephemere(nom):
            yield f"« {nom} » ne s'écrit pas : un papier n'en dépend pas"
        elif par_toute_reponse(nom) or any(dit_une_violence(nom, code) for code in _codes(une)):
            yield f"« {nom} » peut dire une violence : un papier n'en dépend pas"


def _codes(comparaison: Comparaison) -> frozenset[str]:
    operande = comparaison.operande
    if isinstance(operande, str):
        return frozenset({operande})
    return operande if isinstance(operande, frozenset) else frozenset()
