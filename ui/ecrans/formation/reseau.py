"""Les points difficiles du réseau, pour qui prépare une séance ; sous onze agents, rien."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.composants import Carte, etiquette_aide, texte
from ui.mots.formation import JAMAIS_EVALUER, PAS_ASSEZ, dire_le_reseau

if TYPE_CHECKING:
    from collections.abc import Sequence

    from modele.formation import Cas
    from modele.protocole.messages import FormationDuReseau


class CarteReseau(Carte):
    """Cas par cas, les étapes les plus difficiles d'abord."""

    def __init__(self, cas: Sequence[Cas], reseau: FormationDuReseau) -> None:
        super().__init__("Les points difficiles du réseau", icone="list-checks")
        self.ajouter(etiquette_aide(JAMAIS_EVALUER))
        dits = dire_le_reseau(cas, reseau)
        if not dits:
            self.ajouter(texte(PAS_ASSEZ))
        for dit in dits:
            self.ajouter(texte(dit.titre, "gras"), *(texte(etape) for etape in dit.etapes))
