"""Un dossier remis à ce lieu attend une réponse : combien, de quel lieu, et le bouton qui y mène ; rien d'autre ici."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ui.composants import Bouton, Carte, Colonnes, annoncer, rangee, texte
from ui.mots.remises import dire_a_l_accueil
from ui.theme import Ton
from ui.theme.icones import Icone

if TYPE_CHECKING:
    from modele.coffre.remises import Remise


class CarteRemises(Carte):
    """Cachée quand rien n'attend cet agent. La personne en face regarde peut-être : ni pourquoi, ni quels champs.

    D'un dossier discret, le coffre ne rend la remise qu'à la personne nommée : pour les autres, rien n'est arrivé.
    """

    def __init__(self, aller: Callable[[str], object]) -> None:
        super().__init__(nom="Remises à ce lieu", ton=Ton.JOUR)
        self.phrase = texte("", "gras")
        self.voir = Bouton("Voir les remises", lambda: aller("remises"), icone="send", description="Remises à ce lieu")
        ligne = rangee(Icone("inbox", "encre"), self.phrase, Colonnes([(self.voir, 0, 0)]), ecart=4)
        ligne.setStretch(1, 1)
        self.ajouter(ligne)
        self.hide()

    def montrer(self, lues: Sequence[Remise]) -> None:
        """Celles auxquelles cet agent peut répondre."""
        attendent = [une for une in lues if une.a_repondre]
        dit = dire_a_l_accueil(attendent)
        if dit and dit != self.phrase.text():
            annoncer(self, dit)
        self.phrase.setText(dit)
        self.setVisible(bool(attendent))
