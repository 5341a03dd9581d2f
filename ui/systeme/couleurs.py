"""Ce que le système demande : clair, sombre ou contraste élevé, et le moment où il change d'avis.

Qt le lit sous Windows et macOS. Sous Linux, il ne voit pas tous les bureaux : le portail (« Settings », freedesktop),
quand il y en a un, passe avant lui. Rien n'attend sa réponse. Essais : ``tests/ui/systeme/test_couleurs.py``.
"""

from __future__ import annotations

import sys
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication

CLAIR, SOMBRE, CONTRASTE = "clair", "sombre", "contraste"
_SERVICE, _CHEMIN = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_INTERFACE: Final = "org.freedesktop.portal.Settings"
_ESPACE: Final = "org.freedesktop.appearance"
_COULEURS, _CONTRASTE = "color-scheme", "contrast"
_SOMBRE, _CLAIR, _ELEVE = 1, 2, 1
"""Les valeurs du portail : 0, le système ne demande rien."""


class CouleursDuSysteme(QObject):
    """``change`` : ce qu'il demande n'est plus ce qu'il demandait."""

    change = Signal()

    def __init__(self, parent: QObject | None = None, *, portail: bool = sys.platform.startswith("linux")) -> None:
        super().__init__(parent)
        self._portail: dict[str, int] = {}
        self._indices = QGuiApplication.styleHints()
        self._avant = self.voulues
        self._indices.colorSchemeChanged.connect(self._comparer)
        self._indices.accessibility().contrastPreferenceChanged.connect(self._comparer)
        if portail:
            self._ecouter_le_portail()

    @property
    def voulues(self) -> str:
        """Le nom du thème demandé ; clair si le système ne demande rien."""
        if self._contraste_eleve():
            return CONTRASTE
        couleurs = self._portail.get(_COULEURS)
        if couleurs in (_SOMBRE, _CLAIR):
            return SOMBRE if couleurs == _SOMBRE else CLAIR
        return SOMBRE if self._indices.colorScheme() is Qt.ColorScheme.Dark else CLAIR

    def _contraste_eleve(self) -> bool:
        qt = self._indices.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
        return self._portail[_CONTRASTE] == _ELEVE if _CONTRASTE in self._portail else qt

    def _comparer(self, *_: object) -> None:
        if self._avant != self.voulues:
            self._avant = self.voulues
            self.change.emit()

    # Le portail.

    def _ecouter_le_portail(self) -> None:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        # PySide annonce des octets et ne prend que le texte de SLOT.
        reponse: Any = SLOT("_annonce(QString,QString,QDBusVariant)")
        bus.connect(_SERVICE, _CHEMIN, _INTERFACE, "SettingChanged", self, reponse)
        for cle in (_COULEURS, _CONTRASTE):
            appel = QDBusMessage.createMethodCall(_SERVICE, _CHEMIN, _INTERFACE, "Read")
            appel.setArguments([_ESPACE, cle])
            veilleur = QDBusPendingCallWatcher(bus.asyncCall(appel), self)
            veilleur.finished.connect(lambda fini, cle=cle: self._repondu(cle, fini))

    def _repondu(self, cle: str, veilleur: Any) -> None:
        if not veilleur.isError() and (arguments := veilleur.reply().arguments()):
            self._retenir(cle, arguments[0])
        veilleur.deleteLater()

    @Slot("QString", "QString", "QDBusVariant")
    def _annonce(self, espace: str, cle: str, valeur: object) -> None:
        if espace == _ESPACE:
            self._retenir(cle, valeur)

    def _retenir(self, cle: str, valeur: Any) -> None:
        # Selon sa version, le portail emballe la valeur une ou deux fois.
        while hasattr(valeur, "variant"):
            valeur = valeur.variant()
        if isinstance(valeur, int):
            self._portail[cle] = valeur
            self._comparer()
