"""Pendant que l'identité se tape : un autre dossier d'ici ressemble-t-il ? Dit sans nom, sans rien interrompre."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from modele.protection.discretion import est_discret
from ui.composants import Bouton, Carte, annoncer, rangee, texte
from ui.ecrans.entretien.plume import Plume
from ui.etat.session import Session
from ui.mots.semblables import a_comparer
from ui.theme import Ton
from ui.theme.icones import Icone

if TYPE_CHECKING:
    from modele.coffre.listes import Trouve

IDENTITE: Final = frozenset({"demandeur.nom", "demandeur.nom_usage", "demandeur.prenoms", "demandeur.date_naissance"})
"""Les champs dont la frappe fait chercher."""
COMPARER: Final = "Comparer"


class CarteSemblables(Carte):
    """Cachée hors des pages d'identité, tant que rien ne ressemble, et dans un dossier discret."""

    def __init__(self, session: Session, plume: Plume, comparer: Callable[[], object]) -> None:
        super().__init__(nom="Un autre dossier de ce poste", ton=Ton.SEMAINE)
        self._session, self._plume = session, plume
        self._ici = False
        self.phrase = texte("", "gras")
        self.bouton = Bouton(COMPARER, comparer, icone="scale", montre="Ctrl+R")
        ligne = rangee(Icone("users", "encre"), self.phrase, ecart=2)
        ligne.setStretch(1, 1)
        self.ajouter(ligne, rangee(self.bouton, 1))
        self.hide()
        plume.frappee.connect(self._frapper)
        session.dossier_change.connect(lambda _: self._chercher())

    def suivre(self, chemins: Sequence[str]) -> None:
        """La page montrée remplit ces champs : l'identité en est-elle ?"""
        ici, self._ici = self._ici, not IDENTITE.isdisjoint(chemins)
        if not self._ici:
            self.hide()
        elif not ici:
            self._chercher()

    def _frapper(self, chemin: str) -> None:
        if chemin in IDENTITE:
            self._chercher()

    def _chercher(self) -> None:
        """À côté de l'écran ; seule la dernière demande compte."""
        dossier = self._session.dossier_id
        if not self._ici or not dossier or est_discret(self._session.document):
            self.hide()
            return
        frappes = {chemin: tape for chemin, tape in self._plume.restantes.items() if chemin in IDENTITE}
        self._session.avec_coffre(
            lambda coffre: (dossier, coffre.memes.du_dossier(dossier, frappes)),
            self._montrer,
            pour=self,
            remplace="dossiers semblables",
        )

    def _montrer(self, lus: tuple[str, Sequence[Trouve]]) -> None:
        dossier, trouves = lus
        dit = a_comparer([un.raisons for un in trouves])
        if dossier != self._session.dossier_id or not (self._ici and dit):
            self.hide()
            return
        if self.isHidden() or dit != self.phrase.text():
            self.phrase.setText(dit)
            annoncer(self, dit)
        self.show()
