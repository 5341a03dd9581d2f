"""Ce qui se propose comme peut-être la même personne : plus étroit que ce que la recherche montre.

Jamais une affirmation. Au poste comme au registre.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from modele.ressemblance.naissances import Accord
from modele.ressemblance.noms import SEUIL_DU_NOM, AccordDesNoms

# Mesuré (« tests.mesures retrouver ») : presque personne de manqué, moins d'une proposition fausse sur dix.
_SEUIL: Final = 0.8


@dataclass(frozen=True, slots=True)
class Accords:
    """Ce que deux fiches disent l'une de l'autre. ``nom``, ``naissance`` : ``None`` si l'une des deux ne le sait pas.

    ``telephone``, ``numero`` : le même, entier. ``demandeur`` : la fiche connue est celle de qui demande.
    """

    score: float
    nom: AccordDesNoms | None
    naissance: Accord | None
    telephone: bool
    numero: bool
    demandeur: bool


def peut_etre_la_meme(lus: Accords) -> bool:
    """Son numéro ; sa naissance au jour et son téléphone, le nom eût-il changé ; ou son nom avec l'un ou l'autre.

    Sa naissance inconnue d'un côté, le même nom du demandeur et le même premier prénom.
    """
    nee = lus.naissance is not None and bool(lus.naissance.raison)
    if lus.numero or (lus.telephone and lus.naissance is not None and lus.naissance.preuve == 1.0):
        return True
    if lus.nom is None or lus.score < _SEUIL or not (lus.nom.meme or lus.nom.accord >= SEUIL_DU_NOM):
        return False
    seul = lus.naissance is None and lus.nom.meme and lus.nom.appele and lus.demandeur
    return nee or lus.telephone or seul
