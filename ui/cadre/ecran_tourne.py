"""L'écran de la personne au poste : ouvre sa fenêtre en face, la vide sur F12, la ferme au moindre changement d'écrans.

Ce qui se montre se décide dans ``ui/etat/ecran_demandeur.py``. Essais : ``tests/ui/cadre/test_ecran_tourne.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect

from ui.cadre.actions import Action
from ui.cadre.moniteurs import Moniteur, Moniteurs, deborde, en_face
from ui.etat.ecran_demandeur import ecran_demandeur_de
from ui.mots.ecran_demandeur import CHANGES, DEBORDE, DOUBLES, EN_SIMPLE, MONTRER_LA_NOTE, QUELQU_UN, TOUCHE
from ui.theme import Ton

if TYPE_CHECKING:
    from ui.cadre.couverture import Couverture
    from ui.cadre.fenetre import Fenetre
    from ui.cadre.fenetre_demandeur import FenetreDemandeur

_DITES: Final = (CHANGES, DEBORDE, DOUBLES, QUELQU_UN)
"""Ce qui n'a plus lieu d'être dit une fois le geste fait."""
_PLACE: Final = frozenset({QEvent.Type.Move, QEvent.Type.Resize})


class EcranTourne(QObject):
    """Tient la fenêtre de la personne. ``montree`` : cette fenêtre, ou ``None``."""

    def __init__(self, fenetre: Fenetre, couverture: Couverture, moniteurs: Moniteurs | None = None) -> None:
        super().__init__(fenetre)
        self._fenetre, self._couverture = fenetre, couverture
        self.etat = ecran_demandeur_de(fenetre.session)
        self.moniteurs = moniteurs or Moniteurs(self)
        self.montree: FenetreDemandeur | None = None
        self._place, self._repli = QRect(), ""
        self.etat.empechement = self._empechement
        self.etat.change.connect(self._suivre)
        self.etat.refuse.connect(self._dire)
        self.etat.accepte.connect(self._taire)
        self.moniteurs.change.connect(self._ecrans_changes)
        fenetre.session.ferme.connect(self._coffre_ferme)
        fenetre.installEventFilter(self)
        for action in self._actions():
            fenetre.ajouter_action(action)
        self.regarder()

    def regarder(self) -> None:
        """Relit s'il y a un second écran."""
        self.etat.en_face = self.moniteurs.second
        self.etat.change.emit()

    def arreter(self) -> None:
        """Le poste se ferme."""
        self.etat.fermer()

    def _actions(self) -> tuple[Action, ...]:
        etat = self.etat
        mots = "second deuxieme ecran client demandeur tourner question langue afficher"
        return (
            Action(
                "ecran_demandeur",
                "Écran de la personne : montrer la question",
                etat.basculer,
                TOUCHE,
                "monitor",
                "second écran",
                mots=mots,
                si=lambda: etat.possible,
            ),
            Action(
                "simple_demandeur",
                EN_SIMPLE,
                etat.basculer_le_simple,
                "",
                "languages",
                "second écran",
                mots=f"{mots} facile comprendre",
                si=lambda: etat.possible and etat.en_francais,
            ),
            Action(
                "note_demandeur",
                MONTRER_LA_NOTE,
                etat.montrer_la_note,
                "",
                "monitor",
                "seul à seul",
                mots=f"{mots} points score",
                si=lambda: etat.possible and etat.ouvert and self._fenetre.ecran == "cotation",
            ),
        )

    def _en_face(self) -> Moniteur | None:
        return en_face(self.moniteurs.lister(), self._fenetre.geometry())

    def _empechement(self) -> str:
        if self._en_face() is not None:
            return ""
        return DOUBLES if self.moniteurs.dupliques else DEBORDE

    def _suivre(self) -> None:
        """Montre, change ou retire la fenêtre selon l'état."""
        if self.etat.ouvert and self.montree is None:
            self._ouvrir()
        if not self.etat.ouvert or self.montree is None:
            self._retirer()
            return
        montre = self.etat.montre
        self.montree.montrer(montre)
        if montre.paragraphes:
            self._dire_le_repli(montre.repli)

    def _ouvrir(self) -> None:
        from ui.cadre.fenetre_demandeur import FenetreDemandeur

        moniteur = self._en_face()
        if moniteur is None:
            self.etat.fermer()
            return
        self.montree = FenetreDemandeur(self._fenetre.windowTitle())
        self.montree.montrer(self.etat.montre)
        self._place = moniteur.place
        self.montree.poser(moniteur)

    def _retirer(self) -> None:
        self._dire_le_repli("")
        if self.montree is not None:
            montree, self.montree = self.montree, None
            montree.affiche.montrer((), "fr", "")
            montree.close()
            montree.deleteLater()

    def _dire_le_repli(self, repli: str) -> None:
        """Dit à l'agent, une fois, que la personne lit du français faute de sa langue ; l'ôte dès que c'est faux."""
        avant, self._repli = self._repli, repli
        if avant and avant != repli and self._fenetre.bandeau.phrase == avant:
            self._fenetre.bandeau.oublier()
        if repli and repli != avant:
            self._dire(repli)

    def _dire(self, phrase: str) -> None:
        self._fenetre.bandeau.dire(phrase, Ton.JOUR)

    def _taire(self) -> None:
        """Ce qui empêchait le geste n'a plus lieu d'être dit."""
        if self._fenetre.bandeau.phrase in _DITES:
            self._fenetre.bandeau.oublier()

    def _ecrans_changes(self) -> None:
        """Avant tout, plus un mot : Qt ramène sur l'écran de l'agent, ou duplique, ce qui était sur l'autre."""
        ouvert = self.etat.ouvert
        self.etat.fermer()
        self.regarder()
        if ouvert:
            self._dire(CHANGES)

    def _coffre_ferme(self) -> None:
        """F12 laisse une page vide ; un verrou, un autre compte, la fin : la réception est finie."""
        from ui.cadre.page_neutre import PageNeutre

        if not isinstance(self._couverture.page, PageNeutre):
            self.etat.fermer()

    def eventFilter(self, objet: QObject, event: QEvent) -> bool:
        """La fenêtre de l'agent passe sur l'écran de la personne : elle y serait lue."""
        if self.montree is None or objet is not self._fenetre or event.type() not in _PLACE:
            return False
        if deborde(self._place, self._fenetre.geometry()):
            self.etat.fermer()
            self._dire(DEBORDE)
        return False
