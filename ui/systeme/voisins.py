"""Ce que deux Perron du même compte se disent : « montre-toi », « couvre-toi ».

Une prise locale par coffre, que le compte seul peut joindre ; rien d'un dossier n'y passe. N'écoute que qui tient le
verrou de son coffre (``instance.py``) : la prise laissée par un mort se reprend sans course.
Essais : ``tests/ui/systeme/test_voisins.py``.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from modele.regles.prive import dossier_prive

MONTRER: Final = "montrer"
COUVRIR: Final = "couvrir"
_VU: Final = b"vu\n"
_AU_PLUS: Final = 512
"""Octets d'un mot : au-delà, ce n'est pas un Perron qui parle."""
_MARQUE: Final = ".perron"


def rencontre() -> Path:
    """Le dossier, privé, où les Perron de ce compte se trouvent. Lève ``OSError`` si le disque refuse."""
    from platformdirs import user_state_path

    # Chez l'agent plutôt que dans le dossier d'exécution : celui-ci change d'une session à l'autre du même compte.
    lieu = user_state_path("perron", appauthor=False) / "ouverts"
    dossier_prive(lieu)
    return lieu


def cle_de(donnees: Path) -> str:
    """Le nom de ce coffre entre voisins : le même par tous les chemins, et il ne dit rien du chemin."""
    return hashlib.sha256(str(donnees.resolve()).encode()).hexdigest()[:16]


def _adresse(lieu: Path, cle: str) -> str:
    """Un chemin là où une prise est un fichier ; ailleurs, un nom de tube du système."""
    return str(lieu / cle) if os.name == "posix" else f"perron-{cle}"


class Ecoute(QObject):
    """Ce que les voisins demandent. ``montrer`` porte le jeton d'activation du bureau, ou rien ; ``couvrir`` : F12."""

    montrer = Signal(str)
    couvrir = Signal()

    def __init__(self, donnees: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cle = cle_de(donnees)
        self._serveur = QLocalServer(self)
        self._serveur.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._serveur.newConnection.connect(self._recevoir)

    def ouvrir(self) -> bool:
        """Écoute ; à n'appeler que le verrou tenu. Faux si le système refuse : le verrou, lui, tient toujours."""
        try:
            lieu = rencontre()
            adresse = _adresse(lieu, self._cle)
            QLocalServer.removeServer(adresse)
            if not self._serveur.listen(adresse):
                return False
            (lieu / f"{self._cle}{_MARQUE}").touch(mode=0o600)
        except OSError:
            return False
        return True

    def fermer(self) -> None:
        """N'écoute plus."""
        self._serveur.close()

    def _recevoir(self) -> None:
        while (prise := self._serveur.nextPendingConnection()) is not None:
            prise.disconnected.connect(prise.deleteLater)
            prise.readyRead.connect(lambda prise=prise: self._lire(prise))
            self._lire(prise)

    def _lire(self, prise: QLocalSocket) -> None:
        if not prise.canReadLine():
            if prise.bytesAvailable() > _AU_PLUS:
                prise.abort()
            return
        mot, _, reste = bytes(prise.readLine(_AU_PLUS).data()).decode(errors="replace").strip().partition(" ")
        prise.write(_VU)
        prise.disconnectFromServer()
        if mot == MONTRER:
            self.montrer.emit(reste)
        elif mot == COUVRIR:
            self.couvrir.emit()

    def couvrir_les_autres(self) -> None:
        """F12 ici : les autres fenêtres de Perron se couvrent aussi. N'attend personne."""
        try:
            lieu = rencontre()
            cles = [marque.stem for marque in lieu.glob(f"*{_MARQUE}") if marque.stem != self._cle]
        except OSError:
            return
        for cle in cles:
            prise = QLocalSocket(self)
            prise.connected.connect(lambda prise=prise: prise.write(f"{COUVRIR}\n".encode()))
            prise.disconnected.connect(prise.deleteLater)
            prise.errorOccurred.connect(lambda _, prise=prise: prise.deleteLater())
            prise.connectToServer(_adresse(lieu, cle))


def demander_de_se_montrer(donnees: Path, attente_ms: int = 1000) -> bool:
    """Vrai si le Perron qui tient ce coffre a répondu : sa fenêtre vient devant."""
    try:
        adresse = _adresse(rencontre(), cle_de(donnees))
    except OSError:
        return False
    _laisser_passer_devant()
    jeton = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID", "")
    prise = QLocalSocket()
    prise.connectToServer(adresse)
    if not prise.waitForConnected(attente_ms):
        return False
    prise.write(f"{MONTRER} {jeton}\n".encode()[:_AU_PLUS])
    prise.flush()
    # Sans réponse, il n'est peut-être plus là pour lire.
    return prise.bytesAvailable() > 0 or prise.waitForReadyRead(attente_ms)


def _laisser_passer_devant() -> None:
    """Windows ne laisse venir devant que qui l'agent vient de lancer : nous cédons ce droit au premier."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
