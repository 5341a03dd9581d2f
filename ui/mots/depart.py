"""Ce que la recherche propose à une demande qui commence : un nom, un prénom, une naissance. Sans Qt.

Rien ne s'écrit : des frappes à confirmer, remises dans leur champ. Essais : ``tests/ui/mots/test_depart.py``.
"""

from __future__ import annotations

import re
from typing import Final

from modele.ressemblance.demande import lire_demande
from modele.ressemblance.naissances import dire

CHERCHEZ: Final = (
    "Cherchez d'abord : la personne a peut-être déjà un dossier. "
    "Elle ne dit pas son nom ? Nouvelle demande sans nom : Ctrl N, encore une fois."
)
PROPOSE: Final = "Ce que vous aviez cherché est proposé dans le nom : à confirmer ou à effacer. Rien n'est écrit."
REPIT: Final = "On peut s'arrêter à tout moment : le brouillon reste ici, et la note sait ce qu'elle ignore."
DISCRETION: Final = "Aucun nom dans les titres, aucun courrier, rien ne s'imprime sans le demander."
PAPIER: Final = "Formulaire papier : ses cases, dans l'ordre de ses pages. Relisez avec la personne."
_PARTICULES: Final = frozenset({"de", "du", "des", "la", "le", "da", "dos", "van", "von", "el", "al", "ben", "ait"})
_MOT: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['’\-])*")


def frappes_proposees(saisie: str) -> dict[str, str]:
    """Les champs et ce qui y serait tapé ; le nom en dernier : c'est là que l'entretien s'ouvre.

    Le nom vient d'abord, comme la recherche le demande ; ce qui porte un chiffre n'en est pas un.
    """
    sans_chiffre = (morceau for morceau in saisie.split() if not any(signe.isdigit() for signe in morceau))
    mots = [mot for morceau in sans_chiffre for mot in _MOT.findall(morceau)]
    if not mots:
        return {}
    coupe = next((rang + 1 for rang, mot in enumerate(mots) if mot.casefold() not in _PARTICULES), len(mots))
    frappes = {}
    if naissance := lire_demande(saisie).naissance:
        frappes["demandeur.date_naissance"] = dire(naissance)
    if prenoms := " ".join(mots[coupe:]):
        frappes["demandeur.prenoms"] = prenoms
    frappes["demandeur.nom"] = " ".join(mots[:coupe])
    return frappes
