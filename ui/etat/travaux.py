"""Le fil d'exécution du coffre : un seul, dans l'ordre demandé ; les résultats reviennent au fil de l'écran.

L'écran ne bloque jamais sur le disque ni sur Argon2. Essais : ``tests/ui/etat/test_travaux.py``.
"""

from __future__ import annotations

import threading

# Celle de ``queue``, sans les autres files, que la première fenêtre attendrait.
from _queue import SimpleQueue
from collections.abc import Callable
from typing import Any, Final

import shiboken6
from PySide6.QtCore import QObject, Signal

_PLEIN: Final = "Le disque est plein : rien n'a été enregistré. Libérez de la place, puis recommencez."
_DISQUE: Final = "Le disque n'a pas répondu : rien n'a été enregistré. Vérifiez-le, puis recommencez."


class _Tache:
    def __init__(
        self,
        fonction: Callable[[], Any],
        fini: Callable[[Any], object] | None,
        echec: Callable[[str], object] | None,
        pour: QObject | None,
        cle: str,
    ) -> None:
        self.fonction, self.fini, self.echec, self.pour, self.cle = fonction, fini, echec, pour, cle
        self.resultat: Any = None
        self.erreur: BaseException | None = None


class Travaux(QObject):
    """La file des travaux. ``occupe`` : un travail court. ``erreur`` : la phrase d'un échec que nul ne prend.

    ``patience`` : secondes qu'``arreter`` attend au plus le travail en cours (``None`` : jusqu'au bout). Pour un fil
    qui attend le réseau, et qui n'a rien à écrire que la prochaine fois ne refasse.
    """

    erreur = Signal(str)
    occupe = Signal(bool)
    _rendu = Signal(object)

    def __init__(
        self,
        rapporter: Callable[[BaseException], str],
        parent: QObject | None = None,
        *,
        patience: float | None = None,
    ) -> None:
        super().__init__(parent)
        self._rapporter, self._patience = rapporter, patience
        self._file: SimpleQueue[_Tache | None] = SimpleQueue()
        self._dernieres: dict[str, _Tache] = {}
        self._en_cours = 0
        self._oublie = False
        self._rendu.connect(self._recevoir)
        self._fil = threading.Thread(target=self._travailler, name="perron-coffre", daemon=True)
        self._fil.start()

    def lancer(
        self,
        fonction: Callable[[], Any],
        fini: Callable[[Any], object] | None = None,
        echec: Callable[[str], object] | None = None,
        *,
        pour: QObject | None = None,
        remplace: str = "",
    ) -> None:
        """Fait ``fonction`` sur le fil du coffre, puis ``fini(résultat)`` ou ``echec(phrase)`` sur celui de l'écran.

        ``pour`` : si cet objet a disparu entre-temps, le résultat est perdu sans bruit. ``remplace`` : seul le
        dernier travail demandé sous ce nom compte (recherche à chaque frappe) ; les précédents ne se font pas.
        """
        tache = _Tache(fonction, fini, echec, pour, remplace)
        if remplace:
            self._dernieres[remplace] = tache
        self._en_cours += 1
        if self._en_cours == 1:
            self.occupe.emit(True)
        self._file.put(tache)

    def arreter(self, *, oublier: bool = False) -> None:
        """Finit les travaux demandés puis arrête le fil. À appeler à la fermeture ; deux fois n'y changent rien.

        ``oublier`` : plus personne n'attend les résultats encore en route ; reçus, ils relanceraient des travaux.
        """
        self._oublie = self._oublie or oublier
        self._file.put(None)
        self._fil.join(self._patience)

    def _perimee(self, tache: _Tache) -> bool:
        return bool(tache.cle) and self._dernieres.get(tache.cle) is not tache

    def _travailler(self) -> None:
        while (tache := self._file.get()) is not None:
            if not self._perimee(tache):
                try:
                    tache.resultat = tache.fonction()
                except BaseException as erreur:
                    tache.erreur = erreur
            self._rendu.emit(tache)

    def _recevoir(self, tache: _Tache) -> None:
        self._en_cours -= 1
        if self._en_cours == 0:
            self.occupe.emit(False)
        vivant = tache.pour is None or shiboken6.isValid(tache.pour)
        if self._oublie or self._perimee(tache) or not vivant:
            return
        if tache.erreur is not None:
            (tache.echec or self.erreur.emit)(self._phrase(tache.erreur))
        elif tache.fini is not None:
            tache.fini(tache.resultat)

    def _phrase(self, erreur: BaseException) -> str:
        import errno

        from modele.regles.fautes import ErreurUtilisateur

        if isinstance(erreur, ErreurUtilisateur):
            return str(erreur)
        if isinstance(erreur, OSError):
            return _PLEIN if erreur.errno in (errno.ENOSPC, errno.EDQUOT) else _DISQUE
        return self._rapporter(erreur)
