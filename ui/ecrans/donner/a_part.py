"""« Jamais la même demi-journée ni le même lieu que… » : à qui répond d'un dossier discret, et à nul autre."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from modele.dossier.codes import reference_courte
from modele.protection.discretion import est_discret
from ui.composants import Bouton, Carte, Colonnes, champ, etiquette_aide, rangee, retirer, texte
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.coffre.evitements import AEviter
    from ui.etat.session import Session

TITRE: Final = "Tenir ses rendez-vous à part"
POURQUOI: Final = (
    "Jamais la même demi-journée que les rendez-vous de ce dossier, si vous le voulez jamais le même lieu. Les autres "
    "lisent « indisponible », sans savoir pourquoi ni pour qui."
)


class CarteAPart(Carte):
    """``dit`` : phrase, ton."""

    dit = Signal(str, Ton)

    def __init__(self, session: Session) -> None:
        super().__init__(TITRE, icone="shield")
        self.session = session
        self.reference = champ("Référence de l'autre dossier", exemple="K7Q2F-9M3AB", largeur=220)
        self.demi_journee = Bouton("Jamais la même demi-journée", partial(self._poser, False))
        self.lieu = Bouton("Ni le même lieu", partial(self._poser, True))
        self.leves: list[Bouton] = []
        self._poses = QVBoxLayout()
        gestes = Colonnes([(self.demi_journee, 0, 0), (self.lieu, 0, 0)], ecart=2)
        self.ajouter(etiquette_aide(POURQUOI), self.reference, rangee(gestes, 1), self._poses)
        self.hide()

    def paraitre(self) -> None:
        """Se montre si le dossier est discret et que l'agent en répond ; sinon rien ne se voit."""
        self.oublier()
        if est_discret(self.session.document):
            self._relire()

    def oublier(self) -> None:
        """Rien n'en reste à l'écran."""
        self.hide()
        self.reference.poser(None)
        self.leves = []
        while (element := self._poses.takeAt(0)) is not None:
            retirer(element.widget() or element.layout())

    def _relire(self) -> None:
        dossier, auteur = self.session.dossier_id, self.session.auteur

        def rendre(lus: Sequence[AEviter]) -> None:
            if dossier == self.session.dossier_id:
                self._montrer(lus)

        # Un refus dit seulement que l'agent n'en répond pas : la carte ne se montre pas.
        self.session.avec_coffre(
            lambda coffre: coffre.evitements.lister(dossier, auteur), rendre, pour=self, echec=lambda _: None
        )

    def _montrer(self, lus: Sequence[AEviter]) -> None:
        self.oublier()
        for un in lus:
            quoi = "ni la même demi-journée, ni le même lieu" if un.meme_lieu else "jamais la même demi-journée"
            dit = f"Dossier {reference_courte(un.autre)} : {quoi}"
            lever = Bouton("Ne plus le tenir à part", partial(self._lever, un), genre="discret", description=dit)
            self.leves.append(lever)
            self._poses.addLayout(rangee(texte(dit), 1, lever))
        self.show()

    def _poser(self, meme_lieu: bool) -> None:
        dossier, auteur, reference = self.session.dossier_id, self.session.auteur, self.reference.contenu
        self._faire(lambda coffre: coffre.evitements.poser(dossier, reference, auteur, meme_lieu=meme_lieu))

    def _lever(self, lequel: AEviter) -> None:
        auteur = self.session.auteur
        self._faire(lambda coffre: coffre.evitements.lever(lequel, auteur))

    def _faire(self, geste: Any) -> None:
        self.session.avec_coffre(
            geste, lambda _: self._relire(), pour=self, echec=lambda phrase: self.dit.emit(phrase, Ton.JOUR)
        )
