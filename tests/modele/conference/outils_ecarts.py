"""Des versions d'une année, et ce qu'un lecteur en soustrait : sans le code du masque, par les seules sommes."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "attributions"))

import polars as pl
from fichiers_bailleurs import attributions, logements

from modele.chiffres.tableau import Tableau
from modele.conference.indicateurs import Annee, indicateurs
from modele.conference.publication import Figee


def annee_de(garde: int, decale: int = 0) -> Annee:
    """Les exemples, dont ``garde`` attributions à partir de ``decale``."""
    tous = attributions()
    return indicateurs(pl.concat([tous.slice(decale), tous.head(decale)]).head(garde), logements(), 2026)


def petits_ecarts(avant: Figee, apres: Figee, exacts: Tableau, seuil: int) -> list[str]:
    """Chaque case, et chaque groupe de cases tues d'une somme, dont les deux versions redonnent un petit écart."""
    rendus = [
        nom for nom in set(avant.cases) & set(apres.cases) if 0 < abs(avant.cases[nom] - apres.cases[nom]) < seuil
    ]
    connus = avant.noms
    for somme in exacts.sommes:
        sus = {
            nom: apres.cases[nom] - avant.cases.get(nom, 0)
            for nom in somme.cases
            if nom in apres.cases and (nom in avant.cases or nom not in connus)
        }
        cachees = [nom for nom in somme.parts if nom not in sus]
        if somme.total in sus and cachees:
            ecart = sus[somme.total] - sum(sus[nom] for nom in somme.parts if nom in sus)
            if 0 < abs(ecart) < seuil:
                rendus.append(" + ".join(cachees))
    return rendus
