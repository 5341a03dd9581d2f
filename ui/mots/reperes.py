"""Ce que le système officiel a observé là où la personne cherche, pour l'écran comme pour le papier. Sans Qt.

Essais : ``tests/ui/mots/test_reperes.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from modele.bilan import Bilan
from modele.cotation.coter import populations
from modele.dossier.chemins import lire
from modele.dossier.entretien import QuestionVue
from modele.mots.reperes import Observes, observer
from modele.regles.etats import Parties
from modele.territoire.reperes import NOM, Reperes, lire_reperes

if TYPE_CHECKING:
    from modele.coffre import Coffre

_COMMUNES = "recherche.communes"
_TAILLE = "recherche.type"
_OUVERTE = "D'autres tailles peuvent encore être souhaitées : la liste reste à compléter."
_AUTRE_GRILLE = "La note calculée ici vient d'une grille {} : elle ne se compare pas à ces notes."
_STATUTS = {"partielle": "partielle", "exemple": "d'exemple"}


def tenus(coffre: Coffre, version: int = 0) -> tuple[int, Reperes | None] | None:
    """Les derniers repères que ce poste a reçus, et leur version (0 : aucun) ; ``None`` s'ils sont à ``version``.

    Lève ``ErreurUtilisateur`` s'ils ne se lisent pas.
    """
    derniere = coffre.echanges.versions_des_referentiels().get(NOM, 0)
    if derniere == version:
        return None
    publie = coffre.echanges.referentiel(NOM)
    return derniere, lire_reperes(publie.contenu) if publie else None


def observes(bilan: Bilan, reperes: Reperes | None) -> Observes | None:
    """Ce qui est observé pour ce dossier, aucune ligne si l'on ne sait pas où il cherche ; ``None`` sans repères."""
    if reperes is None:
        return None
    return observer(reperes, _communes(bilan), _typologies(bilan), populations(bilan.situation), _reserves(bilan))


def manques(bilan: Bilan) -> tuple[QuestionVue, ...]:
    """Les questions sans lesquelles rien ne peut être dit."""
    voulues = {_COMMUNES: not _communes(bilan), _TAILLE: not _typologies(bilan)}
    return tuple(question for question in bilan.entretien.questions() if voulues.get(question.chemin))


def _communes(bilan: Bilan) -> dict[str, str]:
    """Les communes souhaitées, de la préférée à la dernière, et leurs noms."""
    codes = lire(bilan.document, _COMMUNES)
    if not isinstance(codes, list):
        return {}
    return {code: bilan.regles.vocabulaire.commune(code) or code for code in codes if isinstance(code, str)}


def _typologies(bilan: Bilan) -> tuple[str, ...]:
    """Les tailles cochées, que la liste soit finie ou non ; aucune tant qu'aucune n'est sûre."""
    etat, fait = bilan.situation.etat(_TAILLE), bilan.regles.catalogue[_TAILLE]
    cochees = etat.valeur if etat.connu else etat.domaine.certains if isinstance(etat.domaine, Parties) else ()
    return tuple(code for code in fait.codes if isinstance(cochees, frozenset) and code in cochees)


def _reserves(bilan: Bilan) -> Iterator[str]:
    if not bilan.situation.etat(_TAILLE).connu:
        yield _OUVERTE
    if bilan.cotation is not None and bilan.cotation.statut in _STATUTS:
        yield _AUTRE_GRILLE.format(_STATUTS[bilan.cotation.statut])
