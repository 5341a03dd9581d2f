"""F1 : ce qu'on fait dans cet écran, et ses touches. Elles sont lues sur les boutons et les gestes, pas recopiées."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.cadre.dessus import Dessus
from ui.composants import Bouton, Defilement, Touche, colonne, intertitre, nommer, rangee, texte
from ui.composants.touches import dire
from ui.ecrans import declares

if TYPE_CHECKING:
    from ui.cadre.fenetre import Fenetre


def aider(fenetre: Fenetre) -> None:
    """L'écran dit d'abord pourquoi sa question ; sinon l'aide de l'écran s'ouvre."""
    if not fenetre.aide_de_l_ecran():
        ouvrir_l_aide(fenetre)


def ouvrir_l_aide(fenetre: Fenetre) -> None:
    """Ouvre l'aide de l'écran montré."""
    for deja in fenetre.findChildren(Aide):
        deja.close()
    Aide(fenetre).open()


class Aide(Dessus):
    """L'aide de l'écran montré."""

    def __init__(self, fenetre: Fenetre) -> None:
        declaration = declares()[fenetre.ecran]
        ecran = fenetre.pile.currentWidget()
        nom = ecran.accessibleName() if ecran is not None else declaration.libelle
        super().__init__(fenetre, f"Aide : {nom}", 720, 640)
        self.touches = touches_de(fenetre)
        self.fermer = Bouton("Fermer", self.close, montre="Esc")
        lignes = [_ligne(touche, mot) for touche, mot in self.touches]
        page = colonne(texte(declaration.aide or declaration.libelle), *lignes, 1, ecart=2)
        titre = rangee(intertitre(self.accessibleName()), 1, self.fermer)
        # Le clavier y est : les flèches font défiler ce qui dépasse.
        self.page = Defilement(page)
        self.page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        nommer(self.page, "Touches", "Flèches pour lire la suite")
        self.disposer(colonne(titre, self.page, marges=5, ecart=3))

    def open(self) -> None:
        super().open()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)


def touches_de(fenetre: Fenetre) -> list[tuple[str, str]]:
    """Les touches qui répondent maintenant : celles de l'écran, puis celles de partout."""
    boutons = [b for b in fenetre.pile.findChildren(Bouton) if b.touche and b.isVisible() and b.isEnabled()]
    ici = {bouton.touche: bouton.text() for bouton in boutons}
    partout = {a.raccourci: a.libelle for a in fenetre.actions_possibles()}
    partout["F12"] = "Page neutre : tout couvrir"
    return [*ici.items(), *((touche, mot) for touche, mot in partout.items() if touche and touche not in ici)]


def _ligne(touche: str, mot: str) -> QWidget:
    ligne = QWidget()
    libelle = texte(mot)
    boite = rangee(Touche(touche), libelle, ecart=3)
    boite.setStretch(1, 1)
    ligne.setLayout(boite)
    nommer(ligne, f"{dire(touche)} : {mot}")
    return ligne
