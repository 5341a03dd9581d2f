"""Ce qui attend cet agent des dossiers qu'il suit : combien, et le bouton qui y mène ; rien d'autre à lire ici."""

from __future__ import annotations

from collections.abc import Callable

from ui.composants import Bouton, Carte, rangee, texte
from ui.mots.avis import ALire, dire_a_l_accueil
from ui.theme import Ton
from ui.theme.icones import Icone


class CarteAvis(Carte):
    """Cachée quand il n'y a rien. La personne en face regarde peut-être : ni dossier, ni agent, ni motif."""

    def __init__(self, aller: Callable[[str], object]) -> None:
        super().__init__(nom="Avis", ton=Ton.JOUR)
        self.phrase = texte("", "gras")
        self.voir = Bouton("Voir les avis", lambda: aller("avis"), description="Avis et dossiers suivis")
        ligne = rangee(Icone("eye", "encre"), self.phrase, self.voir, ecart=4)
        ligne.setStretch(1, 1)
        self.ajouter(ligne)
        self.hide()

    def montrer(self, lus: ALire) -> None:
        """Le nombre, s'il y en a."""
        nombre = lus.a_lire
        self.phrase.setText(dire_a_l_accueil(nombre))
        self.setVisible(bool(nombre))
