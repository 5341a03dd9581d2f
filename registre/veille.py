"""Pendant que le registre sert : PostgreSQL est relancé s'il tombe, le certificat renouvelé avant sa fin."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Final, Self

from modele.regles.fautes import ErreurUtilisateur
from registre.base.embarque import Grappe
from registre.http.metriques import Metriques
from registre.http.traces import JOURNAL
from registre.serveur import Certificat

# Les attentes avant chaque essai, puis c'est au gestionnaire de service d'en décider.
ATTENTES_S: Final = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0)
# Un PostgreSQL relancé qui retombe aussitôt n'est pas relancé sans fin.
_FENETRE_S: Final = 600.0
_TIC_S: Final = 0.5
_FIN_S: Final = 1.0
_HEURE_S: Final = 3600.0


class Veille:
    """Un fil qui mène ses gardes à leur rythme. ``chute`` : ce qu'aucun n'a réparé ; ``tomber`` est alors appelé."""

    def __init__(self, tomber: Callable[[], None]) -> None:
        self.chute: ErreurUtilisateur | None = None
        self._tomber = tomber
        self._fin = threading.Event()
        # Chaque garde, son rythme en secondes, et quand il passe.
        self._gardes: list[list[Any]] = []
        self._fil = threading.Thread(target=self._mener, name="veille", daemon=True)

    def confier(self, garde: Callable[[], None], chaque_s: float) -> None:
        """Un garde de plus, avant de commencer."""
        self._gardes.append([garde, chaque_s, time.monotonic() + chaque_s])

    def dormir(self, secondes: float) -> bool:
        """Attend ; vrai si le registre s'arrête."""
        return self._fin.wait(secondes)

    def __enter__(self) -> Self:
        self._fil.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._fin.set()
        # Un PostgreSQL qui rejoue son journal ne retient pas l'arrêt : on l'arrête à son tour.
        self._fil.join(_FIN_S)

    def _mener(self) -> None:
        while not self.dormir(_TIC_S):
            for garde in self._gardes:
                if garde[2] > time.monotonic():
                    continue
                garde[2] = time.monotonic() + garde[1]
                try:
                    garde[0]()
                except ErreurUtilisateur as chute:
                    self.chute = chute
                    self._tomber()
                    return
                except Exception as panne:
                    JOURNAL.error("panne", exc_info=panne, extra={"champs": {"ou": "veille"}})


class GardeDeBase:
    """Relance PostgreSQL. Lève ``ErreurUtilisateur`` après six essais en dix minutes."""

    def __init__(self, grappe: Grappe, metriques: Metriques, dormir: Callable[[float], bool]) -> None:
        self._grappe = grappe
        self._metriques = metriques
        self._dormir = dormir
        self._essais: deque[float] = deque()

    def __call__(self) -> None:
        """Un passage."""
        while not self._grappe.repond():
            self._oublier()
            if len(self._essais) >= len(ATTENTES_S):
                raise ErreurUtilisateur(
                    "PostgreSQL est tombé et ne se relance plus : le registre s'arrête. Rien de ce qui est reçu n'est "
                    "perdu. Libérez de la place sur le disque, puis redémarrez-le ; "
                    f"la cause est à la fin de {self._grappe.journal}."
                )
            if self._dormir(ATTENTES_S[len(self._essais)]):
                return
            self._relancer()

    def _oublier(self) -> None:
        while self._essais and self._essais[0] < time.monotonic() - _FENETRE_S:
            self._essais.popleft()

    def _relancer(self) -> None:
        self._essais.append(time.monotonic())
        try:
            self._grappe.relancer()
            issue = "relance"
        except ErreurUtilisateur:
            issue = "echec"
        self._metriques.compter("perron_redemarrages_total", issue=issue)
        JOURNAL.warning("PostgreSQL est tombé", extra={"champs": {"issue": issue, "essai": len(self._essais)}})


class GardeDesDurees:
    """Efface ce qui a fait son temps : les parts de copies de trente jours, les essais vains d'un an."""

    def __init__(self, quoi: str, effacer: Callable[[], int]) -> None:
        self._quoi = quoi
        self._effacer = effacer

    def __call__(self) -> None:
        """Un passage ; une base qui ne répond pas attend le suivant : le registre ne tombe pas pour cela."""
        try:
            self._effacer()
        except ErreurUtilisateur as panne:
            JOURNAL.warning(self._quoi, extra={"champs": {"cause": str(panne)}})


class GardeDuCertificat:
    """Renouvelle le certificat s'il approche de sa fin, et sert celui que tient le dossier s'il a changé."""

    def __init__(
        self, certificat: Certificat, preparer: Callable[[], object], recharger: Callable[[Certificat], None]
    ) -> None:
        self._certificat = certificat
        self._preparer = preparer
        self._recharger = recharger
        self._servi = self._present()
        self._quand = time.monotonic() + _HEURE_S

    def forcer(self) -> None:
        """Le prochain passage n'attend pas son heure."""
        self._quand = 0.0

    def __call__(self) -> None:
        """Un passage ; un certificat qui ne se renouvelle pas ou ne se charge pas se dit, et l'ancien sert encore."""
        # Demander le nom de la machine peut attendre le réseau : pas à chaque passage.
        if self._present() == self._servi and time.monotonic() < self._quand:
            return
        self._quand = time.monotonic() + _HEURE_S
        try:
            self._preparer()
            if self._present() != self._servi:
                self._recharger(self._certificat)
                self._servi = self._present()
                JOURNAL.warning("certificat renouvelé")
        except ErreurUtilisateur as panne:
            JOURNAL.error("certificat", extra={"champs": {"cause": str(panne)}})

    def _present(self) -> bytes:
        try:
            return self._certificat.chaine.read_bytes()
        except OSError:
            return b""
