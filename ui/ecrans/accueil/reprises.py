"""La saisie interrompue : quand, où, et le bouton qui y ramène."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from ui.composants import Bouton, Carte, colonne, etiquette_aide, rangee
from ui.composants.masques import NomMasque
from ui.mots.masques import designer
from ui.mots.moments import ecrire_moment
from ui.theme import Ton
from ui.theme.icones import Icone

if TYPE_CHECKING:
    from modele.coffre import Reprise


# Ce qui était tapé n'est pas redit : la personne suivante regarde peut-être l'écran.
PERDU: Final = "Rien n'a été perdu : ce qui était tapé est remis dans son champ."


class CarteReprise(Carte):
    """Une saisie à reprendre. ``reprendre`` : le dossier et le chemin du champ (vide s'il est discret)."""

    reprendre = Signal(str, str)

    def __init__(self, reprise: Reprise, maintenant: datetime) -> None:
        quand = ecrire_moment(reprise.quand, maintenant)
        designe = designer(reprise.resume, maintenant)
        titre = f"Saisie interrompue {quand} · {designe.titre}"
        super().__init__(nom=titre, ton=Ton.ACTION)
        # Un dossier discret n'a rien à montrer, et se masque comme un autre.
        clair = f"Saisie interrompue {quand} · {designe.clair[0]}, {designe.clair[1]}" if designe.clair else ""
        self.qui = NomMasque(titre, clair, ("reprise", reprise.dossier, reprise.chemin), reprise.dossier)
        mots = colonne(self.qui, etiquette_aide(PERDU), ecart=1)
        bouton = Bouton("Reprendre", lambda: self.reprendre.emit(reprise.dossier, reprise.chemin), description=titre)
        ligne = rangee(Icone("rotate-ccw", "encre"), mots, bouton, ecart=4)
        ligne.setStretch(1, 1)
        self.ajouter(ligne)
