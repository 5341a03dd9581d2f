"""Ce que la venue de chaque candidat ferait à la résidence de ce logement ; et l'état de toutes les résidences suivies.

Ne lit les attributions que si le logement est reconnu dans un lieu suivi ; chaque fichier lu s'inscrit au journal. Rien
ne s'en garde, rien ne s'en imprime.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from modele.residences.rapprochement import Rapprochement, rapprocher

if TYPE_CHECKING:
    from modele.attributions.classement.classer import Classement
    from modele.coffre import Coffre
    from modele.droits import Auteur
    from modele.residences.calcul import Annee, Etat
    from modele.residences.effet import Effet
    from modele.residences.listes import Lieu, Residences

QUARTILE: Final = "premier_quartile"


@dataclass(frozen=True, slots=True)
class Touchee:
    """Où est le logement. ``lieu`` : celui dont l'effet se dit ; ``annee`` : ses attributions de l'année."""

    ou: Rapprochement = field(default_factory=Rapprochement)
    lieu: Lieu | None = None
    annee: Annee | None = None

    def effets(self, classement: Classement, dossiers: Sequence[str]) -> dict[str, Effet]:
        """L'effet de chacun de ces dossiers, le même calcul pour tous ; vide si rien n'est reconnu."""
        from modele.residences.effet import effet

        if self.annee is None:
            return {}
        quartiles = classement.faits(QUARTILE, dossiers)
        return {un: effet(self.annee, quartiles.get(un)) for un in dossiers}


def toucher(coffre: Coffre, auteur: Auteur, residences: Residences, logement: Mapping[str, Any], le: date) -> Touchee:
    """La résidence ou le quartier suivi de ce logement, et ce qui s'y est attribué cette année. Lève."""
    ou = rapprocher(logement, residences.lieux)
    # La résidence d'abord, de la loi d'abord : un quartier n'en dit que le contexte.
    lieu = min(ou.reconnus, key=lambda un: (un.quartier, not un.legale), default=None)
    if lieu is None:
        return Touchee(ou)
    return Touchee(ou, lieu, etat_des_residences(coffre, auteur, (lieu,), le).suivi(lieu.id).de(le.year))


def etat_des_residences(coffre: Coffre, auteur: Auteur, lieux: Sequence[Lieu], le: date) -> Etat:
    """L'état de ces lieux d'après tous les fichiers des bailleurs. Lève ``ErreurUtilisateur``."""
    from modele.residences.calcul import etablir
    from ui.etat.contingent import tables_du_coffre

    return etablir(*tables_du_coffre(coffre, auteur), lieux, le)
