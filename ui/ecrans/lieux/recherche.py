"""Ce qu'on cherche : une commune, des mots, un besoin, une langue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from modele.territoire.communes import Commune
from ui.composants import Bloc, Bouton, Carte, Colonnes, GroupeChoix, Option, Pli, champ, colonne, rangee, texte
from ui.mots.lieux import noms_des_langues
from ui.saisies.communes import ChercheurCommune

if TYPE_CHECKING:
    from modele.bilan import Regles

TOUT: Final = ""
_BESOIN, _LANGUE = "Besoin : {}", "Langue : {}"


class CarteRecherche(Carte):
    """``change`` : quelque chose a été demandé autrement."""

    change = Signal()

    def __init__(self, regles: Regles) -> None:
        super().__init__("Chercher", icone="search")
        self.commune: Commune | None = None
        self.besoin = self.langue = TOUT
        self.chercheur = ChercheurCommune("D'où l'on part", regles.communes, self.prendre, nue=True)
        self.partir = texte("", "petit")
        self.oublier = Bouton("Oublier la commune", self._oublier, genre="discret", icone="x")
        self._depart = Bloc(rangee(self.partir, self.oublier, 1))
        self.mots = champ("Nom, rue ou service", exemple="papiers, mairie, marché…")
        accueil, langues = regles.national.accueil, noms_des_langues(regles)
        self._besoins = {TOUT: "tous"} | {un.id: un.libelle for un in accueil.besoins.values()}
        parlees = {code for lieu in regles.territoire.lieux for code in lieu.langues}
        self._langues = {TOUT: "toutes"} | {code: nom for code, nom in langues.items() if code in parlees}
        self.besoins = GroupeChoix("Besoin", [Option(*un, dense=True) for un in self._besoins.items()])
        self.langues = GroupeChoix("Langue parlée sur place", [Option(*un, dense=True) for un in self._langues.items()])
        self.pli_besoin = Pli("Besoin", "Besoin", self.besoins)
        self.pli_langue = Pli("Langue", "Langue", self.langues)
        # En haut de sa colonne : déplié, l'un ne fait pas flotter l'autre.
        besoin, langue = Bloc(colonne(self.pli_besoin, 1)), Bloc(colonne(self.pli_langue, 1))
        plis = Colonnes([(besoin, 1, 260), (langue, 1, 200)], ecart=2, ecart_pile=0)
        self.ajouter(self.chercheur, self._depart, self.mots, plis)
        self.besoins.choisi.connect(self._choisir_besoin)
        self.langues.choisi.connect(self._choisir_langue)
        self.mots.frappe.connect(lambda _: self.change.emit())
        self.chercheur.champ.entree.connect(self.chercheur.prendre_l_exacte)
        self.reprendre(None)

    def reprendre(self, commune: Commune | None) -> None:
        """Tout oublier, et repartir de cette commune : la personne suivante ne voit pas la recherche d'avant."""
        self.commune, self.besoin, self.langue = commune, TOUT, TOUT
        self.mots.poser(None)
        self.chercheur.champ.poser(None)
        self.chercheur.fermer()
        self.besoins.poser(TOUT)
        self.langues.poser(TOUT)
        for pli in (self.pli_besoin, self.pli_langue):
            if pli.deplie:
                pli.basculer()
        self._dire()

    def prendre(self, commune: Commune) -> None:
        """L'on part de cette commune."""
        self.commune = commune
        self.chercheur.champ.poser(None)
        self._changer()

    def _oublier(self) -> None:
        self.commune = None
        self.chercheur.setFocus()
        self._changer()

    def _choisir_besoin(self, code: str) -> None:
        self.besoin = code
        self.pli_besoin.basculer()
        self.pli_besoin.bouton.setFocus()
        self._changer()

    def _choisir_langue(self, code: str) -> None:
        self.langue = code
        self.pli_langue.basculer()
        self.pli_langue.bouton.setFocus()
        self._changer()

    def _changer(self) -> None:
        self._dire()
        self.change.emit()

    def _dire(self) -> None:
        self.partir.setText(f"Depuis {self.commune.nom}" if self.commune else "")
        self._depart.setVisible(self.commune is not None)
        self.pli_besoin.renommer(_BESOIN.format(self._besoins[self.besoin].lower()), "Replier les besoins")
        self.pli_langue.renommer(_LANGUE.format(self._langues.get(self.langue, "")), "Replier les langues")
