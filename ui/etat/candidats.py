"""Les candidats d'un logement : tirer les lignes qui manquent, quelques-unes à la fois, puis classer celles du coffre.

Le dossier ne quitte pas ce poste : son document donne une ligne (``modele.commission``), le classement ne lit qu'elle.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from modele.coffre.candidats import Choisie, Logement, Sorte
from ui.etat.effet_residence import Touchee, toucher

if TYPE_CHECKING:
    from modele.attributions.classement.classer import Classement
    from modele.bilan import Regles
    from modele.coffre import Coffre
    from modele.droits import Auteur


@dataclass(frozen=True, slots=True)
class Candidatures:
    """Le classement d'un logement. ``a_relire`` : combien de demandes n'y sont pas encore.

    ``touchee`` : la résidence suivie où il est, ce qu'un ménage de plus y changerait ; ne range personne.
    """

    logement: Mapping[str, Any]
    classement: Classement
    a_relire: int
    choisies: tuple[Choisie, ...]
    touchee: Touchee = field(default_factory=Touchee)

    def hors_de_l_ordre(self, rang: int) -> bool:
        """Vrai si une demande rangée devant ``rang`` n'est pas désignée : désigner celle-ci la passe."""
        deja = {une.dossier for une in self.choisies if une.sorte is Sorte.DESIGNEE}
        restent = self.classement.candidats.filter(~self.classement.candidats["dossier"].is_in(deja))
        return bool((restent["rang"] < rang).any())


def tirer_des_lignes(
    coffre: Coffre, regles: Regles, auteur: Auteur, jour: date, au_plus: int, parmi: Collection[str] | None = None
) -> int:
    """Tire et garde la ligne de quelques demandes (``parmi`` celles-ci) ; rend combien. Rien pour qui ne classe pas."""
    from modele.commission.empreinte import empreinte
    from modele.commission.ligne import ligne

    cle = empreinte(regles)
    lues = coffre.candidats.a_relire(cle, jour, au_plus, auteur, parmi)
    if lues:
        coffre.candidats.noter(cle, jour, [(une, ligne(regles, une.document, jour)) for une in lues])
    return len(lues)


def classer_du_coffre(coffre: Coffre, regles: Regles, auteur: Auteur, logement: Mapping[str, Any]) -> Candidatures:
    """Les demandes de ce poste, rangées pour ce logement. Lève ``ErreurUtilisateur``."""
    from modele.attributions.classement.classer import classer
    from modele.attributions.classement.serree import desserrer
    from modele.commission.empreinte import empreinte

    lues = coffre.candidats.lire(empreinte(regles), designe(logement), auteur)
    table = desserrer(lues.lignes, str(logement.get("code_insee") or ""))
    classement = classer(table, logement, lues.rouvertes)
    touchee = toucher(coffre, auteur, regles.territoire.residences, logement, date.today())
    return Candidatures(logement, classement, lues.a_relire, lues.choisies, touchee)


def designe(logement: Mapping[str, Any]) -> Logement:
    """Le logement, tel qu'un choix le nomme."""
    return Logement(str(logement.get("ref_bailleur") or ""), str(logement.get("siren_bailleur") or ""))
