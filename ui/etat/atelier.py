"""Le bilan du dossier ouvert, tenu à jour à chaque réponse : tout de suite l'intervalle sûr, à côté le calcul exact.

Un seul état nourrit l'entretien, la note, l'orientation et les pièces : ils ne peuvent pas se contredire.
Essais : ``tests/ui/etat/test_atelier.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from ui.etat.travaux import Travaux

if TYPE_CHECKING:
    from modele.bilan import Bilan, Regles
    from ui.etat.session import Session

_ECHELLE: Final = Decimal(100)
_ATTENTE: Final = 120


class Atelier(QObject):
    """L'état que lisent les écrans du dossier.

    ``pret`` : le droit et le territoire sont chargés. ``bilan_change`` : le ``Bilan`` du document courant, deux fois
    par réponse (sûr, puis exact), ou ``None`` s'il n'y a plus de dossier. ``horloge`` donne la date de calcul.
    """

    pret = Signal()
    bilan_change = Signal(object)

    def __init__(self, session: Session, horloge: Callable[[], date] = date.today) -> None:
        super().__init__(session)
        self.session = session
        self.horloge = horloge
        self.regles: Regles | None = None
        self.bilan: Bilan | None = None
        self._plafond: Decimal | None = None
        self._calcul: Travaux | None = None
        session.dossier_change.connect(self._changer)
        session.regles_chargees.connect(self._equiper)
        # La page neutre se peint d'abord : arrêter attend la fin du calcul en cours.
        session.ferme.connect(lambda: QTimer.singleShot(0, self, self.arreter))
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self.arreter)
        session.rouvert.connect(lambda: self._changer(session.document))

    def preparer(self) -> None:
        """Attend le droit et le territoire du poste, que charge la session ; ``pret`` suit, aussitôt s'ils sont là."""
        regles = self.session.regles
        if regles is not None and regles.territoire.id == self.session.preferences.territoire:
            self._equiper()
        else:
            self.session.charger_regles()

    def arreter(self) -> None:
        """Arrête le calcul à côté, coffre fermé ; la prochaine demande en relance un."""
        calcul, self._calcul = self._calcul, None
        if calcul is not None:
            calcul.arreter()
            calcul.deleteLater()

    def _a_cote(self, fonction: Callable[[], Any], fini: Callable[[Any], object], cle: str) -> None:
        """Fait ``fonction`` sur le fil du calcul : le fil du coffre reste libre d'écrire."""
        if self._calcul is None:
            self._calcul = Travaux(_rapporter, self)
            self._calcul.erreur.connect(self.session.travaux.erreur)
        self._calcul.lancer(fonction, fini, pour=self, remplace=cle)

    def etablir(self, document: Mapping[str, Any], precedent: Bilan | None = None) -> Bilan | None:
        """Le bilan sûr d'un document qui n'est pas enregistré (le triage) ; ``None`` tant que rien n'est chargé.

        Le bilan ne garde pas ce qui ne s'écrit pas : il s'en sert. ``precedent`` : celui d'avant la dernière réponse.
        """
        if self.regles is None:
            return None
        from modele.bilan import etablir

        return etablir(self.regles, document, self.horloge(), exacte=False, precedent=precedent)

    def plafond(self) -> Decimal:
        """Le haut de l'échelle de la note : ce que la grille peut donner après ``_ATTENTE`` mois, sans rien savoir."""
        if self._plafond is None:
            from modele.dossier.faits.calendrier import ajouter_mois

            # Sans borne, une grille qui compte les mois sans fin tasserait toute note contre le bord gauche.
            depuis = ajouter_mois(self.horloge(), -_ATTENTE).isoformat()
            demande = {"deja_enregistree": True, "date_reception": depuis}
            vide = self.etablir({"territoire": self.session.preferences.territoire, "demande": demande})
            haut = vide.cotation.declaree.max if vide is not None and vide.cotation is not None else None
            self._plafond = haut if haut else _ECHELLE
        return self._plafond

    def _equiper(self) -> None:
        regles = self.session.regles
        if regles is None or self.regles is regles:
            self.pret.emit()
            return
        self.regles, self._plafond = regles, None
        # Les communes de France prennent un tiers de seconde à lire : avant qu'on en cherche une.
        self._a_cote(partial(_precharger, regles), lambda _: None, "communes")
        self.pret.emit()
        if self.session.document:
            self._changer(self.session.document)

    def _changer(self, document: Mapping[str, Any]) -> None:
        if not document:
            self._montrer(None)
            return
        sur = self.etablir(document, self.bilan)
        if sur is None or self._proteger(sur):
            return
        self._montrer(sur)
        self._a_cote(lambda: _exact(sur), self._recevoir, "exact")

    def _proteger(self, bilan: Bilan) -> bool:
        """Une voie discrète retenue, de ce qui s'écrit, rend le dossier discret. Vrai si le document en a changé."""
        from modele.protection.adultes import partage
        from modele.protection.discretion import devenir_discret

        if bilan.discret or not self.session.dossier_id or not bilan.le_devient:
            return False
        if partage(bilan.document, bilan.jour):
            return False
        self.session.modifier(devenir_discret())
        return self.session.document is not bilan.document

    def _recevoir(self, bilan: Bilan) -> None:
        if self.bilan is not None and bilan.document is self.bilan.document:
            self._montrer(bilan)

    def _montrer(self, bilan: Bilan | None) -> None:
        self.bilan = bilan
        self.bilan_change.emit(bilan)


def atelier_de(session: Session) -> Atelier:
    """L'atelier de cette session ; créé au premier appel."""
    return session.findChild(Atelier) or Atelier(session)


def _precharger(regles: Regles) -> None:
    _ = regles.communes.france.noms


def _exact(sur: Bilan) -> Bilan:
    from modele.bilan import etablir

    return etablir(sur.regles, sur.document, sur.jour, precedent=sur)


def _rapporter(panne: BaseException) -> str:
    sys.excepthook(type(panne), panne, panne.__traceback__)
    return "Le calcul de la note a échoué. Vos réponses sont enregistrées ; l'intervalle montré reste sûr."
