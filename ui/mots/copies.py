"""Dire où en sont les copies de secours du coffre, et quoi faire si la dernière est vieille. Sans Qt.

Essais : ``tests/ui/mots/test_mots_copies.py``.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from modele.coffre.copies import EtatDesCopies
from ui.mots.moments import ecrire_moment
from ui.theme import Ton

VIEILLE: Final = timedelta(days=3)
"""Au-delà, quelque chose empêche les copies : un poste en service en fait une par jour."""
CE_QUE_C_EST: Final = (
    "Perron copie le coffre une fois par jour, chiffré, et vérifie la copie. Si le coffre s'abîme, il repart de là."
)
ICI_SEULEMENT: Final = (
    "Ces copies sont sur ce poste : perdu ou volé, elles partent avec lui. Choisissez une clé ou un dossier partagé."
)
OUVERTES: Final = (
    "Au second endroit, une copie s'ouvre d'un mot de passe connu, même emportée : gardez-la sous clé. Relié au "
    "registre, Perron scelle les copies : emportées, elles ne s'ouvrent plus."
)
EN_COURS: Final = "La copie se fait : vous pouvez continuer."


def derniere(etat: EtatDesCopies, maintenant: datetime) -> tuple[str, Ton | str]:
    """« hier à 16:51 » et sa couleur."""
    return _dater(etat.derniere, maintenant, "pas encore faite")


def au_second(etat: EtatDesCopies, maintenant: datetime) -> tuple[str, Ton | str]:
    """De même, au second endroit."""
    return _dater(etat.derniere_au_second, maintenant, "pas encore, ou pas branché")


def que_faire(etat: EtatDesCopies, maintenant: datetime) -> str:
    """Ce que l'agent peut faire ; vide si tout va bien."""
    if etat.panne:
        return etat.panne
    if etat.derniere is not None and maintenant - etat.derniere > VIEILLE:
        return (
            "La dernière copie est vieille. Pressez « Copier maintenant » ; si elle échoue, libérez de la place sur ce "
            "poste et prévenez la personne qui s'en occupe."
        )
    if etat.second and etat.derniere_au_second is not None and maintenant - etat.derniere_au_second > VIEILLE:
        return "Au second endroit, la dernière copie est vieille : branchez la clé, puis « Copier maintenant »."
    if not etat.second:
        return ICI_SEULEMENT
    return OUVERTES if etat.ouvertes else ""


def _dater(instant: datetime | None, maintenant: datetime, jamais: str) -> tuple[str, Ton | str]:
    if instant is None:
        return jamais, Ton.JOUR
    dit = ecrire_moment(instant.astimezone(maintenant.tzinfo), maintenant).removeprefix("à ")
    return dit, Ton.JOUR if maintenant - instant > VIEILLE else ""
