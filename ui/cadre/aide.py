"""F1 : à quoi sert cet écran, ce qui en est gardé, ses touches. Elles sont lues sur les boutons et les gestes.

Essais : ``tests/ui/cadre/test_aide.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from ui.cadre.dessus import Dessus
from ui.composants import Bouton, Defilement, colonne, intertitre, nommer, rangee, texte
from ui.composants.dits import A_COTE, dire_comme
from ui.ecrans import declares
from ui.ecrans.touches_dites import ligne_de_touche, touches_ecrites

if TYPE_CHECKING:
    from ui.cadre.fenetre import Fenetre

A_QUOI: Final = "À quoi il sert"
GARDE: Final = "Ce qui est gardé"
TOUCHES: Final = "Ses touches"
PARTOUT: Final = "Les touches de partout"
SANS_TOUCHE: Final = "Rien n'y a de touche à soi : Tab passe d'un geste au suivant, Entrée le fait."


def aider(fenetre: Fenetre) -> None:
    """L'écran dit d'abord pourquoi sa question ; pressée de nouveau, ou sinon, l'aide de l'écran s'ouvre."""
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
        self.siennes = touches_d_ici(fenetre)
        self.touches = touches_de(fenetre)
        self.parties = {A_QUOI: declaration.aide, GARDE: declaration.garde}
        self.fermer = Bouton("Fermer", self.close, montre="Esc")
        dites = [un for titre, mots in self.parties.items() for un in (intertitre(titre, "gras"), texte(mots))]
        ici = [ligne_de_touche(*une) for une in self.siennes.items()] or [texte(SANS_TOUCHE)]
        partout = [ligne_de_touche(*une) for une in self.touches[len(self.siennes) :]]
        page = colonne(*dites, intertitre(TOUCHES, "gras"), *ici, intertitre(PARTOUT, "gras"), *partout, 1, ecart=2)
        titre = rangee(intertitre(self.accessibleName()), self.fermer)
        titre.setStretch(0, 1)
        # Le clavier y est : les flèches font défiler ce qui dépasse.
        self.page = Defilement(page)
        self.page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        nommer(self.page, "Aide de cet écran", "Flèches pour lire la suite")
        dire_comme(self.page, A_COTE)
        self.disposer(colonne(titre, self.page, marges=5, ecart=3))

    def open(self) -> None:
        super().open()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)


def touches_d_ici(fenetre: Fenetre) -> dict[str, str]:
    """Ce que fait chaque touche qui répond maintenant dans l'écran montré."""
    ecran = fenetre.pile.currentWidget()
    return touches_ecrites(ecran, montrees=True) if ecran is not None else {}


def touches_de_partout(fenetre: Fenetre) -> dict[str, str]:
    """Ce que fait chaque touche qui répond partout."""
    partout = {a.raccourci: a.libelle for a in fenetre.actions_possibles() if a.raccourci}
    return {**partout, "F12": "Page neutre : tout couvrir"}


def touches_de(fenetre: Fenetre) -> list[tuple[str, str]]:
    """Les touches qui répondent maintenant : celles de l'écran, puis celles de partout."""
    ici, partout = touches_d_ici(fenetre), touches_de_partout(fenetre)
    return [*ici.items(), *((touche, mot) for touche, mot in partout.items() if touche not in ici)]
