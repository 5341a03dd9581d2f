"""Écrire la suite d'une orientation dans le dossier ouvert : la même porte pour tous les écrans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from modele.dossier.documents import identifiant
from modele.dossier.listes import ajouter
from modele.dossier.voies_ephemeres import SUITES
from ui.mots.suites import NE_S_ECRIT_PAS

if TYPE_CHECKING:
    from modele.bilan import Bilan
    from ui.etat.session import Session

NIR: Final = "Un numéro de sécurité sociale ne s'écrit nulle part : retirez-le."


def noter_une_suite(
    session: Session, bilan: Bilan | None, voie: str, dits: Mapping[str, Any], jour: date, alerter: Callable[[str], Any]
) -> bool:
    """Écrit qu'une voie a été transmise ; faux, et ``alerter`` dit pourquoi, si cela ne s'écrit pas ici.

    ``dits`` : à qui, la réponse, les dates telles qu'elles s'écrivent ; sans date d'envoi, celle du jour.
    """
    if bilan is None or voie not in bilan.voies_suivies:
        alerter(NE_S_ECRIT_PAS)
        return False
    tout = {"orientation": voie, "faite_le": jour.isoformat(), **dits, "suivie_par": session.agent}
    neuve = ajouter(session.document, SUITES, identifiant(), {nom: dit for nom, dit in tout.items() if dit})
    return ecrire(session, neuve, f"{dits.get('aupres_de', '')} {dits.get('reponse', '')}", jour, alerter)


def ecrire(session: Session, valeurs: Mapping[str, Any], libre: str, jour: date, alerter: Callable[[str], Any]) -> bool:
    """Écrit ces champs d'une suite ; faux si l'un ne s'écrit pas ici. ``libre`` : ce qui a été tapé à la main."""
    from modele.dossier.chemins import poser
    from modele.dossier.formes import contient_nir
    from modele.protection.mur import interdire

    if contient_nir(libre):
        alerter(NIR)
        return False
    document = session.document
    for chemin, valeur in valeurs.items():
        if (interdit := interdire(document, chemin, valeur, jour)) is not None:
            alerter(interdit.message)
            return False
        document = poser(document, chemin, valeur)
    session.modifier(valeurs)
    return True
