"""Ce qu'une saisie refusée posait, sans rien de ce qui ne se montre que seul à seul. Sans Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from modele.bilan import Regles
from modele.mots.noms import champ_de
from modele.mots.reponses import Diseur


def sujets(regles: Regles, champs: Iterable[str]) -> list[str]:
    """De quoi parlent ces champs, une fois chacun."""
    montrables = [champ for champ in champs if not regles.vocabulaire.reservee(champ)]
    return Diseur(regles.vocabulaire, {}, sans_nom=True).sujets(montrables)


def dire_la_saisie(regles: Regles, champs: Mapping[str, Any]) -> str:
    """« Téléphone : 06 12 34 56 78 ; … »."""
    diseur = Diseur(regles.vocabulaire, {}, sans_nom=True)
    return " ; ".join(
        f"{diseur.libelle(champ)} : {diseur.dire(champ, valeur)}"
        for champ, valeur in champs.items()
        if champ_de(champ) is not None and not regles.vocabulaire.reservee(champ, [valeur])
    )
