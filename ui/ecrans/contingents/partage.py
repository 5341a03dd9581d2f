"""La page d'un bailleur, en une barre : à qui va son flux d'une année, là où il est le plus réservé."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from string import ascii_uppercase
from typing import TYPE_CHECKING

from modele.contingents.controles import au_pire_endroit, meme_bailleur
from ui.composants import Carte, LigneValeur, etiquette_aide
from ui.composants.barre_parts import BarreParts, Part
from ui.mots import contingents as mots

if TYPE_CHECKING:
    from modele.contingents.conventions import ConventionTenue

_CENT = Decimal(100)
_OU = "Là où le plus est réservé : le département et la métropole s'ajoutent à la commune la plus réservée."


class CartePartage(Carte):
    """Le flux d'un bailleur, partagé entre ses réservataires ; ce qui reste est au bailleur, ou pas encore saisi."""

    def __init__(self) -> None:
        super().__init__("Le flux de ce bailleur", icone="house")
        self.barre = BarreParts("Partage du flux")
        self.ajouter(self.barre)

    def montrer(self, bailleur: str, conventions: Sequence[ConventionTenue], choisie: ConventionTenue) -> None:
        """Les taux connus des conventions de ce bailleur, chacun avec sa lettre dans la barre."""
        siennes = [une for une in conventions if meme_bailleur(une, choisie)]
        retenues = au_pire_endroit(siennes)
        self.vider(2)
        lettrees = list(zip(retenues, ascii_uppercase, strict=False))
        parts = [Part(une.reservataire, float((une.taux or Decimal(0)) / _CENT), lettre) for une, lettre in lettrees]
        reste = _CENT - sum((une.taux or Decimal(0) for une in retenues), Decimal(0))
        lignes = [
            (f"{lettre}. {une.reservataire} · {mots.dire_sorte(une)}", mots.pour_cent(une.taux))
            for une, lettre in lettrees
        ]
        inconnus = sum(une.taux is None for une in siennes)
        if inconnus:
            lignes.append(("Taux inconnus", str(inconnus)))
        lignes.append(("Non réservé, ou pas encore saisi", mots.pour_cent(reste)))
        self.barre.montrer(parts, " ; ".join(f"{libelle} : {valeur}" for libelle, valeur in lignes))
        self.ajouter(etiquette_aide(f"{bailleur}. {_OU}"), *(LigneValeur(*ligne) for ligne in lignes))
