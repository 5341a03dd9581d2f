"""La bande des réponses qui ne vont pas ensemble : en tête de toute page du dossier, jusqu'à ce que ce soit réglé.

Essais : ``tests/ui/cadre/test_bande_contradictions.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.composants import Bouton, Carte, annoncer, nommer, rangee, retirer, texte
from ui.theme import Ton, espace
from ui.theme.apparence import apparence
from ui.theme.icones import Icone

if TYPE_CHECKING:
    from modele.bilan import Bilan
    from ui.cadre.fenetre import Fenetre
    from ui.etat.atelier import Atelier
    from ui.mots.contradictions import ContradictionDite

HORS_DU_DOSSIER: Final = (
    *("", "accueil", "agenda", "dossiers", "droits", "echeances", "formation", "journee", "ouverture", "triage"),
)
"""Les écrans qui ne montrent aucune réponse : la bande n'y paraît pas, ni n'y prend leurs touches."""
_BORDS: Final = 22
"""Pas de 4 pixels que prennent les bords de la bande et de sa carte."""
NOM: Final = "Réponses qui ne vont pas ensemble"


class BandeContradictions(QWidget):
    """Une contradiction à la fois : ce qui se dit, aller à chaque réponse, ou « c'est bien cela »."""

    def __init__(self, fenetre: Fenetre, atelier: Atelier) -> None:
        super().__init__()
        nommer(self, NOM)
        self._fenetre, self._atelier = fenetre, atelier
        self._dites: list[ContradictionDite] = []
        self._taille = (0, 0)
        self._boite = QVBoxLayout(self)
        self._boite.setContentsMargins(espace(5), espace(2), espace(5), 0)
        self.hide()
        fenetre.porter(self)
        fenetre.ecran_change.connect(lambda _: self._paraitre())
        atelier.bilan_change.connect(self.montrer)
        apparence().change.connect(self._bientot)

    def montrer(self, bilan: Bilan | None) -> None:
        """Montre la première contradiction de ce bilan ; rien s'il n'y en a pas."""
        dites = _dites(bilan) if bilan is not None and bilan.contradictions else []
        if dites != self._dites:
            neuve = bool(dites) and dites[0] not in self._dites[:1]
            self._dites = dites
            self._refaire()
            if neuve:
                annoncer(self, f"{NOM}. {dites[0].phrase}")
        self._paraitre()

    def _paraitre(self) -> None:
        gele = self._fenetre.session.gele
        self.setVisible(bool(self._dites) and not gele and self._fenetre.ecran not in HORS_DU_DOSSIER)

    def _refaire(self) -> None:
        self._taille = (self._fenetre.width(), apparence().theme.echelle)
        avait_le_clavier = self.isAncestorOf(self._fenetre.focusWidget() or self._fenetre)
        while (element := self._boite.takeAt(0)) is not None:
            retirer(element.widget())
        if self._dites:
            self._boite.addWidget(self._carte(self._dites[0]))
        if avait_le_clavier:
            self._rendre_le_clavier()

    def _carte(self, dite: ContradictionDite) -> Carte:
        carte = Carte(nom=f"{NOM} : {dite.phrase}", ton=Ton.JOUR)
        nombre = f"1 sur {len(self._dites)}. " if len(self._dites) > 1 else ""
        ligne = rangee(Icone("triangle-alert", Ton.JOUR), texte(f"{nombre}{dite.phrase}", "gras"), ecart=3)
        ligne.setStretch(1, 1)
        gestes = [
            Bouton(nom, partial(self._aller, chemin), raccourci=f"Alt+{rang}", description="Changer cette réponse")
            for rang, (nom, chemin) in enumerate(dite.reponses, 1)
        ]
        if dite.geste:
            gestes.append(
                Bouton("C'est bien cela", partial(self._confirmer, dite), raccourci="Alt+0", description=dite.phrase)
            )
        carte.ajouter(ligne, *(rangee(*rang, 1) for rang in self._par_rangees(gestes)))
        return carte

    def _par_rangees(self, gestes: Sequence[Bouton]) -> list[list[Bouton]]:
        """Les gestes sur autant de rangées qu'il en faut. ``Colonnes``, hors d'un défilement, s'y perd à 200 %."""
        place, rangees = self._fenetre.width() - espace(_BORDS), list[list[Bouton]]()
        for geste in gestes:
            pris = sum(un.sizeHint().width() + espace(2) for un in rangees[-1]) if rangees else place
            if pris + geste.sizeHint().width() > place:
                rangees.append([])
            rangees[-1].append(geste)
        return rangees

    def _suivre_la_largeur(self) -> None:
        """La fenêtre ou le texte ont changé de taille : les gestes se rangent autrement s'il le faut."""
        if self._dites and (self._fenetre.width(), apparence().theme.echelle) != self._taille:
            self._refaire()

    def _bientot(self) -> None:
        """Au tour suivant : refaire pendant qu'on mesure recommencerait la mesure."""
        QTimer.singleShot(0, self, self._suivre_la_largeur)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bientot()

    def minimumSizeHint(self) -> QSize:
        """La fenêtre reste libre de rétrécir : c'est alors que les gestes passent à la ligne."""
        return QSize(0, super().minimumSizeHint().height())

    def _aller(self, chemin: str) -> None:
        self._fenetre.aller("entretien", {"chemin": chemin})

    def _confirmer(self, dite: ContradictionDite) -> None:
        """Garde trace que ces réponses vont bien ensemble ; le clavier revient à la page."""
        self._fenetre.session.modifier(dict(dite.geste))
        self._rendre_le_clavier()

    def _rendre_le_clavier(self) -> None:
        page = self._fenetre.pile.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)


def _dites(bilan: Bilan) -> list[ContradictionDite]:
    # Chargé quand un dossier en a : l'ouverture du coffre passe par ici, et n'en a pas.
    from ui.mots.contradictions import contradictions_dites

    return contradictions_dites(bilan)
