"""Une convention, point par point : ce qu'elle dit, ce qui manque et qui le saisit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.composants import Bouton, Carte, Colonnes, LigneValeur, colonne, etiquette_aide, rangee, texte
from ui.composants.mise_en_page import Bloc
from ui.mots import contingents as mots
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.contingents.conventions import ConventionTenue
    from modele.territoire.conventions import ConventionPublique


class CarteConvention(Carte):
    """La convention choisie. ``completer`` et ``retirer`` : ce qu'on veut en faire."""

    completer = Signal()
    retirer = Signal()

    def __init__(self) -> None:
        super().__init__("Cette convention", icone="file-text")
        self.saisir = Bouton(
            "Compléter", lambda: self.completer.emit(), genre="principal", icone="notebook-pen", raccourci="Alt+C"
        )
        self.oter = Bouton("Retirer (saisie par erreur)", self.retirer.emit, icone="x")
        self._gestes = Bloc(rangee(Colonnes([(self.saisir, 0, 0), (self.oter, 0, 0)], ecart=2), 1))
        self._contenu = Bloc(colonne(ecart=1))
        self.ajouter(self._gestes, self._contenu)

    def montrer(self, convention: ConventionTenue, titre: str, publique: ConventionPublique | None) -> None:
        """``publique`` : elle n'est pas encore au coffre, et voici d'où on la tient."""
        self.saisir.renommer("Modifier" if convention.id and not mots.dire_manques(convention) else "Compléter")
        self.oter.setVisible(bool(convention.id))
        self._vider()
        boite = self._contenu.layout()
        assert boite is not None
        boite.addWidget(texte(titre, "gras"))
        if publique is not None:
            for phrase in (mots.dire_a_saisir(publique), mots.dire_source(publique.provenance)):
                if phrase:
                    boite.addWidget(etiquette_aide(phrase))
        elif convention.source:
            boite.addWidget(etiquette_aide(f"Source : {convention.source}. Saisie par {convention.par}."))
        for libelle, valeur in mots.lignes(convention):
            boite.addWidget(self._ligne(libelle, valeur))

    @staticmethod
    def _ligne(libelle: str, valeur: str) -> LigneValeur | Bloc:
        if len(valeur) > 24:
            return Bloc(colonne(texte(libelle), texte(valeur, "gras"), ecart=0))
        return LigneValeur(libelle, valeur, Ton.JOUR if valeur == mots.MANQUE else "")

    def _vider(self) -> None:
        from ui.composants import retirer

        boite = self._contenu.layout()
        assert boite is not None
        while (element := boite.takeAt(0)) is not None:
            retirer(element.widget())
