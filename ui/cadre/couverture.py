"""F12 et l'inactivité : tout couvrir d'une page neutre ou d'un verrou ; en revenir exige le mot de passe.

Le coffre se ferme dès que la page est montrée : ses clés ne restent pas en mémoire. Ce qui est derrière n'est plus
montré à personne, pas même à un lecteur d'écran ; le presse-papiers est vidé ; une page délicate revient masquée.
Essais : ``tests/ui/cadre/test_couverture.py``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final, cast

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QWidget

from ui.etat.session import Session
from ui.systeme.presse_papiers import vider as vider_le_presse_papiers

if TYPE_CHECKING:
    from ui.cadre.fenetre import Fenetre
    from ui.cadre.page_neutre import PageDessus

TOURNEE: Final = "tournee"
"""La propriété d'une fenêtre que d'autres que l'agent peuvent toucher : ce qu'on y fait n'est pas un geste à lui."""
TITRE_NEUTRE: Final = "Calendrier"

_FRAPPES: Final = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut}
)
_SOURIS: Final = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel})
_SURVEILLES: Final = _FRAPPES | _SOURIS | {QEvent.Type.Show}


class Voile(QWidget):
    """Un papier opaque posé sur une fenêtre restée derrière la page."""

    def __init__(self, fenetre: QWidget) -> None:
        super().__init__(fenetre)
        self.setProperty("genre", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._titre = fenetre.windowTitle()
        self._dessous: list[QWidget] = []
        self._listes: list[tuple[QAbstractItemView, QRect]] = []
        fenetre.setWindowTitle(TITRE_NEUTRE)
        self.setGeometry(fenetre.rect())
        self.show()
        self.raise_()

    def cacher_le_dessous(self) -> None:
        """Ce que la fenêtre porte n'est plus montré : un lecteur d'écran ne le lit plus non plus."""
        fenetre = self.parentWidget()
        assert fenetre is not None
        enfants = [w for w in fenetre.children() if isinstance(w, QWidget) and w is not self]
        self._dessous = [w for w in enfants if not w.isWindow() and not w.isHidden()]
        for widget in self._dessous:
            widget.hide()
        # Les lignes d'une liste cachée se disent encore montrées, tant qu'elle a une place.
        self._listes = [(liste, liste.geometry()) for liste in fenetre.findChildren(QAbstractItemView)]
        for liste, _ in self._listes:
            liste.resize(0, 0)

    def retirer(self) -> None:
        """Rend la fenêtre, ce qu'elle porte et son titre."""
        for liste, place in self._listes:
            if shiboken6.isValid(liste):
                liste.setGeometry(place)
        for widget in self._dessous:
            if shiboken6.isValid(widget):
                widget.show()
        fenetre = self.parentWidget()
        if fenetre is not None:
            fenetre.setWindowTitle(self._titre)
        self.hide()
        self.deleteLater()


class Couverture(QObject):
    """Surveille F12 et l'inactivité de toute l'application. ``horloge`` : secondes, comme ``time.time``.

    Toute l'application s'écoute, et pas seulement la fenêtre qui a le clavier : menu ouvert, Qt adresse la touche à la
    fenêtre du menu. ``cachee`` : l'agent vient de tout couvrir d'ici ; les autres fenêtres de Perron suivent.
    """

    cachee = Signal()

    def __init__(self, fenetre: Fenetre, session: Session, horloge: Callable[[], float] = time.time) -> None:
        super().__init__(fenetre)
        self._fenetre, self._session, self._horloge = fenetre, session, horloge
        self._voiles: list[Voile] = []
        self._focus: QWidget | None = None
        self._delicate = False
        self.page: PageDessus | None = None
        self._dernier_geste = horloge()
        self._minuterie = QTimer(self)
        self._minuterie.setInterval(5_000)
        self._minuterie.timeout.connect(self.verifier_inactivite)
        self._minuterie.start()
        self._application = cast(QApplication, QApplication.instance())
        self._application.installEventFilter(self)
        session.agent_change.connect(self._changer_d_agent)
        session.hors_de_portee.connect(lambda *_: self._loin_du_registre())

    @property
    def couverte(self) -> bool:
        """Vrai si une page cache tout."""
        return self.page is not None

    def cacher(self) -> None:
        """F12 : la page neutre, tout de suite, ici puis ailleurs."""
        self._cacher()
        self.cachee.emit()

    def cacher_aussi(self) -> None:
        """F12 a été pressé dans un autre Perron de ce compte : couvrir sans lui prendre le clavier."""
        self._cacher(devant=False)

    def montrer(self) -> None:
        """Perron est demandé : ce qui se montre vient devant, la page si tout est couvert."""
        devant = self.page or self._fenetre
        devant.setWindowState(devant.windowState() & ~Qt.WindowState.WindowMinimized)
        devant.show()
        devant.raise_()
        devant.activateWindow()

    def _cacher(self, devant: bool = True) -> None:
        from ui.cadre.page_neutre import PageNeutre

        self._couvrir(PageNeutre(TITRE_NEUTRE, date.today(), exige=self._a_proteger()), devant)

    def changer_d_agent(self) -> None:
        """Verrouille, la liste des agents sous la main : un autre y choisit son nom."""
        self.verrouiller()
        if self.page is not None:
            self.page.reprise.choix.setFocus(Qt.FocusReason.OtherFocusReason)

    def verrouiller(self) -> None:
        """Le verrou d'inactivité, ou demandé."""
        from ui.cadre.page_neutre import PageVerrou

        if not self._a_proteger():
            self._session.fermer()
        elif self._session.est_ouverte:
            self._couvrir(PageVerrou(self._fenetre.windowTitle()))
            if self.page is not None:
                self.page.reprise.vider()

    def _a_proteger(self) -> bool:
        """Faux si personne n'est entré, ou par le code de secours : aucun mot de passe ne lèverait la page.

        Un coffre fermé après être entré reste à protéger : l'écran montre encore le dossier.
        """
        return bool(self._session.agent)

    def verifier_inactivite(self) -> None:
        """Verrouille si personne n'a touché au poste depuis le délai réglé."""
        absence = self._horloge() - self._dernier_geste
        if not self.couverte and absence >= 60 * self._session.preferences.verrou_minutes:
            self.verrouiller()

    def arreter(self) -> None:
        """Ne surveille plus rien."""
        self._minuterie.stop()
        self._application.removeEventFilter(self)
        self._decouvrir()

    def eventFilter(self, objet: QObject, event: QEvent) -> bool:
        sorte = event.type()
        if sorte not in _SURVEILLES:
            return False
        if sorte is QEvent.Type.Show:
            if self.couverte and isinstance(objet, QWidget) and objet.isWindow() and self._est_dessous(objet):
                self._voiler(objet).cacher_le_dessous()
            return False
        if sorte in _SOURIS and objet.property(TOURNEE):
            # La personne touche l'écran qui lui fait face : ce n'est pas l'agent, qui peut être loin.
            return False
        self._dernier_geste = self._horloge()
        if sorte in _FRAPPES and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F12:
            if sorte is QEvent.Type.KeyPress:
                self.cacher()
            return True
        return self.couverte and self._est_dessous(objet)

    def _couvrir(self, page: PageDessus, devant: bool = True) -> None:
        if self.page is not None:
            page.deleteLater()
            return
        self._focus, self._delicate = QApplication.focusWidget(), self._fenetre.delicate
        while (menu := QApplication.activePopupWidget()) is not None:
            menu.close()
        self.page = page
        # Qui était là d'abord ; un autre choisit son nom et tape son mot de passe à lui.
        page.reprise.choix.proposer(self._session.agents(), self._session.agent)
        page.reprise_demandee.connect(self._reprendre)
        page.secours_demande.connect(self._secourir)
        for fenetre in QApplication.topLevelWidgets():
            if fenetre.isVisible() and fenetre is not page:
                self._voiler(fenetre)
        page.setGeometry(self._fenetre.geometry())
        page.setWindowState(self._fenetre.windowState() & ~Qt.WindowState.WindowMinimized)
        page.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not devant)
        page.show()
        page.raise_()
        if devant:
            page.activateWindow()
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._session.fermer()
        for voile in self._voiles:
            voile.cacher_le_dessous()
        vider_le_presse_papiers()

    def _voiler(self, fenetre: QWidget) -> Voile:
        voile = Voile(fenetre)
        self._voiles.append(voile)
        return voile

    def _est_dessous(self, objet: QObject) -> bool:
        """La cible n'est pas la page : ni frappe ni clic ne doit l'atteindre."""
        return isinstance(objet, QWidget) and not self._de_la_page(objet)

    def _de_la_page(self, widget: QWidget) -> bool:
        """La page, ce qu'elle porte, et les menus qui en sortent."""
        courant: QWidget | None = widget
        while courant is not None and courant is not self.page:
            courant = courant.parentWidget()
        return courant is not None

    def _reprendre(self, mot_de_passe: str, agent: str = "") -> None:
        if self.page is None:
            return
        if mot_de_passe:
            self._session.rouvrir(mot_de_passe, self._decouvrir, self.page.reprise.refuser, agent)
        else:
            self._decouvrir()

    def _changer_d_agent(self) -> None:
        """Quelqu'un d'autre a rouvert : rien de ce que l'agent d'avant faisait ne lui revient, pas même un dialogue."""
        for dialogue in self._fenetre.findChildren(QDialog):
            dialogue.reject()
        self._fenetre.bandeau.oublier()
        self._fenetre.aller("accueil")
        self._delicate, self._focus = False, None

    def _secourir(self) -> None:
        """Le mot de passe est perdu : le dossier se ferme, et c'est le code de secours qui rouvrira."""
        self._session.fermer_dossier()
        self._fenetre.aller("ouverture", {"secours": True})
        self._delicate, self._focus = False, None
        self._decouvrir()

    def _loin_du_registre(self) -> None:
        """Aucun compte n'ouvre plus ici : l'écran d'ouverture dit pourquoi, et offre ce qui reste à faire."""
        if self.page is not None:
            self._session.fermer_dossier()
            self._fenetre.aller("ouverture")
            self._delicate, self._focus = False, None
            self._decouvrir()

    def _decouvrir(self) -> None:
        if self.page is None:
            return
        page, self.page = self.page, None
        for voile in self._voiles:
            if shiboken6.isValid(voile):
                voile.retirer()
        self._voiles.clear()
        page.lever()
        page.deleteLater()
        avant = self._focus if self._focus is not None and shiboken6.isValid(self._focus) else self._fenetre
        avant.window().activateWindow()
        if self._delicate:
            self._fenetre.masquer(self._focus)
        elif self._focus is not None:
            self._fenetre.rendre_le_clavier(self._focus)
        self._dernier_geste = self._horloge()
