"""Ce que le système officiel a observé là où la personne cherche, pour l'écran comme pour le papier. Sans Qt.

Essais : ``tests/ui/test_reperes.py``.
"""

from __future__ import annotations

from modele.bilan import Bilan
from modele.coffre import Coffre
from modele.cotation.coter import populations
from modele.dossier.chemins import lire
from modele.dossier.entretien import QuestionVue
from modele.regles.etats import Enumere
from modele.territoire.reperes import NOM, Observes, Reperes, lire_reperes, observer
from ui.papier import nommer_code

_COMMUNES = "recherche.communes"
_TAILLE = "recherche.type"


def tenus(coffre: Coffre) -> Reperes | None:
    """Les derniers repères que ce poste a reçus ; ``None`` s'il n'y en a pas. Lève ``ErreurUtilisateur``."""
    publie = coffre.echanges.referentiel(NOM)
    return lire_reperes(publie.contenu) if publie else None


def observes(bilan: Bilan, reperes: Reperes | None) -> Observes | None:
    """Ce qui est observé pour ce dossier ; ``None`` sans repères."""
    if reperes is None:
        return None
    return observer(reperes, _communes(bilan), _typologies(bilan), populations(bilan.situation))


def manques(bilan: Bilan) -> tuple[QuestionVue, ...]:
    """Les questions sans réponse sans lesquelles rien ne peut être dit."""
    voulues = {_COMMUNES: not _communes(bilan), _TAILLE: not _typologies(bilan)}
    return tuple(question for question in bilan.entretien.questions() if voulues.get(question.chemin))


def _communes(bilan: Bilan) -> dict[str, str]:
    """Les communes souhaitées, de la préférée à la dernière, et leurs noms."""
    nommer, codes = nommer_code(bilan.regles), lire(bilan.document, _COMMUNES)
    return {code: nommer(_COMMUNES, code) or code for code in codes} if isinstance(codes, list) else {}


def _typologies(bilan: Bilan) -> tuple[str, ...]:
    """Les tailles souhaitées ; aucune tant qu'elles ne sont pas dites : n'importe laquelle est alors possible."""
    etat = bilan.situation.etat("typologie_souhaitee")
    if etat.connu:
        return (str(etat.valeur),)
    return tuple(str(code) for code in etat.domaine.valeurs) if isinstance(etat.domaine, Enumere) else ()
