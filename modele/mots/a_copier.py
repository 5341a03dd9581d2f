"""Une réponse telle qu'elle s'écrit sur un formulaire officiel, ou s'y colle : l'écran et le papier disent la même."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from modele.dossier.inventaire import ChampDossier, Genre
from modele.mots.noms import Vocabulaire
from modele.mots.reponses import dire_jour_ecrit, dire_telephone


def ecrire(connu: ChampDossier, valeur: Any, vocabulaire: Vocabulaire) -> str:
    """La valeur telle qu'elle se colle : date jj/mm/aaaa, nombre sans espace ni unité, libellé officiel d'un code."""
    if isinstance(valeur, bool):
        return "Oui" if valeur else "Non"
    if isinstance(valeur, list):
        return " ; ".join(ecrire(connu, un, vocabulaire) for un in valeur)
    if isinstance(valeur, int | Decimal):
        return f"{valeur:f}".replace(".", ",") if isinstance(valeur, Decimal) else str(valeur)
    texte = str(valeur)
    if connu.genre is Genre.DATE:
        return dire_jour_ecrit(texte)
    if connu.genre is Genre.DECIMAL:
        return texte.replace(".", ",")
    if connu.champ.forme == "telephone":
        return dire_telephone(texte).replace(" ", "")
    return vocabulaire.code(connu.champ, texte) or " ".join(texte.split())
