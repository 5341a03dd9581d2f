"""Noter une demande : ce que la personne dit, la pièce d'un représentant, ses mots ; d'où vient ce droit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from modele.dossier.droits_personnes import REPRESENTANT, Droit, regles
from modele.mots.ecriture import dire_date
from ui.composants import Bouton, GroupeChoix, Option, champ, colonne, etiquette_aide, intertitre, rangee
from ui.mots.droits import SANS_CHOIX, SANS_OBJET, SANS_PIECE

A_VALIDER = " (à faire valider)"


class Formulaire(QWidget):
    """Ce qui est demandé. ``noter`` reçoit le droit, la pièce, les mots ; ``dire`` une phrase à lire."""

    def __init__(self, noter: Callable[[Droit, str, str], object], dire: Callable[[str], object]) -> None:
        super().__init__()
        self._noter, self._dire = noter, dire
        self._par = ""
        options = [Option(un.id, un.parole, un.libelle) for un in regles().droits.values()]
        self.droits = GroupeChoix("Ce qu'elle dit", options, signes=True)
        self.piece = champ("La pièce qui le nomme", "Laquelle, de quand ; ne la gardez pas, ne la copiez pas.")
        self.objet = champ("Ce qu'elle demande, dans ses mots", "S'efface avec le dossier.")
        self.fait = etiquette_aide("")
        self.bouton = Bouton("Noter la demande", self.noter, genre="principal", montre="Ctrl+Return")
        self.setLayout(
            colonne(
                intertitre("Que dit-elle ?"), self.droits, self.fait, self.piece, self.objet,
                rangee(self.bouton, 1), ecart=3,
            )
        )  # fmt: skip
        self.droits.choisi.connect(self._expliquer)
        self.droits.entree.connect(lambda: self.objet.setFocus(Qt.FocusReason.OtherFocusReason))

    def paraitre(self, par: str) -> None:
        """Vide, pour qui demande."""
        self._par = par
        self.droits.poser(None)
        self.piece.poser(None)
        self.objet.poser(None)
        self.piece.setVisible(par == REPRESENTANT)
        self.fait.hide()

    def noter(self) -> None:
        """Note, ou dit ce qui manque."""
        droit, piece, objet = self.droits.valeur(), self.piece.contenu.strip(), self.objet.contenu.strip()
        if droit is None:
            self._dire(SANS_CHOIX)
            self.droits.focus_initial()
        elif self._par == REPRESENTANT and not piece:
            self.piece.dire_faute(SANS_PIECE)
            self.piece.setFocus(Qt.FocusReason.OtherFocusReason)
        elif droit is Droit.RECTIFICATION and not objet:
            self.objet.dire_faute(SANS_OBJET)
            self.objet.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._noter(droit, piece, objet)

    def _expliquer(self, droit: Droit) -> None:
        dites, dit = regles(), regles().droits[droit]
        a_valider = A_VALIDER if dit.provenance.a_valider or dites.delai_vient_de.a_valider else ""
        source = f"{dit.provenance.fondement} ; {dites.delai_vient_de.fondement}"
        verifie = dites.delai_vient_de.verifie_le
        quand = f", vérifié le {dire_date(verifie)}" if verifie else ""
        self.fait.setText(f"{dit.fait} {dites.delai} {source}{quand}{a_valider}.")
        self.fait.show()
