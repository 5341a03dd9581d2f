"""Ce qu'un territoire apprend aux faits d'un dossier : outre-mer, grande agglomération, plafonds de sa zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from modele.regles.etats import INCONNU, Etat, connu
from modele.territoire.bareme import Bareme, montants_de_zone
from modele.territoire.modele import Territoire


def etats_du_territoire(territoire: Territoire, bareme: Bareme, jour: date) -> Mapping[str, Etat]:
    """Les états « territoire.… » que lit ``modele.dossier.faits.deriver``, à une date.

    Sans zone unique, outre-mer ou hors des tables : les plafonds restent inconnus, jamais faux.
    """
    grande = territoire.agglomeration_plus_300000
    etats = {
        "territoire.outre_mer": connu(territoire.outre_mer),
        "territoire.agglomeration_plus_300000": INCONNU if grande is None else connu(grande),
    }
    for (financement, ligne), euros in montants_de_zone(bareme, jour, territoire.zone_plafonds).items():
        etats[f"territoire.plafond_{financement}_{ligne}"] = connu(euros)
    return etats
