"""Un écran du pilotage : deux colonnes, relues à chaque visite par qui en a le droit ; caché, rien n'en reste.

Chaque lecture s'inscrit au journal du poste. Essais : ceux de chaque écran, ``tests/ui/ecrans``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.coffre.contingents import Tenus
from ui.composants import Bouton, Colonnes, Defilement, annoncer, colonne, etiquette_aide, rangee, texte
from ui.ecrans.base import Ecran
from ui.mots.contingents import JOURNAL

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

    from modele.coffre import Coffre
    from modele.droits import Auteur
    from ui.etat.session import Session


class EcranDePilotage(Ecran):
    """Une sous-classe dit ``_recevoir`` et ``_vider``, et appelle ``_poser`` quand ses widgets sont faits.

    ``tenus`` : ce que le coffre tient. ``constat`` : où se dit pourquoi il ne se lit pas.
    """

    tait_la_personne = True

    def __init__(self, titre: str, session: Session) -> None:
        super().__init__(titre, session)
        self._titre = titre
        self.tenus = Tenus()
        self.constat = etiquette_aide("")
        self.retour = Bouton("Retour", self.rentrer, icone="arrow-left", raccourci="Alt+Left")
        session.ferme.connect(self._vider)

    def _poser(self, *tete: QWidget, gauche: QLayout, droite: QLayout) -> None:
        """Le titre, ``tete`` dessous, puis les deux colonnes."""
        entete = rangee(texte(self._titre, "titre", coupe=False), 1, self.retour)
        page = colonne(entete, *tete, ecart=3, marges=8)
        volets = (QWidget(), QWidget())
        for volet, disposition in zip(volets, (gauche, droite), strict=True):
            volet.setLayout(disposition)
        page.addWidget(Colonnes([(volet, 1, 430) for volet in volets], ecart=4))
        page.addWidget(etiquette_aide(JOURNAL))
        page.addStretch(1)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)

    def paraitre(self, **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        self._vider()
        self._relire()

    def disparaitre(self) -> None:
        self._vider()

    def _relire(self, dit: str = "", choisie: str = "") -> None:
        """Relit le coffre. ``dit`` : ce que le lecteur d'écran en dira. ``choisie`` : la ligne à rechoisir."""
        auteur = self.session.auteur

        def rendre(lu: Any) -> None:
            self._prendre(lu)
            self._recevoir(choisie)
            self.focus_initial()
            if dit:
                annoncer(self, dit)

        self.session.avec_coffre(
            lambda coffre: self._lecture(coffre, auteur),
            rendre,
            pour=self,
            remplace=self._titre,
            echec=self._refuser,
        )

    def _lecture(self, coffre: Coffre, auteur: Auteur) -> Any:
        """Ce qui se lit du coffre, hors du fil de l'écran."""
        return coffre.contingents.lire(auteur)

    def _prendre(self, lu: Any) -> None:
        """Garde ce que ``_lecture`` a rendu, jusqu'à ce que l'écran se vide."""
        self.tenus = lu

    def _refuser(self, phrase: str) -> None:
        self._vider()
        self.constat.setText(phrase)
        self.constat.show()
        annoncer(self, phrase, pressant=True)
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)

    def _recevoir(self, choisie: str, /) -> None:
        """Montre ``tenus``."""
        raise NotImplementedError

    def _vider(self) -> None:
        """Rien de ce qui a été lu ne reste à l'écran."""
        raise NotImplementedError
