"""Ce qu'une commande tait, comme l'écran : elle peut se lire par-dessus une épaule, ou rester dans un journal."""

from __future__ import annotations

from collections.abc import Iterable

from modele.bilan import Bilan
from modele.dossier.contradictions import Contradiction
from modele.dossier.questions import SEUL_A_SEUL
from modele.orientation.resultat import Voie
from modele.protection.faits import fait_protege


def seul_a_seul(bilan: Bilan) -> bool:
    """Vrai si des questions se posent seul à seul : tant que l'agent n'a pas dit l'être, quoi qu'on ait répondu.

    La réponse est donc la même dans tous les dossiers où il ne l'a pas dit.
    """
    return bilan.situation.etat(SEUL_A_SEUL).valeur is not True


def faits_a_dire(bilan: Bilan, faits: Iterable[str]) -> tuple[str, ...]:
    """Ceux de ces faits que leur seul nom ne trahit pas."""
    return tuple(fait for fait in faits if not fait_protege(bilan.regles.catalogue, fait))


def contradictions_a_dire(bilan: Bilan) -> tuple[Contradiction, ...]:
    """Celles dont la phrase ne dit aucune violence, seul à seul ou non : une commande reste dans un journal."""
    return tuple(une for une in bilan.contradictions if une.regle.id not in bilan.regles.contradictions_protegees)


def voies_a_dire(bilan: Bilan) -> tuple[Voie, ...]:
    """Les voies qu'un écran montre : une voie discrète seulement possible ne se montre jamais."""
    return tuple(voie for voie in bilan.voies if voie.certaine or not voie.discret)
