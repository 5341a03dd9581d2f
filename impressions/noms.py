"""Ce qui, sur un papier, dirait une violence."""

from __future__ import annotations

from modele.dossier.nomenclatures import nationales
from modele.mots.noms import champ_de


def dit_une_violence(chemin: str, code: str) -> bool:
    """Vrai si ce code dit une violence subie : il ne s'imprime pas, même si le dossier n'est pas (encore) discret."""
    champ = champ_de(chemin)
    liste = nationales().get(champ.champ.nomenclature) if champ else None
    trouve = liste.codes.get(code) if liste else None
    return trouve is not None and trouve.violence
