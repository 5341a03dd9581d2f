"""Le résultat : ce qui aurait mis quelqu'un en danger d'abord, chaque point avec sa raison et sa source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from modele.formation.cas import Sorte
from modele.formation.notation import Verdict
from ui.composants import Bouton, Carte, colonne, etiquette_aide, rangee, separation, texte
from ui.ecrans.formation.depart import CarteDepart
from ui.mots.formation import PARTIES, dire_la_note, dire_le_resultat
from ui.theme import Ton

if TYPE_CHECKING:
    from collections.abc import Mapping

    from modele.formation import Cas, Resultat

_TONS = {
    Verdict.OMISSION_DANGEREUSE: Ton.IMMEDIAT,
    Verdict.GESTE_DANGEREUX: Ton.IMMEDIAT,
    Verdict.INUTILE: Ton.JOUR,
    Verdict.A_DISCUTER: Ton.SEMAINE,
    Verdict.JUSTE: Ton.COURANT,
}


class PageResultat(QWidget):
    """``rejouer`` : le même cas, de nouveau. ``autre`` : retour aux cas."""

    rejouer = Signal()
    autre = Signal()

    def __init__(self, cas: Cas, resultat: Resultat, textes: Mapping[str, str]) -> None:
        super().__init__()
        self.constat = texte(dire_le_resultat(resultat), "gras")
        self.encore = Bouton("Rejouer ce cas", self.rejouer.emit, icone="rotate-ccw")
        self.aux_cas = Bouton("Un autre cas", self.autre.emit, genre="principal", raccourci="Ctrl+Return")
        tete = Carte(cas.titre, icone="list-checks")
        tete.ajouter(self.constat)
        if cas.pour_finir:
            tete.ajouter(texte(cas.pour_finir))
        tete.ajouter(rangee(self.aux_cas, self.encore, 1))
        page = colonne(tete, ecart=3)
        for verdict, titre, aide in PARTIES:
            notes = resultat.de(verdict)
            if notes:
                carte = Carte(f"{titre} · {len(notes)}", ton=_TONS[verdict])
                carte.ajouter(etiquette_aide(aide))
                for note in notes:
                    dite = dire_la_note(note)
                    carte.ajouter(separation(), texte(dite.titre, "gras"), texte(dite.raison))
                    carte.ajouter(etiquette_aide(dite.source))
                page.addWidget(carte)
        for etape in cas.etapes:
            if etape.sorte is Sorte.OUVERTE:
                page.addWidget(_cote_a_cote(etape.consigne, textes.get(etape.id, ""), etape.modele))
        self.depart = CarteDepart()
        page.addWidget(self.depart)
        page.addStretch(1)
        self.setLayout(page)

    def focus_initial(self) -> None:
        """Le clavier à la suite."""
        self.aux_cas.setFocus(Qt.FocusReason.OtherFocusReason)


def _cote_a_cote(consigne: str, ecrit: str, modele: str) -> Carte:
    """Ce que l'agent a écrit, et une façon de le dire."""
    carte = Carte("Avec vos mots", icone="notebook-pen")
    carte.ajouter(etiquette_aide(consigne), texte("Vous avez écrit", "gras"), texte(ecrit.strip() or "Rien."))
    carte.ajouter(texte("Une façon de le dire", "gras"), texte(modele))
    return carte
